import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { TokenExchangeClient, clientSecretPost, type Fetch } from '../../src/index.js'
import { EXCHANGE, METADATA, TOKEN_RESPONSE, thrownBy } from '../support/scripted-server.js'

function tenant(metadata: () => Response): { fetch: Fetch; discoveries: () => number } {
  let discoveries = 0
  return {
    discoveries: () => discoveries,
    fetch(url) {
      if (!url.includes('.well-known')) return Promise.resolve(Response.json(TOKEN_RESPONSE))
      discoveries++
      return Promise.resolve(metadata())
    },
  }
}

const clientFor = (fetch: Fetch, domain = 'tenant.example.com', now = Date.now): TokenExchangeClient =>
  new TokenExchangeClient({ domain, clientId: 'c', clientAuthentication: clientSecretPost('s'), fetch, now })

describe('the domain', () => {
  it.each([
    ['a bare domain', 'tenant.example.com', 'https://tenant.example.com/'],
    ['with a port', 'tenant.example.com:8443', 'https://tenant.example.com:8443/'],
    ['in capitals', 'Tenant.Example.COM', 'https://tenant.example.com/'],
    ['as a URL', 'https://tenant.example.com', 'https://tenant.example.com/'],
    ['as an issuer with a path', 'https://sso.example.com/realms/a', 'https://sso.example.com/realms/a/'],
    ['loopback over http', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000/'],
    ['localhost over http', 'http://localhost:3000/', 'http://localhost:3000/'],
    ['IPv6 loopback over http', 'http://[::1]:3000', 'http://[::1]:3000/'],
  ])('%s is where discovery looks', async (_rule, domain, issuer) => {
    const urls: string[] = []
    const fetch: Fetch = (url) => {
      urls.push(url)
      return Promise.resolve(Response.json({ ...METADATA, issuer }))
    }
    await thrownBy(clientFor(fetch, domain).exchangeToken(EXCHANGE))
    expect(urls[0]).toBe(`${issuer}.well-known/openid-configuration`)
  })

  it.each([
    ['', 'malformed'],
    [' tenant.example.com', 'malformed'],
    ['tenant example', 'malformed'],
    ['https://user:canary@tenant.example.com', 'malformed'],
    ['https://tenant.example.com?x', 'malformed'],
    ['https://tenant.example.com/#x', 'malformed'],
    ['https:\\\\tenant.example.com', 'malformed'],
    ['http://tenant.example.com', 'insecure'],
    ['http://localhost.example.com', 'insecure'],
    ['http://127.0.0.1.example.com', 'insecure'],
    ['ftp://tenant.example.com', 'insecure'],
  ])('%j cannot work', (domain, reason) => {
    const fetch = (): never => expect.fail('a request was sent')
    expect(() => clientFor(fetch, domain)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration', field: 'domain', reason }) as Error,
    )
  })
})

describe('discovery', () => {
  it('is asked once for concurrent calls, and not again for ten minutes', async () => {
    let time = 0
    const { fetch, discoveries } = tenant(() => Response.json(METADATA))
    const client = clientFor(fetch, 'tenant.example.com', () => time)
    await Promise.all(Array.from({ length: 20 }, () => client.exchangeToken(EXCHANGE)))
    time = 10 * 60 * 1000 - 1
    await client.exchangeToken(EXCHANGE)
    expect(discoveries()).toBe(1)
    time += 1
    await client.exchangeToken(EXCHANGE)
    expect(discoveries()).toBe(2)
  })

  it('is asked again when the clock was set back, so that it does not last', async () => {
    let time = 86_400_000
    const { fetch, discoveries } = tenant(() => Response.json(METADATA))
    const client = clientFor(fetch, 'tenant.example.com', () => time)
    await client.exchangeToken(EXCHANGE)
    time = 0
    await client.exchangeToken(EXCHANGE)
    expect(discoveries()).toBe(2)
  })

  it('that failed is asked again at the next call', async () => {
    const answers = [new Response('down', { status: 503 }), Response.json(METADATA)]
    const { fetch } = tenant(() => answers.shift() ?? expect.fail('asked too often'))
    const client = clientFor(fetch)
    expect(await thrownBy(client.exchangeToken(EXCHANGE))).toMatchObject({
      code: 'invalid_metadata',
      status: 503,
      retryable: true,
    })
    expect((await client.exchangeToken(EXCHANGE)).accessToken).toBe('issued-access-token')
  })

  it('is left at once by the caller that gives up, and goes on for the others', async () => {
    let answer: (response: Response) => void = () => undefined
    const fetch: Fetch = (url) =>
      url.includes('.well-known')
        ? new Promise((resolve) => (answer = resolve))
        : Promise.resolve(Response.json(TOKEN_RESPONSE))
    const client = clientFor(fetch)
    const controller = new AbortController()
    const { signal } = new AbortController()
    const impatient = thrownBy(client.exchangeToken({ ...EXCHANGE, signal: controller.signal }))
    const patient = client.exchangeToken({ ...EXCHANGE, signal })
    controller.abort()
    expect(await impatient).toMatchObject({ code: 'aborted' })
    answer(Response.json(METADATA))
    expect((await patient).accessToken).toBe('issued-access-token')
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('accepts an issuer with or without the last slash', async () => {
    const { fetch } = tenant(() => Response.json({ ...METADATA, issuer: 'https://tenant.example.com' }))
    expect((await clientFor(fetch).exchangeToken(EXCHANGE)).accessToken).toBe('issued-access-token')
  })

  it.each<[string, unknown, string]>([
    ['another issuer', { ...METADATA, issuer: 'https://evil.example.com/' }, 'issuer'],
    ['an issuer below the domain', { ...METADATA, issuer: 'https://tenant.example.com/other' }, 'issuer'],
    ['no token endpoint', { ...METADATA, token_endpoint: undefined }, 'malformed'],
    ['a token endpoint that is no URL', { ...METADATA, token_endpoint: '/oauth/token' }, 'insecure'],
    ['a token endpoint over http', { ...METADATA, token_endpoint: 'http://tenant.example.com/t' }, 'insecure'],
    ['keys over http', { ...METADATA, jwks_uri: 'http://tenant.example.com/k' }, 'insecure'],
    ['a list', [METADATA], 'malformed'],
    ['a number as issuer', { ...METADATA, issuer: 1 }, 'malformed'],
  ])('refuses metadata with %s, and no token is sent', async (_rule, metadata, reason) => {
    const { fetch } = tenant(() => Response.json(metadata))
    const guarded: Fetch = (url, init) => (init.method === 'POST' ? expect.fail('a token was sent') : fetch(url, init))
    expect(await thrownBy(clientFor(guarded).exchangeToken(EXCHANGE))).toMatchObject({
      code: 'invalid_metadata',
      reason,
    })
  })

  it('refuses metadata that is not JSON', async () => {
    const { fetch } = tenant(() => new Response('<html>'))
    expect(await thrownBy(clientFor(fetch).exchangeToken(EXCHANGE))).toMatchObject({
      code: 'invalid_metadata',
      reason: 'malformed',
    })
  })
})

it('a configuration with an unknown option is a TypeError that names it', () => {
  const config = {
    domain: 'tenant.example.com',
    clientId: 'c',
    clientAuthentication: clientSecretPost('s'),
    clientSecret: 'canary',
  }
  expect(() => new TokenExchangeClient(config)).toThrow(
    new TypeError('TokenExchangeClient has no option "clientSecret"'),
  )
})

it('a configuration without client authentication is a TypeError', () => {
  expect(() => new TokenExchangeClient({ domain: 'tenant.example.com', clientId: 'c' } as never)).toThrow(TypeError)
})
