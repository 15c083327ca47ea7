import { describe, expect, it, vi } from 'vitest'
import {
  REFRESH_TOKEN_TYPE,
  type OnEvent,
  type TokenExchangeClient,
  type TokenExchangeClientConfig,
} from '../../src/index.js'
import { EXCHANGE, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

describe('a domain that is chosen for each call', () => {
  const brands = new Map([
    ['a', 'a.example.com'],
    ['b', 'b.example.com'],
  ])

  const OF_BRAND_B = [{ alg: 'ES256' }, { iss: 'https://b.example.com/' }, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

  function resolving(config: Partial<TokenExchangeClientConfig> = {}) {
    const urls: string[] = []
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      urls.push(url)
      const { origin } = new URL(url)
      return Promise.resolve(
        Response.json(
          init.method === 'POST'
            ? TOKEN_RESPONSE
            : {
                issuer: `${origin}/`,
                token_endpoint: `${origin}/t`,
                jwks_uri: `${origin}/k`,
                userinfo_endpoint: `${origin}/u`,
              },
        ),
      )
    }
    const domain = (context: unknown) => Promise.resolve(brands.get(String(context)) ?? '')
    return { urls, client: clientOf({ fetch }, { domain, ...config }) }
  }

  it('is where discovery and the exchange go, and is discovered once', async () => {
    const { urls, client } = resolving()
    for (const domainContext of ['a', 'b', 'a', 'b']) await client.exchangeToken({ ...EXCHANGE, domainContext })
    expect(urls.filter((url) => url.includes('well-known'))).toHaveLength(2)
    expect(urls.filter((url) => url.endsWith('/t'))).toEqual([
      'https://a.example.com/t',
      'https://b.example.com/t',
      'https://a.example.com/t',
      'https://b.example.com/t',
    ])
  })

  it.each<[string, (client: TokenExchangeClient) => Promise<unknown>]>([
    [
      'getTokenOnBehalfOf',
      (client) =>
        client.getTokenOnBehalfOf({
          accessToken: { token: 'canary-token', verifiedBy: 'caller' },
          audience: 'https://api.example.com',
          domainContext: 'b',
        }),
    ],
    [
      'requestSessionTransferToken',
      (client) =>
        client.requestSessionTransferToken({
          ...EXCHANGE,
          actorToken: 'canary-actor',
          actorTokenType: 'urn:acme:agent',
          domainContext: 'b',
        }),
    ],
    [
      'getTokenForConnection',
      (client) =>
        client.getTokenForConnection({
          subjectToken: 'canary-refresh-token',
          subjectTokenType: REFRESH_TOKEN_TYPE,
          connection: 'a',
          domainContext: 'b',
        }),
    ],
    ['getUserInfo', (client) => client.getUserInfo({ accessToken: 'canary-token', domainContext: 'b' })],
    ['verifyAccessToken', (client) => client.verifyAccessToken(OF_BRAND_B, { domainContext: 'b' })],
  ])('is where %s goes', async (_call, make) => {
    const { urls, client } = resolving({ audience: 'https://mcp.example.com' })
    await make(client).catch(() => undefined)
    expect(urls).not.toEqual([])
    for (const url of urls) expect(url).toMatch(/^https:\/\/b\.example\.com\//)
  })

  it('is in the events', async () => {
    const onEvent = vi.fn<OnEvent>()
    const { client } = resolving({ onEvent })
    await client.exchangeToken({ ...EXCHANGE, domainContext: 'b' })
    expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ issuer: 'https://b.example.com/' }))
  })

  it('that the resolver does not know is an error before any request', async () => {
    const { urls, client } = resolving()
    expect(await thrownBy(client.exchangeToken({ ...EXCHANGE, domainContext: 'c' }))).toMatchObject({
      code: 'invalid_configuration',
      field: 'domain',
    })
    expect(urls).toEqual([])
  })

  it('is one of at most a thousand that are kept, and the oldest goes first', async () => {
    const { urls, client } = resolving({ domain: (context) => `${String(context)}.example.com` })
    const exchange = (domainContext: unknown) => client.exchangeToken({ ...EXCHANGE, domainContext })
    for (let brand = 0; brand <= 1000; brand++) await exchange(brand)
    for (const brand of [1000, 1, 0]) await exchange(brand)
    const discovered = urls.filter((url) => url.includes('well-known'))
    expect(discovered).toHaveLength(1002)
    expect(discovered.at(-1)).toMatch(/^https:\/\/0\.example\.com\//)
  })

  it('is asked for after the options were checked', async () => {
    const client = clientOf(scriptedServer(), { domain: () => expect.fail('resolved too early') })
    expect(await thrownBy(client.exchangeToken({ ...EXCHANGE, subjectToken: '' }))).toMatchObject({
      code: 'invalid_token_format',
    })
  })
})
