import { setTimeout } from 'node:timers/promises'
import { inspect, isDeepStrictEqual } from 'node:util'
import { SignJWT, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { TokenExchangeClient, TokenExchangeError, clientSecretPost, type Fetch } from '../../src/index.js'
import { EXCHANGE, TOKEN_RESPONSE } from '../support/scripted-server.js'
import { discoveryCases } from './discovery-replies.js'
import { keyCases } from './key-replies.js'
import { listen } from './server.js'
import { TIMEOUT, type Case, type Expected, type Transport } from './case.js'
import { leadsTo, TOKEN_CASES } from './token-replies.js'

const DISCOVERY = '/.well-known/openid-configuration'
const TOKEN = '/oauth/token'
const KEYS = '/jwks'
/** For cases that are to run into it. */
const SHORT_TIMEOUT_MS = 200
/** For the others, so that a slow machine does not make them. */
const LONG_TIMEOUT_MS = 5_000
const DEADLINE_MS = 10_000

/** What an ordinary server answers. */
function ordinary(path: string, origin: string): unknown {
  if (path === DISCOVERY) {
    return { issuer: `${origin}/`, token_endpoint: `${origin}${TOKEN}`, jwks_uri: `${origin}${KEYS}` }
  }
  return path === KEYS ? { keys: [] } : TOKEN_RESPONSE
}

/** Every hostile reply, through `fetch`; without one, through the global `fetch`. */
export async function describeHostileServers(transport: Transport, fetch?: Fetch): Promise<void> {
  /** Where redirects lead to. Nobody may ever come. */
  const other = await listen(ordinary)
  const { privateKey } = await generateKeyPair('ES256')

  const exchange = (client: TokenExchangeClient): Promise<unknown> => client.exchangeToken(EXCHANGE)
  const verify = async (client: TokenExchangeClient, origin: string): Promise<unknown> => {
    // Nobody is asked about a token of another issuer.
    const token = new SignJWT({ iss: `${origin}/` }).setProtectedHeader({ alg: 'ES256', kid: 'a' })
    return client.verifyAccessToken(await token.sign(privateKey))
  }

  type Call = (client: TokenExchangeClient, origin: string) => Promise<unknown>
  describe.each<[path: string, call: Call, cases: readonly Case[]]>([
    [TOKEN, exchange, [...TOKEN_CASES, ...leadsTo(other.origin)]],
    [DISCOVERY, exchange, discoveryCases(other.origin)],
    [KEYS, verify, keyCases(other.origin)],
  ])('%s', (path, call, cases) => {
    it('has cases with names of their own', () => {
      expect(new Set(cases.map(([name]) => name)).size).toBe(cases.length)
    })

    it.each(cases)(
      '%s',
      async (_name, reply, expectation) => {
        const expected = expectedOf(transport, expectation)
        const server = await listen(ordinary)
        const client = new TokenExchangeClient({
          domain: server.origin,
          clientId: 'web-app',
          clientAuthentication: clientSecretPost('canary-client-secret'),
          audience: 'https://mcp.example.com',
          timeoutMs: expected.includes(TIMEOUT) ? SHORT_TIMEOUT_MS : LONG_TIMEOUT_MS,
          ...(fetch ? { fetch } : {}),
        })
        try {
          server.replies.set(path, reply)
          check(await call(client, server.origin).catch((error: unknown) => error), expected)
          server.replies.clear()
          const next = { ...EXCHANGE, timeoutMs: LONG_TIMEOUT_MS }
          expect(await client.exchangeToken(next)).toMatchObject({ accessToken: TOKEN_RESPONSE.access_token })
          expect(other.seen).toEqual({ connections: 0, bytes: 0 })
        } finally {
          await server.close()
        }
      },
      DEADLINE_MS,
    )
  })

  it('the other origin hears of those who do follow', async () => {
    const server = await listen(ordinary)
    const { connections } = other.seen
    server.replies.set(TOKEN, `HTTP/1.1 307 x\r\nLocation: ${other.origin}${TOKEN}\r\n\r\n`)
    await globalThis.fetch(`${server.origin}${TOKEN}`, { method: 'POST', body: 'a' })
    expect(other.seen.connections).toBe(connections + 1)
    await server.close()
  })

  it('leaves no socket and no timer', async () => {
    await other.close()
    const deadline = performance.now() + 5_000
    while (openResources().length > 0 && performance.now() < deadline) await setTimeout(20)
    expect(openResources()).toEqual([])
  })
}

function expectedOf(transport: Transport, expectation: Case[2]): readonly Expected[] {
  const own = 'node' in expectation ? expectation[transport] : expectation
  return Array.isArray(own) ? (own as readonly Expected[]) : [own as Expected]
}

/** The outcome has the members of one of `expected`; where those are undefined, it has none. */
function check(outcome: unknown, expected: readonly Expected[]): void {
  const [first = {}] = expected
  const fits = expected.filter((members) =>
    Object.entries(members).every(([name, value]) => isDeepStrictEqual((outcome as Expected)[name], value)),
  )
  if (fits.length === 0) expect(outcome).toMatchObject(first)
  if (!(outcome instanceof Error)) return
  expect(outcome).toBeInstanceOf(TokenExchangeError)
  // Every secret of these tests is a canary.
  expect(`${inspect(outcome)} ${JSON.stringify(outcome)}`).not.toContain('canary')
}

/** What of ours keeps the process awake, by kind. */
function openResources(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|Zlib|DNS/.test(kind))
}
