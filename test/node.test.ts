import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { MockAgent } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { TokenExchangeClient, clientSecretPost, type Fetch } from '../src/index.js'
import { createNodeFetch } from '../src/node.js'
import { createTokenEndpointClient } from '../src/token-endpoint.js'
import {
  framed,
  json,
  listen,
  raw,
  reset,
  silent,
  type HostileServer,
  type Program,
  type Reply,
} from './hostile/server.js'
import { EXCHANGE, ISSUER, METADATA, TOKEN_RESPONSE, thrownBy } from './support/scripted-server.js'

const TOKEN = '/oauth/token'
const servers: HostileServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** A server that answers the token endpoint with `reply`. */
async function serverOf(reply?: Reply): Promise<HostileServer> {
  const server = await listen((path, origin) =>
    path.startsWith('/.well-known')
      ? { issuer: `${origin}/`, token_endpoint: origin + TOKEN, jwks_uri: `${origin}/jwks` }
      : TOKEN_RESPONSE,
  )
  servers.push(server)
  if (reply !== undefined) server.replies.set(TOKEN, reply)
  return server
}

function clientOf(domain: string, fetch: Fetch | undefined, timeoutMs = 2_000): TokenExchangeClient {
  const config = { domain, clientId: 'web-app', clientAuthentication: clientSecretPost('canary-secret'), timeoutMs }
  return new TokenExchangeClient({ ...config, ...(fetch ? { fetch } : {}) })
}

/** 64 KiB of spaces after each other, for as long as somebody takes them. */
const endlessChunks: Program = (socket) => {
  socket.write(raw('HTTP/1.1 200 x', 'Transfer-Encoding: chunked', ''))
  const piece = `10000\r\n${' '.repeat(2 ** 16)}\r\n`
  const send = (): void => {
    while (socket.writable && socket.write(piece));
  }
  socket.on('drain', send)
  send()
}

describe('createNodeFetch', () => {
  // First in this file, so that the global fetch has its own connections before undici is used.
  it('works after the global fetch was used, and leaves it working', async () => {
    const { origin } = await serverOf()
    for (const fetch of [undefined, createNodeFetch(), undefined]) {
      expect(await clientOf(origin, fetch).exchangeToken(EXCHANGE)).toMatchObject({ tokenType: 'Bearer' })
    }
  })

  it('is not answered in a coding that it does not take', async () => {
    const server = createServer((request, response) => {
      const { host = '', 'accept-encoding': coding } = request.headers
      const issuer = `http://${host}/`
      const body = request.method === 'POST' ? TOKEN_RESPONSE : { ...METADATA, issuer, token_endpoint: issuer }
      const isPlain = coding === 'identity'
      response.writeHead(200, isPlain ? {} : { 'Content-Encoding': 'gzip' })
      response.end(isPlain ? JSON.stringify(body) : gzipSync(JSON.stringify(body)))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    try {
      const client = clientOf(`http://127.0.0.1:${port}`, createNodeFetch())
      expect(await client.exchangeToken(EXCHANGE)).toMatchObject({ tokenType: 'Bearer' })
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  const limits = ['Retry-After: 7', 'X-RateLimit-Limit: 10', 'X-RateLimit-Remaining: 0', 'X-RateLimit-Reset: 1']

  it.each<[string, Reply, object]>([
    ['a success', json(TOKEN_RESPONSE), { accessToken: TOKEN_RESPONSE.access_token, expiresIn: 3600 }],
    ['an OAuth error', json({ error: 'invalid_grant' }, 403), { code: 'token_exchange_failed', status: 403 }],
    [
      'a rate limit',
      json({ error: 'too_many_requests' }, 429, limits),
      { retryAfter: 7, rateLimit: { limit: 10, remaining: 0, resetAt: 1 }, status: 429 },
    ],
    ['HTML', framed(502, ['Content-Type: text/html'], '<h1>'), { reason: 'http_status', status: 502 }],
    ['no body', raw('HTTP/1.1 204 x', 'Connection: close', ''), { reason: 'http_status', status: 204 }],
    ['a redirect', framed(307, ['Location: /elsewhere'], 'body'), { reason: 'redirect', status: 307 }],
    [
      'a redirect whose body does not come',
      silent(raw('HTTP/1.1 302 x', 'Content-Length: 1000', '')),
      { reason: 'redirect', status: 302 },
    ],
    ['a body that is too large', json(' '.repeat(2 ** 21)), { reason: 'too_large', status: 200 }],
    ['a reset', reset(), { code: 'network_error', retryable: true }],
    ['a body that breaks off', raw('HTTP/1.1 200 x', 'Content-Length: 100', '{'), { code: 'network_error' }],
    ['silence', silent(), { code: 'timeout' }],
    ['silence in the body', silent(raw('HTTP/1.1 200 x', 'Content-Length: 100', '{')), { code: 'timeout' }],
  ])('gives what the global fetch gives: %s', async (_name, reply, expected) => {
    const { origin } = await serverOf(reply)
    for (const fetch of [undefined, createNodeFetch()]) {
      const call = clientOf(origin, fetch, 'code' in expected && expected.code === 'timeout' ? 100 : 2_000)
      const outcome = await call.exchangeToken(EXCHANGE).catch((error: unknown) => error)
      expect(outcome).toMatchObject(expected)
      // Whatever happens to a body that nobody reads, happens now.
      await setTimeout(10)
    }
  })

  it.each([
    ['before the answer', ''],
    ['in the body', raw('HTTP/1.1 200 x', 'Content-Length: 100', '{')],
  ])('ends with the signal of its caller, %s', async (_when, text) => {
    const reason = new Error('gone')
    const { origin, replies } = await serverOf()
    const controller = new AbortController()
    replies.set(TOKEN, (socket) => {
      if (text !== '') socket.write(text)
      socket.on('close', () => {
        closed = true
      })
      void setTimeout(20).then(() => {
        controller.abort(reason)
      })
    })
    let closed = false
    const call = clientOf(origin, createNodeFetch()).exchangeToken({ ...EXCHANGE, signal: controller.signal })
    expect(await thrownBy(call)).toMatchObject({ code: 'aborted', cause: reason })
    await expect.poll(() => closed).toBe(true)
  })

  it.each<[string, Program, object]>([
    ['a body that goes on past the limit', endlessChunks, { reason: 'too_large' }],
    ['silence in the body', silent(raw('HTTP/1.1 200 x', 'Content-Length: 100', '{')), { code: 'timeout' }],
    ['silence', silent(), { code: 'timeout' }],
    ['a redirect whose body does not come', silent(raw('HTTP/1.1 302 x', 'Content-Length: 9', '')), { status: 302 }],
  ])('closes the connection after %s', async (_what, reply, expected) => {
    for (const fetch of [undefined, createNodeFetch()]) {
      let closed = false
      const { origin, replies } = await serverOf()
      replies.set(TOKEN, (socket, at) => {
        socket.on('close', () => {
          closed = true
        })
        reply(socket, at)
      })
      const call = clientOf(origin, fetch, 'code' in expected ? 100 : 2_000).exchangeToken(EXCHANGE)
      expect(await thrownBy(call)).toMatchObject(expected)
      await expect.poll(() => closed).toBe(true)
    }
  })

  it('reads the nonce of the server', async () => {
    const keyPair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const { origin, replies } = await serverOf()
    let requests = 0
    replies.set(TOKEN, (socket, at) => {
      requests++
      const reply =
        requests === 1
          ? json({ error: 'use_dpop_nonce' }, 400, ['DPoP-Nonce: n1'])
          : json({ ...TOKEN_RESPONSE, token_type: 'DPoP' })
      reply(socket, at)
    })
    const result = await clientOf(origin, createNodeFetch()).exchangeToken({
      ...EXCHANGE,
      dpop: { keyPair },
    })
    expect(result.tokenType).toBe('DPoP')
    expect(requests).toBe(2)
  })

  it('keeps its connections', async () => {
    const { origin, seen } = await serverOf()
    const client = clientOf(origin, createNodeFetch())
    for (let call = 0; call < 5; call++) await client.exchangeToken(EXCHANGE)
    expect(seen.connections).toBeLessThanOrEqual(2)
  })
})

describe('a dispatcher', () => {
  function mockAgent(): MockAgent {
    const agent = new MockAgent()
    agent.disableNetConnect()
    const tenant = agent.get(new URL(ISSUER).origin)
    tenant.intercept({ path: '/.well-known/openid-configuration' }).reply(200, METADATA)
    tenant
      .intercept({
        method: 'POST',
        path: TOKEN,
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: (body) => new URLSearchParams(body).get('subject_token') === EXCHANGE.subjectToken,
      })
      .reply(200, TOKEN_RESPONSE)
    return agent
  }

  it('carries discovery and exchange', async () => {
    const dispatcher = mockAgent()
    const client = clientOf('tenant.example.com', createNodeFetch({ dispatcher }))
    expect(await client.exchangeToken(EXCHANGE)).toMatchObject({ accessToken: TOKEN_RESPONSE.access_token })
    dispatcher.assertNoPendingInterceptors()
  })

  it('carries the client without the facade', async () => {
    const dispatcher = mockAgent()
    const client = createTokenEndpointClient({ domain: 'tenant.example.com', fetch: createNodeFetch({ dispatcher }) })
    expect((await client.GET('/.well-known/openid-configuration')).data).toEqual(METADATA)
  })

  it('is the only way out', async () => {
    const dispatcher = new MockAgent()
    dispatcher.disableNetConnect()
    const call = clientOf('tenant.example.com', createNodeFetch({ dispatcher })).exchangeToken(EXCHANGE)
    expect(await thrownBy(call)).toMatchObject({ code: 'network_error' })
  })
})

describe('used as a fetch', () => {
  it('it gives a standard answer', async () => {
    const { origin } = await serverOf(json({ a: 'ü' }, 201, ['X-A: 1', 'X-A: 2']))
    const response = await createNodeFetch()(origin + TOKEN, { method: 'POST', body: 'a', headers: { accept: '*/*' } })
    expect([response.status, response.ok, response.type, response.redirected]).toEqual([201, true, 'basic', false])
    expect(response.headers.get('x-a')).toBe('1, 2')
    const copy = response.clone()
    expect(await response.json()).toEqual({ a: 'ü' })
    expect(new TextDecoder().decode(await copy.arrayBuffer())).toBe('{"a":"ü"}')
    expect(response.bodyUsed).toBe(true)
  })

  it('it follows redirects only when it is told to', async () => {
    const { origin } = await serverOf(framed(307, ['Location: /elsewhere']))
    const fetch = createNodeFetch()
    expect((await fetch(origin + TOKEN, { redirect: 'manual' })).status).toBe(307)
    expect((await fetch(origin + TOKEN, {})).url).toBe(`${origin}/elsewhere`)
    await expect(fetch(origin + TOKEN, { redirect: 'error' })).rejects.toThrow(TypeError)
  })

  it('it decodes, and needs no init', async () => {
    const { origin } = await serverOf(framed(200, ['Content-Encoding: gzip'], gzipSync('{"a":1}')))
    const fetch = createNodeFetch() as typeof globalThis.fetch
    for (const init of [{}, undefined]) expect(await (await fetch(origin + TOKEN, init)).json()).toEqual({ a: 1 })
  })

  it('it sends a form with a file as the global fetch does', async () => {
    const server = createServer((request, response) => {
      response.setHeader('X-Type', request.headers['content-type'] ?? '')
      request.pipe(response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const form = new FormData()
    form.append('a', 'ü')
    form.append('file', new File(['content'], 'name.txt', { type: 'text/plain' }))
    try {
      for (const send of [fetch, createNodeFetch()]) {
        const answer = await send(url, { method: 'POST', body: form })
        const sent = new Response(await answer.text(), {
          headers: { 'Content-Type': answer.headers.get('x-type') ?? '' },
        })
        const file = (await sent.clone().formData()).get('file') as File
        expect([(await sent.formData()).get('a'), file.name, file.type, await file.text()]).toEqual([
          'ü',
          'name.txt',
          'text/plain',
          'content',
        ])
      }
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it('it ends with a signal', async () => {
    const { origin } = await serverOf(silent())
    await expect(createNodeFetch()(origin + TOKEN, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/i)
  })

  it('it takes its dispatcher', async () => {
    const dispatcher = new MockAgent()
    dispatcher.disableNetConnect()
    dispatcher.get('https://api.example.com').intercept({ path: '/' }).reply(200, 'answer')
    const response = await createNodeFetch({ dispatcher })('https://api.example.com/', {})
    expect(await response.text()).toBe('answer')
  })
})
