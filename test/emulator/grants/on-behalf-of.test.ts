import { describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE } from '../../../generated/constants.js'
import { defaultTenant, type TenantConfig } from '../../../src/emulator/index.js'
import { accessToken, claims, exchange, expectFailure, mcpToken, onBehalfOf, seeded, tokenHeader } from '../support.js'

const REPORTS = {
  client_id: 'reports-agent',
  client_secret: 'reports-agent-secret',
  audience: 'https://reports.example.com',
}

describe('an exchange on behalf of a user', () => {
  it('gives a token for the next API with the same user and the client as azp', async () => {
    const emulator = seeded()
    const reply = await exchange(emulator, onBehalfOf(await mcpToken(emulator)))
    expect(reply.body).toEqual({
      access_token: accessToken(reply),
      issued_token_type: ACCESS_TOKEN_TYPE,
      token_type: 'Bearer',
      expires_in: 86400,
    })
    expect(claims(reply)).toMatchObject({
      sub: 'auth0|alice',
      aud: 'https://calendar.example.com',
      azp: 'mcp-server',
      scope: 'calendar:read',
      act: { sub: 'mcp-server', act: { sub: 'spa' } },
    })
  })

  it('nests act at each hop: the newest client outside, the original client inside', async () => {
    const emulator = seeded()
    const first = await exchange(
      emulator,
      onBehalfOf(await mcpToken(emulator, { subject_token: 'legacy-session:bob' })),
    )
    const second = await exchange(emulator, onBehalfOf(accessToken(first), { ...REPORTS, scope: undefined }))
    expect(claims(second)).toMatchObject({
      sub: 'auth0|bob',
      azp: 'reports-agent',
      act: { sub: 'reports-agent', act: { sub: 'mcp-server', act: { sub: 'spa' } } },
    })
  })

  it('keeps the act that an Action set, in place of the original client', async () => {
    const emulator = seeded()
    const actor = { actor_token: 'agent:support', actor_token_type: 'urn:acme:agent' }
    const reply = await exchange(emulator, onBehalfOf(await mcpToken(emulator, actor)))
    expect(claims(reply)['act']).toEqual({ sub: 'mcp-server', act: { sub: 'auth0|support' } })
  })

  it('reads the original client of an RFC 9068 token from client_id', async () => {
    const apis = defaultTenant().apis.map((api) => ({ ...api, tokenDialect: 'rfc9068_profile' as const }))
    const emulator = seeded({ apis })
    const reply = await exchange(emulator, onBehalfOf(await mcpToken(emulator)))
    expect(tokenHeader(reply)['typ']).toBe('at+jwt')
    expect(claims(reply)).toMatchObject({ client_id: 'mcp-server', act: { sub: 'mcp-server', act: { sub: 'spa' } } })
  })

  it('keeps the organization', async () => {
    const emulator = seeded()
    const token = await mcpToken(emulator, { organization: 'org_abc1234' })
    expect(claims(await exchange(emulator, onBehalfOf(token)))['org_id']).toBe('org_abc1234')
  })

  it('never gives an ID token or a refresh token', async () => {
    const emulator = seeded()
    const scope = 'openid offline_access calendar:read'
    const reply = await exchange(emulator, onBehalfOf(await mcpToken(emulator), { scope }))
    expect(reply.body).not.toHaveProperty('id_token')
    expect(reply.body).not.toHaveProperty('refresh_token')
    expect(reply.body['scope']).toBe('calendar:read')
  })

  it('starts a full lifetime of its own', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z')
    const emulator = seeded({}, () => now)
    const token = await mcpToken(emulator)
    now += 86399 * 1000
    expect(claims(await exchange(emulator, onBehalfOf(token))).exp).toBe(now / 1000 + 86400)
  })
})

describe('scopes', () => {
  it.each<[string, string | undefined, string, string | undefined]>([
    [
      'asked for nothing, all that the client was granted',
      undefined,
      'calendar:read calendar:write',
      'calendar:read calendar:write',
    ],
    ['asked for some, those', 'calendar:write', 'calendar:write', undefined],
    ['asked for more, what is left', 'calendar:read reports:read', 'calendar:read', 'calendar:read'],
  ])('%s', async (_name, scope, claim, memberValue) => {
    const emulator = seeded()
    const reply = await exchange(emulator, onBehalfOf(await mcpToken(emulator), { scope }))
    expect([claims(reply)['scope'], reply.body['scope']]).toEqual([claim, memberValue])
  })

  it.each<[string, Partial<TenantConfig>]>([
    [
      'the client',
      {
        clientGrants: [{ clientId: 'mcp-server', audience: 'https://calendar.example.com', scope: ['calendar:read'] }],
      },
    ],
    [
      'the user',
      { users: [{ userId: 'auth0|alice', permissions: { 'https://calendar.example.com': ['calendar:read', 'x'] } }] },
    ],
    ['the API', { apis: defaultTenant().apis.map((api) => ({ ...api, scopes: ['tools:call', 'calendar:read'] })) }],
  ])('are limited by %s', async (_name, overrides) => {
    const emulator = seeded(overrides)
    const all = await exchange(emulator, onBehalfOf(await mcpToken(emulator), { scope: undefined }))
    expect(claims(all)['scope']).toBe('calendar:read')
    const none = await exchange(emulator, onBehalfOf(await mcpToken(emulator), { scope: 'calendar:write' }))
    expectFailure(none, 403, 'access_denied', 'None of the scopes can be granted.')
  })
})
