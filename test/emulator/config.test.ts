import { describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type EmulatorConfig, type TenantConfig } from '../../src/emulator/index.js'
import { accessToken, custom, exchange, send } from './support.js'

async function run(config: EmulatorConfig) {
  const emulator = createEmulator(config)
  const replies = [
    await exchange(emulator, custom({ scope: 'openid offline_access' })),
    await exchange(emulator, custom()),
  ]
  const jwks = (await send(emulator, '/.well-known/jwks.json')).text
  return { bodies: replies.map((reply) => reply.body), tokens: replies.map(accessToken), jwks }
}

describe('a seed', () => {
  const now = () => Date.parse('2030-01-01T00:00:00Z')

  it('makes everything repeat: keys, identifiers, tokens', async () => {
    const [one, other] = [await run({ seed: 'a', now }), await run({ seed: 'a', now })]
    expect(one).toEqual(other)
    expect(one.tokens[0]).not.toBe(one.tokens[1])
  })

  it('of another value gives other tokens with the same keys', async () => {
    const [one, other] = [await run({ seed: 1, now }), await run({ seed: 2, now })]
    expect(one.tokens).not.toEqual(other.tokens)
    expect(one.jwks).toBe(other.jwks)
  })

  it('may be empty or zero', async () => {
    for (const seed of ['', 0]) expect(await run({ seed, now })).toEqual(await run({ seed, now }))
  })

  it('is what repeats: without it nothing does', async () => {
    const [one, other] = [await run({ now }), await run({ now })]
    expect(one.tokens).not.toEqual(other.tokens)
    expect(one.jwks).not.toBe(other.jwks)
  })
})

describe('the issuer', () => {
  it.each([
    ['https://a.test', 'https://a.test/'],
    ['https://A.test:443/', 'https://a.test/'],
    ['http://localhost:3000', 'http://localhost:3000/'],
    ['http://[::1]:3000', 'http://[::1]:3000/'],
  ])('%s is %s', (issuer, expected) => {
    expect(createEmulator({ issuer }).issuer).toBe(expected)
  })

  it.each([
    '',
    'a.test',
    'http://a.test',
    'ftp://a.test/',
    'https://a.test/x',
    'https://a.test/?x',
    'https://u:p@a.test/',
    'https://a.test/#x',
  ])('%j is refused', (issuer) => {
    expect(() => createEmulator({ issuer })).toThrow(TypeError)
  })
})

describe('a tenant that contradicts itself is refused', () => {
  const tenant = defaultTenant()
  const grant = { clientId: 'mcp-server', audience: 'https://api.example.com', scope: [] }

  it.each<[string, Partial<TenantConfig>]>([
    ['Two entries are the client spa', { clients: [...tenant.clients, { clientId: 'spa' }] }],
    [
      'Two entries are the API https://api.example.com',
      { apis: [...tenant.apis, { identifier: 'https://api.example.com' }] },
    ],
    ['Two entries are the user auth0|bob', { users: [...tenant.users, { userId: 'auth0|bob' }] }],
    [
      'Two entries are the profile urn:acme:a',
      {
        tokenExchangeProfiles: Array.from({ length: 2 }, () => ({
          subjectTokenType: 'urn:acme:a',
          action: () => undefined,
        })),
      },
    ],
    ['Two entries are the organization o', { organizations: [{ id: 'o' }, { id: 'o' }] }],
    ['Two entries are the client grant of mcp-server https://api.example.com', { clientGrants: [grant, grant] }],
    ['No client has the clientId x', { clientGrants: [{ ...grant, clientId: 'x' }] }],
    ['No API has the identifier x', { clientGrants: [{ ...grant, audience: 'x' }] }],
    ['defaultAudience: no API has the identifier x', { defaultAudience: 'x' }],
    ['The client a has an empty clientSecret', { clients: [{ clientId: 'a', clientSecret: '' }], clientGrants: [] }],
    [
      'The clientSecret and the tokenEndpointAuthMethod of the client a do not fit',
      { clients: [{ clientId: 'a', clientSecret: 's', tokenEndpointAuthMethod: 'none' }], clientGrants: [] },
    ],
    [
      'The clientSecret and the tokenEndpointAuthMethod of the client a do not fit',
      { clients: [{ clientId: 'a', tokenEndpointAuthMethod: 'client_secret_post' }], clientGrants: [] },
    ],
    [
      'The publicKeys and the tokenEndpointAuthMethod of the client a do not fit',
      { clients: [{ clientId: 'a', tokenEndpointAuthMethod: 'private_key_jwt' }], clientGrants: [] },
    ],
    [
      'The certificateThumbprints and the tokenEndpointAuthMethod of the client a do not fit',
      {
        clients: [{ clientId: 'a', tokenEndpointAuthMethod: 'none', certificateThumbprints: ['A'.repeat(43)] }],
        clientGrants: [],
      },
    ],
    ...[
      { kty: 'oct', k: 'AAAA' },
      { kty: 'RSA', n: 'AQAB', e: 'AQAB', d: 'AQAB' },
    ].map((key): [string, Partial<TenantConfig>] => [
      'The publicKeys of the client a must be public RSA or EC keys',
      { clients: [{ clientId: 'a', publicKeys: [key] }], clientGrants: [] },
    ]),
    [
      'The certificateThumbprints of the client a must be SHA-256 in base64url',
      { clients: [{ clientId: 'a', certificateThumbprints: ['AB:CD'] }], clientGrants: [] },
    ],
    ...['/callback', 'https://a.test/#x', 'https://a.test/é', ''].map((url): [string, Partial<TenantConfig>] => [
      `The client a has a URL that is not absolute and without a fragment: ${url}`,
      { clients: [{ clientId: 'a', callbacks: [url] }], clientGrants: [] },
    ]),
    [
      'The client a has a URL that is not absolute and without a fragment: x',
      { clients: [{ clientId: 'a', initiateLoginUri: 'x' }], clientGrants: [] },
    ],
    ...[0, -1, NaN].map((requestsPerSecond): [string, Partial<TenantConfig>] => [
      'rateLimit: requestsPerSecond must be more than 0',
      { rateLimit: { requestsPerSecond } },
    ]),
  ])('%s', (message, overrides) => {
    expect(() => createEmulator({ tenant: { ...tenant, ...overrides } })).toThrow(new TypeError(message))
  })
})
