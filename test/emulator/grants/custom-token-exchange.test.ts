import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE } from '../../../generated/constants.js'
import { defaultTenant } from '../../../src/emulator/index.js'
import {
  accessToken,
  claims,
  custom,
  exchange,
  expectFailure,
  seeded,
  send,
  tokenHeader,
  type Parameters,
} from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00.900Z')
const SECONDS = Math.floor(NOW / 1000)
const emulator = seeded({}, () => NOW)

describe('the access token', () => {
  it('is signed, and says who it is about, for, and from', async () => {
    const reply = await exchange(emulator, custom())
    expect(reply.body).toEqual({
      access_token: accessToken(reply),
      issued_token_type: ACCESS_TOKEN_TYPE,
      token_type: 'Bearer',
      expires_in: 86400,
    })
    const { body } = await send(emulator, '/.well-known/jwks.json')
    const keys = createLocalJWKSet(body as unknown as JSONWebKeySet)
    const { payload, protectedHeader } = await jwtVerify(accessToken(reply), keys, { currentDate: new Date(NOW) })
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' })
    expect(payload).toEqual({
      iss: 'https://tenant.example.com/',
      sub: 'auth0|alice',
      aud: 'https://api.example.com',
      iat: SECONDS,
      exp: SECONDS + 86400,
      jti: payload.jti,
      azp: 'web-app',
      scope: 'read:data',
    })
  })

  it('names the client as client_id in the RFC 9068 profile', async () => {
    const apis = [{ identifier: 'https://api.example.com', tokenDialect: 'rfc9068_profile' }] as const
    const reply = await exchange(seeded({ apis, clientGrants: [] }), custom())
    expect(tokenHeader(reply)['typ']).toBe('at+jwt')
    expect(claims(reply)).toMatchObject({ client_id: 'web-app', jti: expect.any(String) as string })
    expect(claims(reply)).not.toHaveProperty('azp')
  })

  it('lives as long as its API says, and the shortest time of several', async () => {
    const apis = [
      { identifier: 'https://api.example.com', tokenLifetimeSeconds: 600 },
      { identifier: 'https://mcp.example.com', tokenLifetimeSeconds: 60 },
    ]
    const lifetimes = seeded({ apis, clientGrants: [] }, () => NOW)
    const one = await exchange(lifetimes, custom())
    expect([one.body['expires_in'], claims(one).exp]).toEqual([600, SECONDS + 600])
    const both = await exchange(lifetimes, custom({ audience: apis.map((api) => api.identifier) }))
    expect([both.body['expires_in'], claims(both).exp]).toEqual([60, SECONDS + 60])
  })

  it('is for the default audience when none is named', async () => {
    expect(claims(await exchange(emulator, custom({ audience: undefined }))).aud).toBe('https://api.example.com')
  })

  it('never holds the text of a subject or actor token', async () => {
    const tokens = {
      subject_token: 'legacy-session:canary-1',
      actor_token: 'agent:Canary 2',
      actor_token_type: 'urn:a:b',
    }
    const reply = await exchange(emulator, custom({ ...tokens, scope: 'openid' }))
    expect(JSON.stringify([claims(reply), claims(reply, 'id_token')])).not.toMatch(/canary/i)
  })
})

describe('scopes', () => {
  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    [
      'granted as asked for, in any order, they are not repeated',
      'write:data read:data',
      'write:data read:data',
      undefined,
    ],
    ['duplicates do not count', 'read:data read:data', 'read:data', undefined],
    [
      'what the API does not know is left out, and the response says so',
      'read:data tools:call',
      'read:data',
      'read:data',
    ],
    ['when nothing is left the response says that too', 'tools:call', undefined, ''],
    ['asked for nothing, nothing is granted', undefined, undefined, undefined],
    ['identity scopes need no API', 'openid profile email', 'openid profile email', undefined],
  ])('%s', async (_name, scope, claim, member) => {
    const reply = await exchange(emulator, custom({ scope }))
    expect([claims(reply)['scope'], reply.body['scope']]).toEqual([claim, member])
  })

  it('are limited to what the user is permitted', async () => {
    const users = [{ userId: 'auth0|alice', permissions: { 'https://api.example.com': ['read:data'] } }]
    const limited = seeded({ users })
    expect(claims(await exchange(limited, custom({ scope: 'read:data write:data' })))['scope']).toBe('read:data')
    const other = custom({ audience: 'https://mcp.example.com', scope: 'tools:call' })
    expect(claims(await exchange(limited, other))['scope']).toBe('tools:call')
  })
})

describe('the ID token', () => {
  it('is there when openid was granted, and is for the client', async () => {
    const reply = await exchange(emulator, custom({ scope: 'openid' }))
    expect(claims(reply, 'id_token')).toEqual({
      iss: 'https://tenant.example.com/',
      sub: 'auth0|alice',
      aud: 'web-app',
      iat: SECONDS,
      exp: SECONDS + 36000,
    })
  })

  it.each([
    ['openid profile', { name: 'Alice' }],
    ['openid email', { email: 'alice@example.com' }],
    ['openid email profile', { name: 'Alice', email: 'alice@example.com' }],
  ])('has the claims that the scopes name: %s', async (scope, expected) => {
    const { name, email } = claims(await exchange(emulator, custom({ scope })), 'id_token')
    expect(JSON.parse(JSON.stringify({ name, email }))).toEqual(expected)
  })

  it('has the same act as the access token', async () => {
    const actor = { actor_token: 'agent:support', actor_token_type: 'urn:acme:agent' }
    const reply = await exchange(emulator, custom({ ...actor, scope: 'openid' }))
    expect([claims(reply)['act'], claims(reply, 'id_token')['act']]).toEqual([
      { sub: 'auth0|support' },
      { sub: 'auth0|support' },
    ])
  })
})

describe('the refresh token', () => {
  const OFFLINE = { scope: 'read:data offline_access' }

  it('is there when offline_access was granted', async () => {
    const { body } = await exchange(emulator, custom(OFFLINE))
    expect(body['refresh_token']).toMatch(/^[0-9a-f]{64}$/)
    expect(body).not.toHaveProperty('scope')
  })

  it.each<[string, Parameters, Parameters[string]]>([
    ['not without offline_access', { scope: 'read:data' }, undefined],
    ['not with an actor token', { ...OFFLINE, actor_token: 'x', actor_token_type: 'urn:a:b' }, 'read:data'],
    [
      'not when the API forbids it',
      { audience: 'https://mcp.example.com', scope: 'tools:call offline_access' },
      'tools:call',
    ],
  ])('%s', async (_name, overrides, scope) => {
    const reply = await exchange(emulator, custom(overrides))
    expect(reply.status).toBe(200)
    expect(reply.body).not.toHaveProperty('refresh_token')
    expect(reply.body['scope']).toBe(scope)
    expect(claims(reply)['scope']).not.toContain('offline_access')
  })

  it('not when the client may not use refresh tokens', async () => {
    const clients = defaultTenant().clients.map((client) => ({
      ...client,
      grantTypes: [custom()['grant_type'] as string],
    }))
    expect((await exchange(seeded({ clients }), custom(OFFLINE))).body).not.toHaveProperty('refresh_token')
  })
})

describe('organizations', () => {
  it.each(['org_abc1234', 'acme'])('%s is known, and its id and name are in the tokens', async (organization) => {
    const reply = await exchange(emulator, custom({ organization, scope: 'openid' }))
    const named = { org_id: 'org_abc1234', org_name: 'acme' }
    expect([claims(reply), claims(reply, 'id_token')]).toEqual([
      expect.objectContaining(named),
      expect.objectContaining(named),
    ])
  })

  it('one without a name is in the tokens by its id alone', async () => {
    const reply = await exchange(seeded({ organizations: [{ id: 'org_1' }] }), custom({ organization: 'org_1' }))
    expect(claims(reply)).toMatchObject({ org_id: 'org_1' })
    expect(claims(reply)).not.toHaveProperty('org_name')
  })

  it('one without the user is refused', async () => {
    const reply = await exchange(
      seeded({ organizations: [{ id: 'org_1', members: ['auth0|bob'] }] }),
      custom({ organization: 'org_1' }),
    )
    expectFailure(reply, 400, 'invalid_request', 'The user is not a member of the organization.')
  })
})
