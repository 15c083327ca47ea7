import { checkClientConfig, type TokenExchangeClientConfig } from '../input/client-config.js'
import type { CacheStore } from '../cache/store.js'
import { isSecure } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { checkOptionNames } from '../input/options-object.js'
import type { SessionRequest } from './request.js'
import { checkCallbackPath } from './same-origin.js'
import { parseUrl } from '../url.js'

interface AnySessionConfig extends Pick<
  TokenExchangeClientConfig,
  'clientId' | 'clientAuthentication' | 'dpop' | 'allowedTargets' | 'onEvent' | 'fetch' | 'timeoutMs' | 'now'
> {
  /**
   * The tenant's domain, such as `tenant.example.com`, or an https URL; http for loopback alone. Or a function that
   * chooses one for a request, for a tenant with several custom domains; it must only give domains that are trusted.
   */
  readonly domain: string | ((request: SessionRequest) => string | Promise<string>)
  /** The application's own origin, as browsers see it, such as `https://app.example.com`; http for loopback alone. */
  readonly appBaseUrl: string
  /**
   * 32 random bytes that encrypt what browsers and stores keep; or several such secrets to replace one: the first
   * encrypts, all are read, and the last can go when the longest lifetime of a session has passed.
   */
  readonly secrets: Uint8Array | readonly Uint8Array[]
  /** Where the server sends the browser after a login, and `completeInteractiveLogin` is called. Default `/callback`. */
  readonly callbackPath?: string | undefined
  /** How long a session lasts, in seconds; at most 7,200 count when somebody acts for the user. Default 86,400. */
  readonly lifetimeSeconds?: number | undefined
  /** How the names of the cookies begin, after `__Host-`, which only https has. Default `onbehalf`. */
  readonly cookieName?: string | undefined
}

/** Sessions in the cookies of their browsers. */
export interface CookieSessionConfig extends AnySessionConfig {
  readonly store?: undefined
  readonly storeTimeoutMs?: undefined
}

/** Sessions in a store on the server, with a random id in the browser's cookie. */
export interface StoreSessionConfig extends AnySessionConfig {
  /** A Keyv instance, or anything with its `get`, `set` and `delete`. */
  readonly store: CacheStore
  /** For each operation of the store, in milliseconds. Default 250. */
  readonly storeTimeoutMs?: number | undefined
}

/** The configuration of a `SessionClient`. */
export type SessionClientConfig = CookieSessionConfig | StoreSessionConfig

const OWN_NAMES = [
  'appBaseUrl',
  'secrets',
  'callbackPath',
  'lifetimeSeconds',
  'cookieName',
  'store',
  'storeTimeoutMs',
] as const
const CLIENT_NAMES = [
  'domain',
  'clientId',
  'clientAuthentication',
  'dpop',
  'allowedTargets',
  'onEvent',
  'fetch',
  'timeoutMs',
  'now',
] as const
const CONFIG_NAMES: ReadonlySet<string> = new Set<keyof SessionClientConfig>([...OWN_NAMES, ...CLIENT_NAMES])
const SECRET_BYTES = 32
/** Node turns a longer delay into one millisecond. */
const MAX_DELAY_MS = 2_147_483_647

/** What a session needs to know, checked and with its defaults. */
export interface SessionSettings {
  /** Without a trailing slash. */
  readonly origin: string
  readonly isSecure: boolean
  readonly redirectUri: string
  readonly secrets: readonly [Uint8Array, ...Uint8Array[]]
  readonly lifetimeSeconds: number
  readonly cookieName: string
  readonly store: CacheStore | undefined
  readonly storeTimeoutMs: number
}

/**
 * Throws when a configuration cannot work.
 *
 * @throws {TokenExchangeError} `invalid_configuration`, `invalid_parameter`
 * @throws {TypeError} For what the types forbid.
 */
export function readSessionConfig(config: SessionClientConfig): SessionSettings {
  checkOptionNames('SessionClient', config, CONFIG_NAMES)
  const client = Object.fromEntries(Object.entries(config).filter(([name]) => !OWN_NAMES.some((own) => own === name)))
  checkClientConfig(client as unknown as TokenExchangeClientConfig)
  const { appBaseUrl, callbackPath = '/callback', lifetimeSeconds = 86_400, cookieName = 'onbehalf' } = config
  const { store, storeTimeoutMs = 250 } = config
  const ownTimeoutMs: unknown = config.storeTimeoutMs
  const { origin, protocol } = readOrigin(appBaseUrl)
  checkCallbackPath(callbackPath, origin)
  check('lifetimeSeconds', 'a whole number, 1 or more', Number.isSafeInteger(lifetimeSeconds) && lifetimeSeconds >= 1)
  check('cookieName', '1 to 40 letters, digits, "-", "_" or "."', /^[\w.-]{1,40}$/.test(cookieName))
  check('store', 'an object with get, set and delete', store === undefined || isStore(store))
  check('storeTimeoutMs', 'left out without a store', store !== undefined || ownTimeoutMs === undefined)
  check('storeTimeoutMs', 'a positive number of milliseconds', storeTimeoutMs > 0 && storeTimeoutMs <= MAX_DELAY_MS)
  const secrets = secretsOf(config.secrets)
  const redirectUri = `${origin}${callbackPath}`
  const isHttps = protocol === 'https:'
  return { origin, isSecure: isHttps, redirectUri, secrets, lifetimeSeconds, cookieName, store, storeTimeoutMs }
}

function readOrigin(appBaseUrl: unknown): URL {
  if (typeof appBaseUrl !== 'string') throw new TypeError('appBaseUrl must be a string')
  const url = parseUrl(appBaseUrl)
  if (!url || (appBaseUrl !== url.origin && appBaseUrl !== `${url.origin}/`)) {
    throw invalidBaseUrl('malformed', 'is not an origin, such as https://app.example.com')
  }
  if (!isSecure(url)) throw invalidBaseUrl('insecure', 'must be https (http for loopback alone)')
  return url
}

function secretsOf(given: unknown): readonly [Uint8Array, ...Uint8Array[]] {
  const secrets: readonly unknown[] = Array.isArray(given) ? given : [given]
  const areSecrets = secrets.every((secret) => secret instanceof Uint8Array && secret.byteLength === SECRET_BYTES)
  check('secrets', `one secret of ${SECRET_BYTES} bytes, or several`, areSecrets && secrets.length > 0)
  // A copy: what the caller does to its own must not change the keys.
  return secrets.map((secret) => new Uint8Array(secret as Uint8Array)) as unknown as [Uint8Array, ...Uint8Array[]]
}

function isStore(store: unknown): boolean {
  const { get, set, delete: remove } = (store ?? {}) as Partial<CacheStore>
  return [get, set, remove].every((method) => typeof method === 'function')
}

function check(name: string, what: string, holds: boolean): void {
  if (!holds) throw new TypeError(`SessionClient: ${name} must be ${what}`)
}

function invalidBaseUrl(reason: string, what: string): TokenExchangeError {
  return new TokenExchangeError('invalid_configuration', `appBaseUrl ${what}.`, {
    field: 'appBaseUrl',
    reason,
  })
}
