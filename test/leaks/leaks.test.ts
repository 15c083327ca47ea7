import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import {
  ACCESS_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  REFRESH_TOKEN_TYPE,
  SESSION_TRANSFER_TOKEN_TYPE,
  TokenExchangeClient,
  TokenExchangeError,
  buildSessionTransferRedirect,
  clientSecretBasic,
  clientSecretPost,
  isTokenExchangeError,
  noClientAuthentication,
  privateKeyJwt,
  sessionTransferParameters,
  sessionTransferResponse,
  type ClientAuthentication,
  type ExchangeEvent,
  type SessionTransferTokenResult,
  type TokenExchangeClientConfig,
} from '../../src/index.js'
import { createTokenEndpointClient } from '../../src/token-endpoint.js'
import { ISSUER, METADATA } from '../support/scripted-server.js'
import { signingTenant, type SigningTenant } from '../support/signing-tenant.js'
import { createSearch, renderings, type Secret } from './renderings.js'
import { watchForCanaries } from './watch.js'

const API = 'https://mcp.example.com'
const CALENDAR = 'https://calendar.example.com'
const NOW = 1_790_000_000_000

/** What a caller sends. */
const sent: Secret[] = []
/** What the server sends. */
const received: Secret[] = []

function secret(name: string, list = sent): string {
  const text = `canary-${name}-${randomBytes(12).toString('hex')}`
  list.push({ name, text })
  return text
}

/** Assertions and proofs: what was made of a key for one call. */
const made: Secret[] = []

const SUBJECT = secret('subject')
const ACTOR = secret('actor')
const CLIENT_SECRET = secret('client-secret')
const FOREIGN = secret('foreign-access-token')
const EXTRA = secret('extra')
const ISSUED = secret('issued', received)
const REFRESH = secret('refresh', received)
const TRANSFER = secret('session-transfer', received)
const MFA = secret('mfa', received)
const TEXT = secret('server-text', received)

let tenant: SigningTenant
let incoming: string
let idToken: string
let dpop: NonNullable<TokenExchangeClientConfig['dpop']>
let signed: ClientAuthentication
const events: ExchangeEvent[] = []
const output = watchForCanaries()
const rejections: unknown[] = []
const onRejection = (reason: unknown): void => void rejections.push(reason)

beforeAll(async () => {
  process.on('unhandledRejection', onRejection)
  tenant = await signingTenant({ ...METADATA, userinfo_endpoint: `${ISSUER}userinfo` })
  const claims: JWTPayload = { iss: ISSUER, sub: 'auth0|alice', iat: NOW / 1000, exp: NOW / 1000 + 600 }
  incoming = await tenant.sign({ ...claims, aud: API, jti: SUBJECT })
  idToken = await tenant.sign({ ...claims, aud: 'web-app', act: { sub: 'agent' }, nonce: TEXT })
  const key = await generateKeyPair('ES256', { extractable: true })
  signed = privateKeyJwt(key.privateKey, { alg: 'ES256', kid: 'k', now: () => NOW })
  dpop = { keyPair: await generateKeyPair('ES256', { extractable: true }) }
  // A signature is what makes a JWT of use: its claims alone are none of a secret.
  sent.push({ name: 'incoming token', text: incoming.slice(-40) })
  received.push({ name: 'ID token', text: idToken.slice(-40) })
  for (const privateKey of [key.privateKey, dpop.keyPair.privateKey]) {
    sent.push({ name: 'private key', text: (await exportJWK(privateKey)).d ?? '' })
  }
})

afterAll(() => {
  process.off('unhandledRejection', onRejection)
  output.stop()
})

const TOKENS = { access_token: ISSUED, token_type: 'Bearer', expires_in: 60, scope: 'a', refresh_token: REFRESH }

/** A `fetch` that fails, with everything that it was given in its error. */
function tellTale(_url: string, init: RequestInit): never {
  const headers = inspect(Object.fromEntries(new Headers(init.headers)))
  throw Object.assign(new TypeError(`failed: ${inspect(init.body)} ${headers}`), { init, body: TEXT })
}

/** What the token endpoint, user info and the next API answer. */
const ANSWERS: Readonly<Record<string, () => Response>> = {
  'an access token': () => Response.json(TOKENS),
  'an access token and an ID token': () => Response.json({ ...TOKENS, id_token: idToken }),
  'an ID token that does not hold': () => Response.json({ ...TOKENS, id_token: `${idToken}${TEXT}` }),
  'an ID token that is none': () => Response.json({ ...TOKENS, id_token: TEXT }),
  'a bound token': () => Response.json({ ...TOKENS, token_type: 'DPoP' }),
  'a token that no header can hold': () => Response.json({ ...TOKENS, access_token: `${ISSUED}€` }),
  'a token of two lines': () => Response.json({ ...TOKENS, access_token: `${ISSUED}\na` }),
  'a session transfer token': () =>
    Response.json({ access_token: TRANSFER, issued_token_type: SESSION_TRANSFER_TOKEN_TYPE, token_type: 'N_A' }),
  'a token of another type': () => Response.json({ ...TOKENS, issued_token_type: TEXT }),
  'a token type that is a token': () => Response.json({ ...TOKENS, token_type: TEXT, issued_token_type: TEXT }),
  'a lifetime that is a token': () => Response.json({ ...TOKENS, expires_in: TEXT }),
  'tokens under wrong names': () => Response.json({ [TEXT]: ISSUED, accessToken: ISSUED }),
  'user info': () => Response.json({ sub: 'auth0|alice', act: { sub: 'agent' } }),
  'user info about somebody else': () => Response.json({ sub: TEXT }),
  refused: () =>
    Response.json(
      {
        error: 'mfa_required',
        error_description: `${TEXT} ${SUBJECT}`,
        error_uri: `https://a/${TEXT}`,
        mfa_token: MFA,
      },
      { status: 403, headers: { 'www-authenticate': `Bearer error="${TEXT}"`, 'retry-after': TEXT } },
    ),
  'an error that is a token': () => Response.json({ error: `eyJ ${TEXT}` }, { status: 400 }),
  'an error that is a long token': () => Response.json({ error: `${TEXT}.${ISSUED}` }, { status: 400 }),
  'an error that is an object': () => Response.json({ error: { token: TEXT }, access_token: ISSUED }),
  'attack protection': () => Response.json({ error: 'too_many_attempts', error_description: TEXT }, { status: 429 }),
  'a nonce': () =>
    Response.json(
      { error: 'use_dpop_nonce' },
      { status: 401, headers: { 'dpop-nonce': TEXT, 'www-authenticate': 'DPoP error="use_dpop_nonce"' } },
    ),
  HTML: () => new Response(`<h1>${TEXT} ${SUBJECT}</h1>`, { status: 502, headers: { 'content-type': 'text/html' } }),
  'HTML with status 200': () => new Response(`<h1>${TEXT}</h1>`),
  'JSON that is cut': () => new Response(JSON.stringify(TOKENS).slice(0, -3)),
  'a form': () => new Response(`access_token=${ISSUED}`),
  'an array': () => Response.json([TOKENS]),
  'a token alone': () => Response.json(ISSUED),
  nothing: () => new Response(''),
  'a redirect': () =>
    new Response(null, { status: 302, headers: { location: `https://a.example/?${TEXT}#${SUBJECT}` } }),
  'too much': () => new Response(`${TEXT}${' '.repeat(2 ** 20)}`),
  'a body that breaks off': () =>
    new Response(
      new ReadableStream({
        start: (stream) => {
          stream.enqueue(new TextEncoder().encode(`{"access_token":"${ISSUED}`))
          stream.error(new Error(`broken after ${ISSUED}`))
        },
      }),
    ),
}

type Call = (client: TokenExchangeClient) => unknown

const actor = { actorToken: ACTOR, actorTokenType: ID_TOKEN_TYPE }
const subject = { subjectToken: SUBJECT, subjectTokenType: 'urn:acme:legacy-session' }
const foreign = { token: FOREIGN, verifiedBy: 'caller' } as const

/** Every call of the package that sends something. */
const CALLS: Readonly<Record<string, Call>> = {
  exchangeToken: (client) =>
    client.exchangeToken({ ...subject, ...actor, extra: { note: EXTRA }, forwardedFor: '203.0.113.7' }),
  'exchangeToken, with an organization': (client) =>
    client.exchangeToken({ ...subject, organization: 'org_1', scope: 'openid' }),
  'exchangeToken, with an actor expected': (client) =>
    client.exchangeToken({ ...subject, ...actor, expectActor: true }),
  'exchangeToken, for another type': (client) =>
    client.exchangeToken({ ...subject, requestedTokenType: 'urn:acme:ticket' }),
  'exchangeToken, with a proof': (client) => client.exchangeToken({ ...subject, dpop }),
  'exchangeToken, twice from the cache': async (client) => {
    await client.exchangeToken({ ...subject, cache: true })
    return client.exchangeToken({ ...subject, cache: true })
  },
  getTokenOnBehalfOf: (client) => client.getTokenOnBehalfOf({ accessToken: foreign, audience: CALENDAR }),
  'getTokenOnBehalfOf, of a verified token': async (client) =>
    client.getTokenOnBehalfOf({ accessToken: await client.verifyAccessToken(incoming), audience: CALENDAR }),
  'getTokenOnBehalfOf, with retries': (client) =>
    client.getTokenOnBehalfOf({ accessToken: foreign, audience: CALENDAR, retry: { attempts: 1, firstDelayMs: 1 } }),
  'getTokenOnBehalfOf, aborted': (client) =>
    client.getTokenOnBehalfOf({ accessToken: foreign, audience: CALENDAR, signal: AbortSignal.abort() }),
  requestSessionTransferToken: (client) => client.requestSessionTransferToken({ ...subject, ...actor }),
  getTokenForConnection: (client) =>
    client.getTokenForConnection({
      subjectToken: SUBJECT,
      subjectTokenType: REFRESH_TOKEN_TYPE,
      connection: 'google-oauth2',
    }),
  getUserInfo: (client) => client.getUserInfo({ accessToken: FOREIGN, expectedSubject: 'auth0|alice' }),
  'getUserInfo, with a proof': (client) => client.getUserInfo({ accessToken: FOREIGN, dpop }),
  'getUserInfo, of a token that no header can hold': (client) => client.getUserInfo({ accessToken: `${FOREIGN}€` }),
  delegatedFetch: (client) =>
    client.delegatedFetch({ accessToken: foreign, audience: CALENDAR, origins: [CALENDAR] })(`${CALENDAR}/events`),
  'delegatedFetch, with a proof': (client) =>
    client.delegatedFetch({ accessToken: foreign, audience: CALENDAR, origins: [CALENDAR], dpop })(
      `${CALENDAR}/events`,
      { method: 'POST', body: 'a' },
    ),
  'delegatedFetch, to another origin': (client) =>
    client.delegatedFetch({ accessToken: foreign, audience: CALENDAR, origins: [CALENDAR] })(
      `https://evil.example/?${FOREIGN}`,
    ),
  invalidate: (client) => client.invalidate({ accessToken: foreign, audience: CALENDAR }),
}

const METHODS: Readonly<Record<string, () => ClientAuthentication>> = {
  'secret in the body': () => clientSecretPost(CLIENT_SECRET),
  'secret in a header': () => clientSecretBasic(CLIENT_SECRET),
  'a private key': () => signed,
}

function clientOf(config: Partial<TokenExchangeClientConfig> = {}): TokenExchangeClient {
  return new TokenExchangeClient({
    domain: 'tenant.example.com',
    clientId: 'web-app',
    clientAuthentication: clientSecretPost(CLIENT_SECRET),
    audience: API,
    cache: createExchangeCache(),
    onEvent: (event) => events.push(event),
    // Assertions and proofs are made of keys; what was sent is as secret as they are.
    fetch: (url, init) => {
      remember(url, init)
      return tenant.fetch(url, init)
    },
    now: () => NOW,
    ...config,
  })
}

function remember(_url: string, init: RequestInit): void {
  const assertion = new URLSearchParams(init.body as string | undefined).get('client_assertion')
  const proof = new Headers(init.headers).get('dpop')
  for (const [name, jwt] of [
    ['assertion', assertion],
    ['proof', proof],
  ] as const) {
    if (jwt) made.push({ name, text: jwt.slice(-40) })
  }
}

/** The names of the secrets that show in `values`, with the way they show. */
function leaksIn(values: readonly unknown[], secrets: readonly Secret[]): string {
  const search = createSearch(secrets)
  const texts = values.flatMap(renderings)
  return texts.flatMap(([way, text]) => search(text).map((name) => `${name} by ${way}: ${text}`)).join('\n')
}

/** An error and the errors below it, as far as this package made them. */
function chainOf(error: unknown): unknown[] {
  return isTokenExchangeError(error) ? [error, ...chainOf(error.cause)] : []
}

/** What a call gives: an error with all of its causes, or a result. */
async function outcomeOf(call: () => unknown): Promise<{ error?: unknown; result?: unknown }> {
  try {
    return { result: await call() }
  } catch (error) {
    return { error }
  }
}

function checkOutcome({ error, result }: { error?: unknown; result?: unknown }): void {
  const own = [...sent, ...made.splice(0)]
  const all = [...own, ...received]
  expect(leaksIn(chainOf(error), all)).toBe('')
  // Of errors that are not of this package, TypeErrors for misuse among them, a caller's log sees everything.
  if (error !== undefined && !isTokenExchangeError(error)) expect(leaksIn([error], all)).toBe('')
  // A result has the tokens that were asked for, and none of those that they were exchanged for.
  if (result !== undefined) expect(leaksIn([result], own)).toBe('')
  expect(leaksIn(events.splice(0), all)).toBe('')
  expect(output.take()).toEqual([])
  expect(rejections.splice(0)).toEqual([])
}

describe.each(Object.entries(CALLS))('%s', (_call, call) => {
  it.each(Object.entries(ANSWERS))('shows nothing for %s', async (_answer, answer) => {
    tenant.answer = answer
    tenant.other = answer
    for (const method of Object.values(METHODS)) {
      checkOutcome(await outcomeOf(() => call(clientOf({ clientAuthentication: method() }))))
    }
  })

  it.each<[string, Partial<TokenExchangeClientConfig>]>([
    ['a network that fails', { fetch: tellTale }],
    [
      'a token endpoint that fails',
      { fetch: (url, init) => (init.method === 'POST' ? tellTale(url, init) : tenant.fetch(url, init)) },
    ],
    [
      'a discovery that answers with a secret',
      { fetch: () => Promise.resolve(Response.json({ ...METADATA, issuer: TEXT })) },
    ],
    ['a server that is silent', { fetch: () => new Promise(() => undefined), timeoutMs: 5 }],
    ['a public client', { clientAuthentication: noClientAuthentication() }],
    ['a domain that a resolver gets wrong', { domain: () => `https://${SUBJECT}@tenant.example.com` }],
    [
      'a watcher that fails',
      {
        onEvent: () => {
          throw new Error(TEXT)
        },
      },
    ],
  ])('shows nothing with %s', async (_failure, config) => {
    tenant.answer = () => Response.json(TOKENS)
    checkOutcome(await outcomeOf(() => call(clientOf(config))))
  })
})

describe('what is refused before any request shows nothing', () => {
  const wrong: Readonly<Record<string, unknown>> = {
    padded: ` ${SUBJECT}`,
    'with its scheme': `Bearer ${SUBJECT}`,
    'with a NUL': `${SUBJECT}\0`,
    'with a lone surrogate': `${SUBJECT}\ud800`,
    'of two lines': `${SUBJECT}\n${SUBJECT}`,
    'in an object': { token: SUBJECT },
    'in an array': [SUBJECT],
  }
  // Not audience and scope, which are no secrets: events repeat them.
  const places: Readonly<Record<string, (client: TokenExchangeClient, value: never) => unknown>> = {
    subjectToken: (client, value) => client.exchangeToken({ subjectToken: value, subjectTokenType: ACCESS_TOKEN_TYPE }),
    subjectTokenType: (client, value) => client.exchangeToken({ ...subject, subjectTokenType: value }),
    actorToken: (client, value) => client.exchangeToken({ ...subject, ...actor, actorToken: value }),
    'actorToken alone': (client, value) =>
      client.exchangeToken({ ...subject, actorToken: value, actorTokenType: undefined as never }),
    resource: (client, value) => client.exchangeToken({ ...subject, resource: value }),
    organization: (client, value) => client.exchangeToken({ ...subject, organization: value }),
    forwardedFor: (client, value) => client.exchangeToken({ ...subject, forwardedFor: value }),
    'a protected extra': (client, value) => client.exchangeToken({ ...subject, extra: { client_secret: value } }),
    'the value of an extra': (client, value) => client.exchangeToken({ ...subject, extra: { note: value } }),
    extra: (client, value) => client.exchangeToken({ ...subject, extra: value }),
    timeoutMs: (client, value) => client.exchangeToken({ ...subject, timeoutMs: value }),
    dpop: (client, value) => client.exchangeToken({ ...subject, dpop: value }),
    retry: (client, value) => client.exchangeToken({ ...subject, retry: value }),
    'the token of getTokenOnBehalfOf': (client, value) =>
      client.getTokenOnBehalfOf({ accessToken: { token: value, verifiedBy: 'caller' }, audience: CALENDAR }),
    'a token that nobody verified': (client, value) =>
      client.getTokenOnBehalfOf({ accessToken: value, audience: CALENDAR }),
    'the token of getUserInfo': (client, value) => client.getUserInfo({ accessToken: value }),
    'the token of verifyAccessToken': (client, value) => client.verifyAccessToken(value),
    'the subject of Token Vault': (client, value) =>
      client.getTokenForConnection({ subjectToken: value, subjectTokenType: ACCESS_TOKEN_TYPE, connection: 'a' }),
    'the type of Token Vault': (client, value) =>
      client.getTokenForConnection({ subjectToken: SUBJECT, subjectTokenType: value, connection: 'a' }),
    'the target of a session transfer': (client, value) =>
      client.requestSessionTransferToken({ ...subject, ...actor, targetLoginUrl: value }),
    'the subject of a session transfer': (client, value) =>
      client.requestSessionTransferToken({ ...subject, ...actor, subjectToken: value }),
    domain: (_client, value) => clientOf({ domain: value }),
    clientId: (_client, value) => clientOf({ clientId: value }),
    clientAuthentication: (_client, value) => clientOf({ clientAuthentication: value }),
    'a client secret in the body': (_client, value) => clientSecretPost(value),
    'a client secret in a header': (_client, value) => clientSecretBasic(value),
    'an allowed target': (_client, value) => clientOf({ allowedTargets: [value] }),
    'the domain of a client without the facade': (_client, value) => createTokenEndpointClient({ domain: value }),
  }

  it.each(Object.entries(places))('%s', async (_place, use) => {
    tenant.answer = () => Response.json({ error: 'a' }, { status: 400 })
    for (const value of Object.values(wrong)) {
      checkOutcome(
        await outcomeOf(() => use(clientOf({ allowedTargets: ['https://app.example.com/login'] }), value as never)),
      )
    }
  })

  it.each(['signature', 'claims', 'header', 'nothing'])('a token whose %s is wrong', async (part) => {
    const [header = '', claims = '', signature = ''] = incoming.split('.')
    const forged = {
      signature: `${header}.${claims}.${signature.slice(0, -10)}AAAAAAAAAA`,
      claims: `${header}.${claims}x.${signature}`,
      header: `x${header}.${claims}.${signature}`,
      nothing: FOREIGN,
    }
    checkOutcome(await outcomeOf(() => clientOf().verifyAccessToken(forged[part as keyof typeof forged])))
  })

  it('a token that has expired', async () => {
    checkOutcome(await outcomeOf(() => clientOf({ now: () => NOW + 86_400_000 }).verifyAccessToken(incoming)))
  })
})

describe('session transfer', () => {
  async function transfer(): Promise<SessionTransferTokenResult> {
    tenant.answer = ANSWERS['a session transfer token'] ?? tenant.answer
    return clientOf().requestSessionTransferToken({ ...subject, ...actor })
  }

  it('the result does not show its token', async () => {
    const result = await transfer()
    expect(result.sessionTransferToken).toBe(TRANSFER)
    expect(leaksIn([result], [...sent, ...received])).toBe('')
  })

  it.each([
    ['relative', '/login'],
    ['insecure', 'http://app.example.com/'],
    ['with a password', `https://a:${TEXT}@app.example.com/`],
    ['with a fragment', `https://app.example.com/#${TEXT}`],
    ['with a token', `https://app.example.com/?session_transfer_token=${TEXT}`],
    ['elsewhere', `https://evil.example/?${TEXT}`],
  ])('a target that is refused shows nothing: %s', async (_rule, target) => {
    const result = await transfer()
    const options = { allowedTargets: ['https://app.example.com/'] }
    const outcome = await outcomeOf(() => buildSessionTransferRedirect(target, result, options))
    expect(outcome.error).toBeInstanceOf(TokenExchangeError)
    checkOutcome(outcome)
  })

  it('nothing is written on the way', async () => {
    const url = buildSessionTransferRedirect('https://app.example.com/login', await transfer())
    expect(sessionTransferParameters(url)).toEqual({ session_transfer_token: TRANSFER })
    expect(sessionTransferResponse(url).headers.get('location')).toBe(url)
    expect(output.take()).toEqual([])
  })
})

describe('what is kept shows nothing', () => {
  it('a verified token', async () => {
    const verified = await clientOf().verifyAccessToken(incoming)
    expect(verified.token).toBe(incoming)
    expect(leaksIn([verified], [{ name: 'incoming token', text: incoming.slice(-40) }])).toBe('')
  })

  it('a client, its parts and its cache, after use', async () => {
    tenant.answer = () => Response.json({ ...TOKENS, refresh_token: undefined })
    const cache = createExchangeCache()
    const client = clientOf({ cache, dpop: { ...dpop, allowBearer: true } })
    await client.getTokenOnBehalfOf({ accessToken: foreign, audience: CALENDAR })
    const delegated = client.delegatedFetch({ accessToken: foreign, audience: CALENDAR, origins: [CALENDAR] })
    await delegated(`${CALENDAR}/`)
    const kept = [client, cache, delegated, signed, ...Object.values(METHODS).map((method) => method())]
    expect(leaksIn(kept, [...sent, ...received])).toBe('')
    expect(kept.map((value) => inspect(value, { showHidden: true, depth: 20 })).join()).not.toContain('canary')
  })
})

describe('the search', () => {
  const search = createSearch([{ name: 'it', text: 'canary-secret-0123456789abcdef' }])

  it.each([
    ['plain', 'canary-secret-0123456789abcdef'],
    ['cut', 'canary-secret-01…'],
    ['its end', '…ret-0123456789abcdef'],
    ['upper case', 'CANARY-SECRET-01'],
    ['base64', btoa('user:canary-secret-0123456789abcdef')],
    ['base64, one byte on', btoa('xuser:canary-secret-0123456789abcdef')],
    ['base64, two bytes on', btoa('xyuser:canary-secret-0123456789abcdef')],
    ['hexadecimal', Buffer.from('canary-secret-0123456789abcdef').toString('hex')],
  ])('finds a secret: %s', (_form, text) => {
    expect(search(`a ${text} b`)).toEqual(['it'])
  })

  it.each<[string, unknown]>([
    ['a message', new Error('canary-secret-0123456789abcdef')],
    ['a cause', new Error('a', { cause: new Error('canary-secret-0123456789abcdef') })],
    ['a member', { a: { b: ['canary-secret-0123456789abcdef'] } }],
    [
      'a getter',
      {
        get a() {
          return 'canary-secret-0123456789abcdef'
        },
      },
    ],
  ])('finds a secret in %s', (_place, value) => {
    expect(renderings(value).flatMap(([, text]) => search(text))).toContain('it')
  })
})
