import { describe, expect, it } from 'vitest'
import {
  TOKEN_EXCHANGE_GRANT_TYPE,
  createTokenEndpointClient,
  type TokenEndpointClientConfig,
} from '../src/token-endpoint.js'
import { METADATA, TOKEN_RESPONSE, scriptedServer, thrownBy, type Reply } from './support/scripted-server.js'

const body = {
  grant_type: TOKEN_EXCHANGE_GRANT_TYPE,
  client_id: 'web-app',
  subject_token: 's p a c e',
  subject_token_type: 'urn:acme:legacy-session',
  resource: ['https://a.example', 'https://b.example'],
} as const

function rawClient(reply?: Reply) {
  const server = scriptedServer(reply)
  return { server, client: createTokenEndpointClient({ domain: 'tenant.example.com', fetch: server.fetch }) }
}

describe('the raw client', () => {
  it('sends the body form-encoded, arrays as repeated fields', async () => {
    const { server, client } = rawClient()
    const { data, response } = await client.POST('/oauth/token', { body })
    expect(data).toEqual(TOKEN_RESPONSE)
    expect(response).toBeInstanceOf(Response)
    const [request] = server.tokenRequests
    expect(request?.url).toBe('https://tenant.example.com/oauth/token')
    expect(request?.headers.get('content-type')).toBe('application/x-www-form-urlencoded')
    expect(request?.body).toBe(
      'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&client_id=web-app&subject_token=s+p+a+c+e' +
        '&subject_token_type=urn%3Aacme%3Alegacy-session&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example',
    )
  })

  it('gives an OAuth error as the description types it', async () => {
    const { client } = rawClient(() => Response.json({ error: 'invalid_grant' }, { status: 400 }))
    const { error, response } = await client.POST('/oauth/token', { body })
    expect(response.ok).toBe(false)
    expect(error).toEqual({ error: 'invalid_grant' })
  })

  it('reads metadata without a content type on the request', async () => {
    const { server } = rawClient()
    const seen: (string | null)[] = []
    const observed = createTokenEndpointClient({
      domain: 'tenant.example.com',
      fetch: (url, init) => {
        seen.push(new Headers(init.headers).get('content-type'))
        return server.fetch(url, init)
      },
    })
    const { data } = await observed.GET('/.well-known/openid-configuration')
    expect(data).toEqual(METADATA)
    expect(seen).toEqual([null])
  })

  it('shows its middleware standard requests, and sends what it makes of them', async () => {
    const { server, client } = rawClient()
    const seen: unknown[] = []
    client.use({
      async onRequest({ request }) {
        seen.push(request.method, request.url, (await request.clone().text()).slice(0, 11))
        request.headers.set('auth0-forwarded-for', '203.0.113.7')
        return request
      },
      onResponse({ response }) {
        seen.push(response.status)
      },
    })
    const { data } = await client.POST('/oauth/token', { body })
    expect(data).toEqual(TOKEN_RESPONSE)
    expect(seen).toEqual(['POST', 'https://tenant.example.com/oauth/token', 'grant_type=', 200])
    expect(server.tokenRequests.map(({ headers }) => headers.get('auth0-forwarded-for'))).toEqual(['203.0.113.7'])
  })

  it('a call ends when its signal says so', async () => {
    const controller = new AbortController()
    const { client } = rawClient(() => (controller.abort(), new Promise(() => undefined)))
    const call = client.POST('/oauth/token', { body, signal: controller.signal })
    expect(await thrownBy(call)).toMatchObject({ code: 'aborted' })
  })

  it.each([{}, { redirect: 'follow' } as const])('follows no redirect, whatever it is told: %j', async (options) => {
    const modes: unknown[] = []
    const client = createTokenEndpointClient({
      domain: 'tenant.example.com',
      fetch: (_url, { redirect }) => {
        modes.push(redirect)
        return Promise.resolve(new Response(null, { status: 307, headers: { location: 'https://evil.example' } }))
      },
    })
    expect(await thrownBy(client.POST('/oauth/token', { body, ...options }))).toMatchObject({
      code: 'invalid_response',
      reason: 'redirect',
    })
    expect(modes).toEqual(['manual'])
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'createTokenEndpointClient needs an options object'],
    ['a domain alone', 'tenant.example.com', 'createTokenEndpointClient needs an options object'],
    [
      'a misspelt option',
      { domain: 'tenant.example.com', domian: 'x' },
      'createTokenEndpointClient has no option "domian"',
    ],
    ['a fetch that is none', { domain: 'tenant.example.com', fetch: null }, 'fetch must be a function'],
    [
      'a deadline as a text',
      { domain: 'tenant.example.com', timeoutMs: '5' },
      'timeoutMs must be a positive number of milliseconds',
    ],
  ])('is not made of %s', (_rule, config, message) => {
    expect(() => createTokenEndpointClient(config as TokenEndpointClientConfig)).toThrow(new TypeError(message))
  })

  it('refuses a domain that is not https', () => {
    expect(() => createTokenEndpointClient({ domain: 'http://tenant.example.com' })).toThrow(/must be https/)
  })
})
