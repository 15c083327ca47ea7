import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import nock from 'nock'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { TokenExchangeClient, clientSecretPost, type Fetch } from '../../src/index.js'
import { EXCHANGE, METADATA, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

const config = { domain: 'tenant.example.com', clientId: 'web-app', clientAuthentication: clientSecretPost('s') }

describe('the request, through the global fetch', () => {
  afterEach(() => {
    nock.cleanAll()
    nock.enableNetConnect()
  })

  it('is one form-encoded POST to the discovered endpoint', async () => {
    nock.disableNetConnect()
    nock('https://tenant.example.com')
      .get('/.well-known/openid-configuration')
      .reply(200, { ...METADATA, token_endpoint: 'https://login.example.com/t' })
    const token = nock('https://login.example.com', {
      reqheaders: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    })
      .post(
        '/t',
        'client_id=web-app&client_secret=s&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=canary-subject-token&subject_token_type=urn%3Aacme%3Alegacy-session&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example&scope=a+b',
      )
      .reply(200, TOKEN_RESPONSE)
    const client = new TokenExchangeClient(config)
    const options = { ...EXCHANGE, resource: ['https://a.example', 'https://b.example'], scope: 'a b' }
    expect((await client.exchangeToken(options)).accessToken).toBe('issued-access-token')
    expect(token.isDone()).toBe(true)
  })

  it('a client made before the global fetch was replaced uses the new one', async () => {
    const client = new TokenExchangeClient(config)
    const original = globalThis.fetch
    const { fetch, tokenRequests } = scriptedServer()
    globalThis.fetch = fetch as typeof globalThis.fetch
    try {
      await client.exchangeToken(EXCHANGE)
    } finally {
      globalThis.fetch = original
    }
    expect(tokenRequests).toHaveLength(1)
  })

  it('a request that gets no answer is a network error with its cause', async () => {
    nock.disableNetConnect()
    nock('https://tenant.example.com').get('/.well-known/openid-configuration').reply(200, METADATA)
    nock('https://tenant.example.com').post('/oauth/token').replyWithError('connection reset')
    const error = await thrownBy(new TokenExchangeClient(config).exchangeToken(EXCHANGE))
    expect(error).toMatchObject({ code: 'network_error', kind: 'network', retryable: true })
    expect((error as Error).cause).toBeInstanceOf(Error)
  })
})

describe('an injected fetch', () => {
  it('gets a URL string and a standard init, for discovery too', async () => {
    const calls: unknown[][] = []
    const { fetch } = scriptedServer()
    await clientOf({ fetch: (...args) => (calls.push(args), fetch(...args)) }).exchangeToken(EXCHANGE)
    expect(calls).toHaveLength(2)
    for (const [url, init, ...rest] of calls) {
      expect(typeof url).toBe('string')
      expect(new Request(url as string, init as RequestInit).redirect).toBe('manual')
      expect((init as RequestInit).signal).toBeInstanceOf(AbortSignal)
      expect(rest).toEqual([])
    }
    expect(calls[1]?.[1]).toMatchObject({ method: 'POST', redirect: 'manual' })
    expect(typeof (calls[1]?.[1] as RequestInit).body).toBe('string')
  })

  it('that hides a redirect, as a browser does, has a redirect for an answer', async () => {
    const hidden = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
    const server = scriptedServer(() => hidden)
    expect(await thrownBy(clientOf(server).exchangeToken(EXCHANGE))).toMatchObject({
      code: 'invalid_response',
      reason: 'redirect',
    })
  })

  it.each<[string, ResponseInit, string]>([
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }, 'redirect'],
    ['a large answer', {}, 'too_large'],
  ])('whose body cannot be cancelled gives the error of %s', async (_rule, init, reason) => {
    const rejected = vi.fn()
    process.on('unhandledRejection', rejected)
    try {
      const body = () =>
        new ReadableStream({
          pull: (controller) => {
            controller.enqueue(new Uint8Array(2 ** 20 + 1))
          },
          cancel: () => Promise.reject(new Error('no')),
        })
      const server = scriptedServer(() => new Response(body(), init))
      expect(await thrownBy(clientOf(server).exchangeToken(EXCHANGE))).toMatchObject({ reason })
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(rejected).not.toHaveBeenCalled()
    } finally {
      process.off('unhandledRejection', rejected)
    }
  })

  it('that never settles is a timeout', async () => {
    const fetch: Fetch = () => new Promise(() => undefined)
    expect(await thrownBy(clientOf({ fetch }, { timeoutMs: 20 }).exchangeToken(EXCHANGE))).toMatchObject({
      code: 'timeout',
      kind: 'timeout',
    })
  })

  it('whose body never ends is a timeout', async () => {
    const server = scriptedServer(() => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })))
    expect(await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, timeoutMs: 20 }))).toMatchObject({
      code: 'timeout',
    })
  })

  it('is told to stop when the time is up', async () => {
    let signal: AbortSignal | null | undefined
    const fetch: Fetch = (_url, init) => ((signal = init.signal), new Promise(() => undefined))
    await thrownBy(clientOf({ fetch }, { timeoutMs: 20 }).exchangeToken(EXCHANGE))
    expect(signal?.aborted).toBe(true)
  })
})

describe("the caller's signal", () => {
  it('that is aborted already: nothing is sent', async () => {
    const server = scriptedServer()
    const reason = new Error('gone')
    const error = await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, signal: AbortSignal.abort(reason) }))
    expect(error).toMatchObject({ code: 'aborted', kind: 'aborted', cause: reason })
    expect(server.urls).toEqual([])
  })

  it('ends a request under way', async () => {
    const controller = new AbortController()
    const server = scriptedServer(() => (controller.abort(), new Promise(() => undefined)))
    const call = clientOf(server).exchangeToken({ ...EXCHANGE, signal: controller.signal })
    expect(await thrownBy(call)).toMatchObject({ code: 'aborted' })
  })

  it('of one caller does not end the discovery that others wait for', async () => {
    let answer: (response: Response) => void = () => undefined
    const { fetch } = scriptedServer()
    const client = clientOf({
      fetch: (url, init) =>
        url.includes('.well-known') ? new Promise((resolve) => (answer = resolve)) : fetch(url, init),
    })
    const controller = new AbortController()
    const impatient = thrownBy(client.exchangeToken({ ...EXCHANGE, signal: controller.signal }))
    const patient = client.exchangeToken(EXCHANGE)
    controller.abort()
    expect(await impatient).toMatchObject({ code: 'aborted' })
    answer(Response.json(METADATA))
    expect((await patient).accessToken).toBe('issued-access-token')
  })

  it('keeps no listener of ours', async () => {
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    const client = clientOf(scriptedServer())
    for (let call = 0; call < 3; call++) await client.exchangeToken({ ...EXCHANGE, signal })
    await new Promise((resolve) => setTimeout(resolve))
    expect(added.mock.calls.length).toBeGreaterThan(0)
    expect(removed.mock.calls.length).toBe(added.mock.calls.length)
  })
})

it.each([[0], [-1], [Number.NaN], [2 ** 31], ['10']])('a timeout of %j is a TypeError', async (timeoutMs) => {
  expect(() => clientOf(scriptedServer(), { timeoutMs: timeoutMs as number })).toThrow(TypeError)
  const call = clientOf(scriptedServer()).exchangeToken({ ...EXCHANGE, timeoutMs: timeoutMs as number })
  expect(await thrownBy(call)).toBeInstanceOf(TypeError)
})

it.each([[0.5], [2 ** 31 - 1]])('a timeout of %j is none that is refused', (timeoutMs) => {
  expect(() => clientOf(scriptedServer(), { timeoutMs })).not.toThrow()
})

describe('over loopback', () => {
  const servers: Server[] = []
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(close))
  })

  async function close(server: Server): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(handler)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async function tokenEndpoint(handler: (response: ServerResponse) => void): Promise<string> {
    const origin: string = await listen((request, response) => {
      if (request.method === 'POST') handler(response)
      else
        response.end(
          JSON.stringify({ issuer: `${origin}/`, token_endpoint: `${origin}/oauth/token`, jwks_uri: `${origin}/jwks` }),
        )
    })
    return origin
  }

  const exchangeAt = (domain: string) => new TokenExchangeClient({ ...config, domain }).exchangeToken(EXCHANGE)

  it.each([[301], [302], [303], [307], [308]])(
    'a redirect with status %i is an error, and the other origin sees nothing',
    async (status) => {
      let visits = 0
      const other = await listen((_request, response) => (visits++, response.end()))
      const domain = await tokenEndpoint((response) => response.writeHead(status, { location: `${other}/steal` }).end())
      expect(await thrownBy(exchangeAt(domain))).toMatchObject({ code: 'invalid_response', reason: 'redirect', status })
      expect(visits).toBe(0)
    },
  )

  it('a body over one mebibyte is an error, whatever its length says', async () => {
    const domain = await tokenEndpoint((response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"a":"')
      response.end('x'.repeat(1024 * 1024))
    })
    expect(await thrownBy(exchangeAt(domain))).toMatchObject({ code: 'invalid_response', reason: 'too_large' })
  })

  it('an answer that breaks off is a network error', async () => {
    const domain = await tokenEndpoint((response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"access_token":')
      setImmediate(() => response.destroy())
    })
    expect(await thrownBy(exchangeAt(domain))).toMatchObject({ code: 'network_error' })
  })

  it('plain http works for loopback', async () => {
    const domain = await tokenEndpoint((response) => response.end(JSON.stringify(TOKEN_RESPONSE)))
    expect((await exchangeAt(domain)).accessToken).toBe('issued-access-token')
  })
})
