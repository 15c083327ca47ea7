import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import type { DelegatedFetch, DelegatedFetchOptions, TokenExchangeClientConfig } from '../../src/index.js'
import { METADATA, TOKEN_RESPONSE, clientOf, thrownBy } from '../support/scripted-server.js'

const ACCESS_TOKEN = { token: 'canary-subject-token', verifiedBy: 'caller' } as const
const CALENDAR = 'https://calendar.example.com'
const OPTIONS = { accessToken: ACCESS_TOKEN, audience: CALENDAR, origins: [CALENDAR] } as const

/** What the API was sent. */
interface Seen {
  readonly url: string
  readonly init: RequestInit
  readonly headers: Headers
}

/** The API's answers in order; the last one stays. */
type Answers = readonly (() => Response)[]

/** A delegated fetch over an injected `fetch`: the server issues `token-1`, `token-2` and so on. */
function delegated(
  answers: Answers = [() => new Response('events')],
  options: Partial<DelegatedFetchOptions> = {},
  config: Partial<TokenExchangeClientConfig> = {},
  issue: (count: number) => Response = (count) => Response.json({ ...TOKEN_RESPONSE, access_token: `token-${count}` }),
): { calendar: DelegatedFetch; seen: Seen[]; exchanges: () => number } {
  const seen: Seen[] = []
  let count = 0
  const client = clientOf(
    {
      fetch: (url, init) => {
        if (url.endsWith('/.well-known/openid-configuration')) return Promise.resolve(Response.json(METADATA))
        if (url === METADATA.token_endpoint) return Promise.resolve(issue(++count))
        seen.push({ url, init, headers: new Headers(init.headers) })
        const answer = answers[Math.min(seen.length, answers.length) - 1]
        return Promise.resolve(answer?.() ?? Response.error())
      },
    },
    { cache: createExchangeCache(), ...config },
  )
  return { calendar: client.delegatedFetch({ ...OPTIONS, ...options }), seen, exchanges: () => count }
}

const ok = () => new Response('events')
const unauthorized = () => new Response('no', { status: 401 })

function tokens(seen: readonly Seen[]): (string | null)[] {
  return seen.map(({ headers }) => headers.get('authorization'))
}

describe('a delegated fetch', () => {
  it('sends what it was given, when URL, init and headers serve the next call at once', async () => {
    const { calendar, seen } = delegated()
    const url = new URL(`${CALENDAR}/1`)
    const headers = new Headers({ 'X-Trace': 'a' })
    const init: RequestInit = { method: 'POST', headers, body: '1' }
    const first = calendar(url, init)
    url.pathname = '/2'
    init.body = '2'
    headers.set('X-Trace', 'b')
    await Promise.all([first, calendar(url, init)])
    const sent = seen.map((request) => [request.url, request.init.body, request.headers.get('X-Trace')])
    expect(sent).toEqual([
      [`${CALENDAR}/1`, '1', 'a'],
      [`${CALENDAR}/2`, '2', 'b'],
    ])
  })

  it('attaches the token, and passes on the rest', async () => {
    const { calendar, seen } = delegated()
    const response = await calendar(`${CALENDAR}/events?day=1#top`, {
      method: 'POST',
      headers: { 'X-Trace': 'abc' },
      body: 'hello',
    })
    expect(await response.text()).toBe('events')
    expect(seen).toHaveLength(1)
    expect(seen[0]?.url).toBe(`${CALENDAR}/events?day=1#top`)
    expect(seen[0]?.init).toMatchObject({ method: 'POST', body: 'hello', redirect: 'manual' })
    expect(Object.fromEntries(seen[0]?.headers ?? [])).toEqual({ 'x-trace': 'abc', authorization: 'Bearer token-1' })
  })

  it.each(['mac', 'N_A', '__proto__'])('uses no token of the type %s, which it does not understand', async (type) => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, token_type: type }),
    )
    expect(await thrownBy(calendar(CALENDAR))).toMatchObject({ code: 'invalid_response' })
    expect(seen).toEqual([])
  })

  it('uses no bound token when it has no key to prove', async () => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, token_type: 'DPoP' }),
    )
    expect(await thrownBy(calendar(CALENDAR))).toMatchObject({ code: 'invalid_response', field: 'token_type' })
    expect(seen).toEqual([])
  })

  it.each(['bearer', 'BEARER'])('takes %s for Bearer', async (type) => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, token_type: type }),
    )
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual([`Bearer ${TOKEN_RESPONSE.access_token}`])
  })

  it.each(['a b', 'canary\nX: y', 'é'])('uses no token that cannot stand in a header: %j', async (token) => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, access_token: token }),
    )
    const error = await thrownBy(calendar(CALENDAR))
    expect(error).toMatchObject({ code: 'invalid_response', field: 'access_token' })
    expect(String(error)).not.toContain(token)
    expect(seen).toEqual([])
  })

  it('takes a URL object, and uses the cache', async () => {
    const { calendar, seen, exchanges } = delegated()
    for (let call = 0; call < 3; call++) await calendar(new URL('/events', CALENDAR))
    expect(tokens(seen)).toEqual(Array(3).fill('Bearer token-1'))
    expect(exchanges()).toBe(1)
  })

  it.each(['follow', 'error', 'manual'] as const)(
    'asks for redirects as they are, when told to %s',
    async (redirect) => {
      const { calendar, seen } = delegated()
      await calendar(CALENDAR, { redirect })
      expect(seen[0]?.init.redirect).toBe('manual')
    },
  )

  it('does not change the init of its caller', async () => {
    const { calendar } = delegated()
    const headers = new Headers({ 'x-trace': 'abc' })
    const init = Object.freeze({ headers })
    await calendar(CALENDAR, init)
    expect([...headers]).toEqual([['x-trace', 'abc']])
  })
})

describe('a delegated fetch sends tokens to its origins alone', () => {
  it.each([
    ['another host', 'https://evil.example.com/'],
    ['a host that starts the same', 'https://calendar.example.com.evil.example/'],
    ['a host that ends the same', 'https://evilcalendar.example.com/'],
    ['a host in the user information', 'https://calendar.example.com@evil.example.com/'],
    ['a subdomain', 'https://a.calendar.example.com/'],
    ['a parent domain', 'https://example.com/'],
    ['another port', 'https://calendar.example.com:8443/'],
    ['another scheme', 'http://calendar.example.com/'],
    ['a trailing dot', 'https://calendar.example.com./'],
    ['a backslash', 'https://evil.example.com\\@calendar.example.com/'],
    ['a blob of the origin', 'blob:https://calendar.example.com/0b0b'],
    ['a data URL', 'data:text/plain,a'],
    ['a file', 'file:///etc/passwd'],
  ])('not to %s', async (_name, url) => {
    const { calendar, seen, exchanges } = delegated()
    expect(await thrownBy(calendar(url))).toMatchObject({ code: 'target_not_allowed', kind: 'policy', field: 'url' })
    expect(seen).toEqual([])
    expect(exchanges()).toBe(0)
  })

  it.each(['user:secret', 'user', ':secret'])('not along with other credentials: %s', async (credentials) => {
    const { calendar, exchanges } = delegated()
    const error = await thrownBy(calendar(`https://${credentials}@calendar.example.com/`))
    expect(error).toMatchObject({ code: 'target_not_allowed', reason: 'user_information' })
    expect(String(error)).not.toContain('secret')
    expect(exchanges()).toBe(0)
  })

  it.each(['https://calendar.example.com:443/', 'HTTPS://CALENDAR.example.com/events', 'https://calendar.example.com'])(
    'to %s, which is one of them',
    async (url) => {
      const { calendar, seen } = delegated()
      await calendar(url)
      expect(tokens(seen)).toEqual(['Bearer token-1'])
    },
  )

  it.each([
    ['an empty list', [], 'blank'],
    ['a relative address', ['/events'], 'malformed'],
    ['a host alone', ['calendar.example.com'], 'malformed'],
    ['a blank one', [''], 'malformed'],
    ['a wildcard for all', ['*'], 'malformed'],
    ['a path', ['https://calendar.example.com/v1'], 'malformed'],
    ['a query', ['https://calendar.example.com/?a=b'], 'malformed'],
    ['a fragment', ['https://calendar.example.com/#a'], 'malformed'],
    ['user information', ['https://user@calendar.example.com'], 'malformed'],
    ['http', ['http://calendar.example.com'], 'insecure'],
    ['ftp', ['ftp://calendar.example.com'], 'insecure'],
    ['a blob', ['blob:https://calendar.example.com'], 'malformed'],
    ['an opaque one', ['null'], 'malformed'],
    ['a good one and a bad one', [CALENDAR, 'http://calendar.example.com'], 'insecure'],
  ])('is not made with %s', (_name, origins, reason) => {
    expect(() => delegated([], { origins })).toThrow(
      expect.objectContaining({ code: 'invalid_parameter', field: 'origins', reason }) as Error,
    )
  })

  it.each([undefined, null, CALENDAR, [5]])('is not made with %s for a list', (origins) => {
    expect(() => delegated([], { origins: origins as unknown as string[] })).toThrow(TypeError)
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'delegatedFetch needs an options object'],
    ['null', null, 'delegatedFetch needs an options object'],
    ['a misspelt option', { ...OPTIONS, scopes: 'calendar:read' }, 'delegatedFetch has no option "scopes"'],
    ['a signal, which belongs to a request', { ...OPTIONS, signal: null }, 'delegatedFetch has no option "signal"'],
    ['a forced refresh', { ...OPTIONS, forceRefresh: true }, 'delegatedFetch has no option "forceRefresh"'],
  ])('is not made with %s', (_name, options, message) => {
    const client = clientOf({ fetch: () => expect.fail('a request was sent') })
    expect(() => client.delegatedFetch(options as DelegatedFetchOptions)).toThrow(new TypeError(message))
  })

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1',
    'http://[::1]:8080',
    'https://a.example.com/',
    'https://ümlaut.example',
  ])('is made with %s', async (origin) => {
    const { calendar, seen } = delegated([ok], { origins: [origin] })
    await calendar(new URL('/x', origin))
    expect(seen).toHaveLength(1)
  })
})

describe('a delegated fetch refuses, before anything is sent,', () => {
  it.each([
    ['Authorization of the caller', CALENDAR, { headers: { authorization: 'Bearer other' } }, 'Authorization'],
    ['Authorization as a list', CALENDAR, { headers: [['AUTHORIZATION', 'Bearer other']] }, 'Authorization'],
    ['Authorization as Headers', CALENDAR, { headers: new Headers({ Authorization: 'x' }) }, 'Authorization'],
    ['a Request', new Request(CALENDAR), {}, 'not a Request'],
    ['a relative URL', '/events', {}, 'absolute URL'],
    ['a text that is no URL', 'not a url', {}, 'absolute URL'],
    ['nothing', undefined, {}, 'takes a URL'],
    ['an init that is null', CALENDAR, null, 'a delegated fetch needs an options object'],
    ['a method in place of an init', CALENDAR, 'POST', 'a delegated fetch needs an options object'],
  ])('%s', async (_name, url, init, message) => {
    const { calendar, seen, exchanges } = delegated()
    const error = await thrownBy(calendar(url as string, init as RequestInit))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain(message)
    expect([seen.length, exchanges()]).toEqual([0, 0])
  })
})

const REPLAYABLE: readonly (readonly [string, () => RequestInit['body']])[] = [
  ['no body', () => undefined],
  ['null', () => null],
  ['a text', () => 'hello'],
  ['a form', () => new URLSearchParams({ a: 'b' })],
  ['form data', () => new FormData()],
  ['a blob', () => new Blob(['hello'])],
  ['bytes', () => new Uint8Array([1, 2])],
  ['a buffer', () => new Uint8Array([1, 2]).buffer],
]

function stream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('hello'))
      controller.close()
    },
  })
}

describe('when the API answers 401, a delegated fetch', () => {
  it.each(REPLAYABLE)('exchanges once and sends once more, with %s', async (_name, body) => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok])
    const sent = body()
    const response = await calendar(CALENDAR, { method: 'POST', ...(sent === undefined ? {} : { body: sent }) })
    expect(response.status).toBe(200)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(seen.map(({ init }) => init.body)).toEqual([sent, sent])
    expect(exchanges()).toBe(2)
  })

  it.each([
    ['without a cache', { cache: undefined }, {}],
    ['with a cache that it does not use', {}, { cache: false }],
  ])('exchanges once %s', async (_name, config, options) => {
    const issue = () => Response.json(TOKEN_RESPONSE)
    const { cache } = { cache: createExchangeCache(), ...config }
    const { calendar, seen, exchanges } = delegated([unauthorized, ok], options, cache ? { cache } : NO_CACHE, issue)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect([seen.length, exchanges()]).toEqual([2, 2])
  })

  it('exchanges once also when the server issues the same token again', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok], {}, {}, () => Response.json(TOKEN_RESPONSE))
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect([seen.length, exchanges()]).toEqual([2, 2])
  })

  it('gives the second 401 to its caller', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, () => new Response('still no', { status: 401 })])
    const response = await calendar(CALENDAR)
    expect([response.status, await response.text()]).toEqual([401, 'still no'])
    expect([seen.length, exchanges()]).toEqual([2, 2])
  })

  it('keeps the new token for the next call', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok])
    await calendar(CALENDAR)
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2'])
    expect(exchanges()).toBe(2)
  })

  it('exchanges again when the new token is refused later', async () => {
    const { calendar, seen } = delegated([unauthorized, ok, unauthorized, ok])
    await calendar(CALENDAR)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2', 'Bearer token-3'])
  })

  it('exchanges once for many calls whose token was refused', async () => {
    const { calendar, seen, exchanges } = delegated([...Array<() => Response>(20).fill(unauthorized), ok])
    const responses = await Promise.all(Array.from({ length: 20 }, () => calendar(CALENDAR)))
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(seen).toHaveLength(40)
    expect(exchanges()).toBe(2)
  })

  it('takes the token that another call has got meanwhile', async () => {
    let refuse: ((response: Response) => void) | undefined
    const answers = [() => undefined as unknown as Response, unauthorized, ok]
    const { calendar, seen, exchanges } = delegated(answers, {}, {})
    answers[0] = () =>
      new Promise<Response>((resolve) => {
        refuse = resolve
      }) as unknown as Response
    const slow = calendar(CALENDAR)
    await expect.poll(() => refuse).toBeDefined()
    await calendar(CALENDAR)
    refuse?.(unauthorized())
    expect((await slow).status).toBe(200)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2', 'Bearer token-2'])
    expect(exchanges()).toBe(2)
  })

  it('only forgets the token when the body is a stream', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok])
    const body = stream()
    const response = await calendar(CALENDAR, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect([response.status, await response.text()]).toEqual([401, 'no'])
    expect([seen.length, exchanges()]).toEqual([1, 1])
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  it('gives its caller that answer also when there is nothing to forget', async () => {
    const { calendar } = delegated([unauthorized], {}, NO_CACHE)
    const response = await calendar(CALENDAR, { method: 'POST', body: stream(), duplex: 'half' } as RequestInit)
    expect(response.status).toBe(401)
  })

  it('gives its caller that answer also when forgetting fails', async () => {
    const cache = createExchangeCache()
    const invalidate = () => Promise.reject(new Error('broken'))
    const { calendar } = delegated([unauthorized], {}, { cache: { run: (call) => cache.run(call), invalidate } })
    const response = await calendar(CALENDAR, { method: 'POST', body: stream(), duplex: 'half' } as RequestInit)
    expect(response.status).toBe(401)
  })

  it.each<[string, HeadersInit, number]>([
    ['the refused answer', {}, 2],
    ['an answer that wants a nonce', { 'WWW-Authenticate': 'dpop error="use_dpop_nonce"', 'DPoP-Nonce': 'n1' }, 1],
  ])('lets go of %s', async (_name, headers, expected) => {
    let isCancelled = false
    const body = () =>
      new ReadableStream({
        cancel() {
          isCancelled = true
          return Promise.reject(new Error('no'))
        },
      })
    const { calendar, exchanges } = delegated([() => new Response(body(), { status: 401, headers }), ok])
    await calendar(CALENDAR)
    expect([isCancelled, exchanges()]).toEqual([true, expected])
  })

  it('reports that the second exchange failed', async () => {
    const { calendar, seen } = delegated([unauthorized], {}, {}, (count) =>
      count === 1
        ? Response.json(TOKEN_RESPONSE)
        : Response.json({ error: 'invalid_grant', error_description: 'expired' }, { status: 403 }),
    )
    expect(await thrownBy(calendar(CALENDAR))).toMatchObject({ code: 'token_exchange_failed' })
    expect(seen).toHaveLength(1)
  })

  it.each([200, 204, 302, 307, 400, 403, 404, 429, 500])('and only then: %s is given as it is', async (status) => {
    const answer = () => new Response(null, { status, headers: { location: 'https://evil.example.com/' } })
    const { calendar, seen, exchanges } = delegated([answer])
    expect((await calendar(CALENDAR)).status).toBe(status)
    expect([seen.length, exchanges()]).toEqual([1, 1])
  })
})

describe('the signal of a delegated fetch', () => {
  it('ends the call before anything is sent', async () => {
    const { calendar, seen, exchanges } = delegated()
    expect(await thrownBy(calendar(CALENDAR, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted' })
    expect([seen.length, exchanges()]).toEqual([0, 0])
  })

  it('may be null', async () => {
    expect((await delegated().calendar(CALENDAR, { signal: null })).status).toBe(200)
  })

  it('reaches the API’s request', async () => {
    const { calendar, seen } = delegated()
    const { signal } = new AbortController()
    await calendar(CALENDAR, { signal })
    expect(seen[0]?.init.signal).toBe(signal)
  })

  it('ends the second exchange', async () => {
    const controller = new AbortController()
    const answer = () => {
      controller.abort()
      return unauthorized()
    }
    const { calendar, exchanges } = delegated([answer, ok])
    expect(await thrownBy(calendar(CALENDAR, { signal: controller.signal }))).toMatchObject({ code: 'aborted' })
    expect(exchanges()).toBe(1)
  })
})

describe('a delegated fetch with a DPoP key', () => {
  const dpopToken = () => Response.json({ ...TOKEN_RESPONSE, token_type: 'DPoP' })
  const wantsNonce = (nonce: string) => () =>
    new Response(null, {
      status: 401,
      headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce", error_description="a"', 'DPoP-Nonce': nonce },
    })
  let dpop: NonNullable<DelegatedFetchOptions['dpop']>

  beforeEach(async () => {
    const keyPair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    dpop = { keyPair }
  })

  function proofs(seen: readonly Seen[]) {
    return seen.map(({ headers }) => decodeJwt(headers.get('dpop') ?? ''))
  }

  it('presents the token with a proof for the request', async () => {
    const { calendar, seen } = delegated([ok], { dpop }, {}, dpopToken)
    await calendar(`${CALENDAR}/events?day=1#top`, { method: 'post', body: 'a' })
    expect(tokens(seen)).toEqual([`DPoP ${TOKEN_RESPONSE.access_token}`])
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(TOKEN_RESPONSE.access_token))
    const ath = Buffer.from(digest).toString('base64url')
    expect(proofs(seen)).toMatchObject([{ htm: 'POST', htu: `${CALENDAR}/events`, ath }])
  })

  it.each([
    ['get', 'GET'],
    ['Delete', 'DELETE'],
    ['patch', 'patch'],
    [undefined, 'GET'],
  ])('names the method %s as fetch sends it', async (method, sent) => {
    const { calendar, seen } = delegated([ok], { dpop }, {}, dpopToken)
    await calendar(CALENDAR, method === undefined ? {} : { method })
    expect(proofs(seen)[0]).toMatchObject({ htm: sent })
  })

  it('sends once more with the API’s nonce, for which the token is not exchanged', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), ok], { dpop }, {}, dpopToken)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect(proofs(seen).map(({ nonce }) => nonce)).toEqual([undefined, 'n1'])
    expect(new Set(proofs(seen).map(({ jti }) => jti)).size).toBe(2)
    await calendar(CALENDAR)
    expect(proofs(seen)[2]).toMatchObject({ nonce: 'n1' })
    expect(exchanges()).toBe(1)
  })

  it('gives up when the new nonce is refused too', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), wantsNonce('n2')], { dpop }, {}, dpopToken)
    expect((await calendar(CALENDAR)).status).toBe(401)
    expect([seen.length, exchanges()]).toEqual([2, 1])
  })

  it('keeps the nonce, and the token, when the body is a stream', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), ok], { dpop }, {}, dpopToken)
    const init = { method: 'POST', body: stream(), duplex: 'half' } as RequestInit
    expect((await calendar(CALENDAR, init)).status).toBe(401)
    await calendar(CALENDAR)
    expect(proofs(seen).map(({ nonce }) => nonce)).toEqual([undefined, 'n1'])
    expect(exchanges()).toBe(1)
  })

  it('exchanges when the token is refused after the nonce was not', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), unauthorized, ok], { dpop }, {}, dpopToken)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect([seen.length, exchanges()]).toEqual([3, 2])
  })

  it('takes the nonce of any answer, for its origin alone', async () => {
    const other = 'https://other.example.com'
    const withNonce = () => new Response(null, { headers: { 'DPoP-Nonce': 'n1' } })
    const { calendar, seen } = delegated([withNonce, ok], { dpop, origins: [CALENDAR, other] }, {}, dpopToken)
    for (const url of [CALENDAR, CALENDAR, CALENDAR, other]) await calendar(url)
    expect(proofs(seen).map(({ nonce }) => nonce)).toEqual([undefined, 'n1', 'n1', undefined])
  })

  it('sends no proof with a token that is not bound', async () => {
    const { calendar, seen } = delegated([ok], { dpop: { ...dpop, allowBearer: true } })
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual(['Bearer token-1'])
    expect(seen[0]?.headers.has('dpop')).toBe(false)
  })
})

describe('a delegated fetch over real http', () => {
  const servers: Server[] = []

  async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(handler)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  function overHttp(origin: string): DelegatedFetch {
    let count = 0
    const client = clientOf(
      {
        fetch: (url, init) => {
          if (url.endsWith('/.well-known/openid-configuration')) return Promise.resolve(Response.json(METADATA))
          if (url !== METADATA.token_endpoint) return fetch(url, init)
          return Promise.resolve(Response.json({ ...TOKEN_RESPONSE, access_token: `token-${++count}` }))
        },
      },
      { cache: createExchangeCache() },
    )
    return client.delegatedFetch({ ...OPTIONS, origins: [origin] })
  }

  it('sends the body again, whole, after a 401', async () => {
    const received: string[] = []
    const origin = await listen((request, response) => {
      let body = ''
      request.setEncoding('utf8')
      request.on('data', (chunk: string) => (body += chunk))
      request.on('end', () => {
        received.push(`${request.method ?? ''} ${request.headers.authorization ?? ''} ${body}`)
        response.writeHead(received.length === 1 ? 401 : 200).end('done')
      })
    })
    const response = await overHttp(origin)(`${origin}/events`, { method: 'PUT', body: new Blob(['hello']) })
    expect(await response.text()).toBe('done')
    expect(received).toEqual(['PUT Bearer token-1 hello', 'PUT Bearer token-2 hello'])
  })

  it.each([301, 302, 303, 307, 308])('does not follow a %s to another origin', async (status) => {
    let stray = 0
    const other = await listen((_request, response) => {
      stray++
      response.end()
    })
    const origin = await listen((_request, response) => {
      response.writeHead(status, { location: `${other}/` }).end()
    })
    const response = await overHttp(origin)(origin)
    expect(response.status).toBe(status)
    expect(stray).toBe(0)
  })
})

/** A configuration without the cache that the others have. */
const NO_CACHE = { cache: undefined } as unknown as Partial<TokenExchangeClientConfig>
