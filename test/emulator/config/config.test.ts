import { describe, expect, it } from 'vitest'
import {
  createEmulator,
  defaultTenant,
  type Emulator,
  type EmulatorConfig,
  type TenantConfig,
} from '../../../src/emulator/index.js'
import { accessToken, custom, exchange, send } from '../support.js'

async function run(config: EmulatorConfig) {
  const emulator = createEmulator(config)
  const replies = [
    await exchange(emulator, custom({ scope: 'openid offline_access' })),
    await exchange(emulator, custom()),
  ]
  const jwks = (await send(emulator, '/.well-known/jwks.json')).text
  return { bodies: replies.map((reply) => reply.body), tokens: replies.map(accessToken), jwks }
}

describe('what is fetched', () => {
  it.each([
    ['a text', 'https://tenant.example.com/userinfo'],
    ['a URL', new URL('https://tenant.example.com/userinfo')],
    ['nothing', undefined],
  ])('must be a Request, and is %s', async (_what, request) => {
    await expect(createEmulator().fetch(request as unknown as Request)).rejects.toThrow(
      new TypeError('The emulator takes a Request: emulator.fetch(new Request(url, init))'),
    )
  })

  it('may be a Request of whatever makes one', async () => {
    const request = new Request('https://tenant.example.com/.well-known/jwks.json')
    class Wrapped {
      readonly url = request.url
      readonly method = request.method
      readonly headers = request.headers
    }
    expect((await createEmulator().fetch(new Wrapped() as unknown as Request)).status).toBe(200)
  })
})

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

  const client = (config: object): Partial<TenantConfig> => ({
    clients: [{ clientId: 'a', ...config }],
    clientGrants: [],
  })
  const profile = { subjectTokenType: 'urn:acme:a', action: () => undefined }

  it.each<[string, Partial<TenantConfig>]>([
    ['clients[6].clientId: the same as clients[0]: spa', { clients: [...tenant.clients, { clientId: 'spa' }] }],
    [
      'apis[4].identifier: the same as apis[0]: https://mcp.example.com',
      { apis: [...tenant.apis, { identifier: 'https://mcp.example.com' }] },
    ],
    ['users[2].userId: the same as users[1]: auth0|bob', { users: [...tenant.users, { userId: 'auth0|bob' }] }],
    [
      'tokenExchangeProfiles[1].subjectTokenType: the same as tokenExchangeProfiles[0]: urn:acme:a',
      { tokenExchangeProfiles: [profile, profile] },
    ],
    [
      'organizations[1].id: the same as organizations[0]: o',
      {
        organizations: [
          { id: 'o', name: 'n' },
          { id: 'o', name: 'm' },
        ],
      },
    ],
    [
      'organizations[1].name: the same as organizations[0]: n',
      {
        organizations: [
          { id: 'o', name: 'n' },
          { id: 'p', name: 'n' },
        ],
      },
    ],
    [
      'connections[1].name: the same as connections[0]: Username-Password-Authentication',
      { connections: Array.from({ length: 2 }, () => ({ name: 'Username-Password-Authentication' })) },
    ],
    [
      'clientGrants[1]: the same as clientGrants[0]: mcp-server https://api.example.com user',
      { clientGrants: [grant, grant] },
    ],
    ['clientGrants[0].clientId: no client has the clientId x', { clientGrants: [{ ...grant, clientId: 'x' }] }],
    ['clientGrants[0].audience: no API has the identifier x', { clientGrants: [{ ...grant, audience: 'x' }] }],
    ['defaultAudience: no API has the identifier x', { defaultAudience: 'x' }],
    ['users[0].permissions.x: no API has the identifier x', { users: [{ userId: 'u', permissions: { x: [] } }] }],
    [
      'users[0].connection: no connection has the name c',
      { users: [{ userId: 'u', connection: 'c' }], connections: [] },
    ],
    [
      'clients[0].connections[0]: no connection has the name c',
      { ...client({ connections: ['c'] }), users: [], connections: [] },
    ],
    [
      'organizations[0].enabledConnections[0].connection: no connection has the name c',
      { organizations: [{ id: 'o', enabledConnections: [{ connection: 'c' }] }], users: [], connections: [] },
    ],
    ['clients[0].clientSecret: must not be empty', client({ clientSecret: '' })],
    [
      'clients[0].tokenEndpointAuthMethod: none does not go with clientSecret',
      client({ clientSecret: 's', tokenEndpointAuthMethod: 'none' }),
    ],
    [
      'clients[0].tokenEndpointAuthMethod: client_secret_post needs clientSecret',
      client({ tokenEndpointAuthMethod: 'client_secret_post' }),
    ],
    [
      'clients[0].tokenEndpointAuthMethod: private_key_jwt needs publicKeys',
      client({ tokenEndpointAuthMethod: 'private_key_jwt' }),
    ],
    [
      'clients[0].tokenEndpointAuthMethod: none does not go with certificateThumbprints',
      client({ tokenEndpointAuthMethod: 'none', certificateThumbprints: ['A'.repeat(43)] }),
    ],
    ...[
      { kty: 'oct', k: 'AAAA' },
      { kty: 'RSA', n: 'AQAB', e: 'AQAB', d: 'AQAB' },
    ].map((key): [string, Partial<TenantConfig>] => [
      'clients[0].publicKeys[0]: must be a public RSA or EC key',
      client({ publicKeys: [key] }),
    ]),
    [
      'clients[0].certificateThumbprints[0]: must be a SHA-256 thumbprint in base64url',
      client({ certificateThumbprints: ['AB:CD'] }),
    ],
    ...['/callback', 'https://a.test/#x', 'https://a.test/é', ''].map((url): [string, Partial<TenantConfig>] => [
      'clients[0].callbacks[0]: must be an absolute URL without a fragment',
      client({ callbacks: [url] }),
    ]),
    ['clients[0].initiateLoginUri: must be an absolute URL without a fragment', client({ initiateLoginUri: 'x' })],
    [
      'clients[0].allowedLogoutUrls[0]: must be an absolute URL without a fragment',
      client({ allowedLogoutUrls: ['x'] }),
    ],
    ['allowedLogoutUrls[0]: must be an absolute URL without a fragment', { allowedLogoutUrls: ['x'] }],
    ...[0, -1].map((requestsPerSecond): [string, Partial<TenantConfig>] => [
      'rateLimit.requestsPerSecond: must be more than 0',
      { rateLimit: { requestsPerSecond } },
    ]),
    ['rateLimit.requestsPerSecond: must be a number', { rateLimit: { requestsPerSecond: NaN } }],
    [
      'tokenExchangeProfiles[0].subjectTokenType: must be a URL or a URN of 8 to 100 characters',
      { tokenExchangeProfiles: [{ ...profile, subjectTokenType: 'acme-token' }], strictTokenTypes: true },
    ],
  ])('%s', (message, overrides) => {
    expect(() => createEmulator({ tenant: { ...tenant, ...overrides } })).toThrow(new TypeError(message))
  })
})

describe('a tenant from code is what the schema says', () => {
  const tenant = defaultTenant()

  it.each<[string, object]>([
    ['clientID: unknown key; did you mean clients?', { clientID: 1 }],
    ['users[0].userId: is missing\nusers[0].user_id: unknown key; did you mean userId?', { users: [{ user_id: 'x' }] }],
    ['apis: must be a list', { apis: {} }],
    ['apis[0].tokenLifetimeSeconds: must be at least 1', { apis: [{ identifier: 'x', tokenLifetimeSeconds: 0 }] }],
    [
      'apis[0].tokenLifetimeSeconds: must be a whole number',
      { apis: [{ identifier: 'x', tokenLifetimeSeconds: 1.5 }] },
    ],
    ['name: must not be empty', { name: '' }],
    ['connections[0].name: must have at most 512 characters', { connections: [{ name: 'x'.repeat(513) }] }],
    [
      'clients[0].organizationUsage: must be one of allow, require, deny; did you mean require?',
      { clients: [{ clientId: 'a', organizationUsage: 'required' }] },
    ],
    ['tokenExchangeProfiles[0].action: is missing', { tokenExchangeProfiles: [{ subjectTokenType: 'urn:acme:a' }] }],
    [
      'tokenExchangeProfiles[0].action: must be a function',
      { tokenExchangeProfiles: [{ subjectTokenType: 'urn:acme:a', action: { module: './a.mjs' } }] },
    ],
  ])('%s', (message, overrides) => {
    const broken = { ...tenant, ...overrides }
    const text = (() => {
      try {
        createEmulator({ tenant: broken })
        return 'nothing'
      } catch (error) {
        return error instanceof TypeError ? error.message.split('\n').sort().join('\n') : 'another error'
      }
    })()
    expect(text).toBe(message)
  })

  it('and no value of it is in a text', () => {
    const broken = { ...tenant, clients: [{ clientId: 'a', clientSecret: { secret: 'canary' } }] }
    expect(() => createEmulator({ tenant: broken as unknown as TenantConfig })).toThrow(
      new TypeError('clients[0].clientSecret: must be a string'),
    )
  })
})

it.each<[string, unknown, string]>([
  ['a misspelt name', { tenants: {} }, 'createEmulator has no option "tenants"; did you mean tenant?'],
  ['an inherited name', JSON.parse('{"__proto__":1}'), 'createEmulator has no option "__proto__"'],
  ['a tenant that is null', { tenant: null }, 'tenant must be an object'],
  ['a clock that stands still', { now: 5 }, 'now must be a function'],
  ['a seed that is an object', { seed: {} }, 'seed must be a string or a number'],
  ['a text for a flag', { control: 'yes' }, 'control must be true or false'],
  ['a negative length', { journalLength: -1 }, 'journalLength must be a whole number, 0 or more'],
  ['null', null, 'createEmulator takes an options object'],
])('a config with %s is refused, instead of the default being used', (_rule, config, message) => {
  expect(() => createEmulator(config as EmulatorConfig)).toThrow(new TypeError(message))
})

it.each<[string, (emulator: Emulator) => unknown, string]>([
  [
    'listen',
    (emulator) => emulator.listen({ prot: 4000 } as object),
    'listen has no option "prot"; did you mean port?',
  ],
  [
    'reset',
    (emulator) => {
      emulator.reset({ key: true } as object)
    },
    'reset has no option "key"; did you mean keys?',
  ],
  [
    'exchanges',
    (emulator) => emulator.exchanges({ clientid: 'spa' } as object),
    'an exchange match has no option "clientid"; did you mean clientId?',
  ],
  [
    'expectExchange',
    (emulator) => emulator.expectExchange({ client_id: 'spa' } as object),
    'an exchange match has no option "client_id"; did you mean clientId?',
  ],
])('a misspelt option of %s is refused', async (_call, call, message) => {
  const called = new Promise((resolve) => {
    resolve(call(createEmulator()))
  })
  await expect(called).rejects.toThrow(new TypeError(message))
})

it('an option that is undefined is one that is left out', () => {
  const config = { seed: undefined, tenant: undefined, now: undefined } as object as EmulatorConfig
  expect(createEmulator(config).issuer).toBe('https://tenant.example.com/')
})
