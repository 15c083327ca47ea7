import { createHandler, type Handle } from './app.js'
import { checkConfig, checkRequest } from './config/check-config.js'
import type { EmulatorConfig } from './config/config.js'
import type { ConnectionOptions } from './http/connection.js'
import { requireOptionNames } from './config/option-names.js'
import { createControl } from './control/control.js'
import { defaultTenant } from './config/default-tenant.js'
import { expectExchange, findExchanges, type ExchangeMatch } from './journal/exchanges.js'
import { createFaultQueue, type FaultQueue } from './faults/fault-queue.js'
import { DEFAULT_ISSUER, parseIssuer } from './http/issuer.js'
import type { JournalEntry } from './journal/journal.js'
import { createSigningKeys, type SigningKeys } from './tokens/keys.js'
import { openSocket, type ListenOptions, type OpenSocket } from './http/listen.js'
import { takesCertificates } from './metadata.js'
import { createRandomId } from './random.js'
import { createServer, type Server } from './server.js'
import { createTenant } from './tenant/tenant.js'
import { withFaults } from './faults/with-faults.js'

/** The last one that a Date can be, in milliseconds since the epoch. */
const LAST_DATE = 8.64e15

/** An authorization server for tests. */
export interface Emulator {
  /** With a trailing slash. */
  readonly issuer: string
  /** Answers a request without a socket. Only the path and the query of the request's URL count. */
  readonly fetch: (request: Request, options?: ConnectionOptions) => Promise<Response>
  /**
   * Answers requests over loopback http or https, at one address at a time. When no issuer was configured, the issuer
   * becomes the address.
   */
  readonly listen: Listen
  /** The newest requests, oldest first, without tokens and other secrets. A copy that does not change. */
  readonly requests: readonly JournalEntry[]
  /** Those of them that asked for a token, and match. */
  readonly exchanges: (match?: ExchangeMatch) => readonly JournalEntry[]
  /**
   * The one exchange that matches.
   *
   * @throws Error that lists the exchanges, when none matches or several do.
   */
  readonly expectExchange: (match?: ExchangeMatch) => JournalEntry
  /** What goes wrong with the next answers. */
  readonly faults: FaultQueue
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number
  /** Moves the clock forward, by milliseconds. Throws a TypeError for anything else. */
  readonly advance: (milliseconds: number) => void
  /** Signs with a new key from now on. Those before it stay published, and tokens that they signed stay valid. */
  readonly rotateKeys: () => Promise<void>
  /** Takes back every key but the one that signs. */
  readonly retireKeys: () => Promise<void>
  /**
   * Begins anew, as after the start: without requests, faults, steps of the clock, sessions, codes, tokens that can be
   * redeemed, nonces, blocked addresses and users that an Action added. With a seed, identifiers repeat.
   */
  readonly reset: (options?: ResetOptions) => void
}

/** What `reset()` does besides. */
export interface ResetOptions {
  /** Whether the keys begin anew, too, so that no token from before is valid. Default false. */
  readonly keys?: boolean
}

/** Opens a socket. */
export interface Listen {
  (options: ListenOptions & { readonly tls: true }): Promise<SecureListening>
  (options?: ListenOptions): Promise<Listening>
}

/** An emulator that listens. */
export interface Listening {
  /** The origin to send requests to, without a trailing slash. */
  readonly url: string
  /** With a trailing slash. */
  readonly issuer: string
  /** Frees the port, ends open connections and removes the files. */
  readonly close: () => Promise<void>
}

/** An emulator that listens on https, and what its clients are to trust. The files are there until `close()`. */
export interface SecureListening extends Listening {
  /** The authority's certificate, as PEM: for `NODE_EXTRA_CA_CERTS`, `curl --cacert`, Python's `cafile`. */
  readonly caFile: string
  /** The same as PKCS#12, for Java's `javax.net.ssl.trustStore`. */
  readonly trustStoreFile: string
  readonly trustStorePassword: string
}

/**
 * Makes an emulator of an authorization server that exchanges tokens as an Auth0 tenant does.
 *
 * It serves metadata, signing keys, `POST /oauth/token`, `GET /authorize` with a plain login page, and
 * `GET /userinfo`, all in this process, and shares nothing with another emulator. Nothing is opened before `listen()`.
 *
 * @param config - The tenant, its issuer, clock (milliseconds since the epoch) and seed; everything has a default.
 * @throws TypeError when an option is unknown or the config contradicts itself; `listen()` throws it for a host that is
 *   not loopback.
 * @see RFC 8693; Auth0, "Custom Token Exchange" and "On-Behalf-Of Token Exchange".
 *
 * @example
 *   const emulator = createEmulator({ seed: 'docs' })
 *   const response = await emulator.fetch(
 *     new Request('https://tenant.example.com/oauth/token', {
 *       method: 'POST',
 *       body: new URLSearchParams({
 *         grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
 *         client_id: 'spa',
 *         subject_token: 'legacy-session:alice',
 *         subject_token_type: 'urn:acme:legacy-session',
 *         audience: 'https://mcp.example.com',
 *         scope: 'tools:call',
 *       }),
 *     }),
 *   )
 */
export function createEmulator(config: EmulatorConfig = {}): Emulator {
  checkConfig(config)
  let issuer = config.issuer === undefined ? DEFAULT_ISSUER : parseIssuer(config.issuer)
  let isListening = false
  let keys: Promise<SigningKeys> | undefined
  let elapsed = 0
  const clock = config.now ?? Date.now
  const getKeys = () => (keys ??= createSigningKeys(config.seed !== undefined))
  const now = (): number => clock() + elapsed
  const faults = createFaultQueue()
  // A reset leaves the old server to the requests that it still answers, so that they change nothing in the new one.
  const start = (): { readonly server: Server; readonly handle: Handle } => {
    const server = createServer({
      get issuer() {
        return issuer
      },
      tenant: createTenant(config.tenant ?? defaultTenant()),
      now,
      randomId: createRandomId(config.seed),
      keys: getKeys,
      journalLength: config.journalLength,
    })
    return { server, handle: withFaults(createHandler(server), faults, server) }
  }
  let current = start()

  async function listen(options: ListenOptions & { readonly tls: true }): Promise<SecureListening>
  async function listen(options?: ListenOptions): Promise<Listening>
  async function listen(options: ListenOptions = {}): Promise<Listening> {
    if (isListening) throw new TypeError('The emulator listens already')
    isListening = true
    const { tenant } = current.server
    const parts = {
      fetch: emulator.fetch,
      seeded: config.seed !== undefined,
      takesCertificates: takesCertificates(tenant),
    }
    const socket = await openSocket(parts, options).catch((error: unknown) => {
      isListening = false
      throw error
    })
    if (config.issuer === undefined) issuer = `${socket.origin}/`
    const close = async (): Promise<void> => {
      await socket.close()
      isListening = false
    }
    let closing: Promise<void> | undefined
    return { url: socket.origin, issuer, ...trust(socket), close: () => (closing ??= close()) }
  }

  const emulator: Emulator = {
    get issuer() {
      return issuer
    },
    fetch: async (request, options) => {
      checkRequest(request)
      return control?.(request) ?? current.handle(request, options)
    },
    get requests() {
      return current.server.journal.entries
    },
    exchanges: (match = {}) => findExchanges(emulator.requests, match),
    expectExchange: (match = {}) => expectExchange(emulator.requests, match),
    faults,
    now,
    advance: (milliseconds) => {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new TypeError('The clock goes forward only, by a number of milliseconds')
      }
      if (now() + milliseconds > LAST_DATE) throw new TypeError('The clock cannot go to a time that is no date')
      elapsed += milliseconds
    },
    rotateKeys: async () => (await getKeys()).rotate(),
    retireKeys: async () => {
      ;(await getKeys()).retire()
    },
    reset: (options = {}) => {
      requireOptionNames('reset', options, ['keys'])
      const { journal } = current.server
      elapsed = 0
      if (options.keys === true) keys = undefined
      faults.clear()
      current = start()
      journal.end()
    },
    listen,
  }
  const parts = { emulator, journal: () => current.server.journal, keys: getKeys }
  const control = config.control === true ? createControl(parts) : undefined
  return emulator
}

function trust({ trust }: OpenSocket): Partial<SecureListening> {
  if (trust === undefined) return {}
  const { caFile, trustStoreFile, trustStorePassword } = trust
  return { caFile, trustStoreFile, trustStorePassword }
}
