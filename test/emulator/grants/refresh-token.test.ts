import { describe, expect, it } from 'vitest'
import { defaultTenant, type Emulator } from '../../../src/emulator/index.js'
import { codeGrant, codeOf, signIn } from '../authorize/login-support.js'
import { accessToken, claims, custom, exchange, expectFailure, member, seeded, type Parameters } from '../support.js'

const SCOPE = 'openid read:data offline_access'
const INVALID = 'Unknown or invalid refresh token.'

/** From a login at the customer app. */
async function refreshToken(emulator: Emulator, request: Parameters = {}): Promise<string> {
  const code = codeOf(await signIn(emulator, { scope: SCOPE, ...request }))
  return member(await exchange(emulator, codeGrant(code)), 'refresh_token')
}

function refresh(emulator: Emulator, refresh_token: string, overrides: Parameters = {}) {
  const client = { client_id: 'customer-app', client_secret: 'customer-app-secret' }
  return exchange(emulator, { grant_type: 'refresh_token', ...client, refresh_token, ...overrides })
}

describe('a refresh token', () => {
  it('is worth new tokens, and the next refresh token', async () => {
    const emulator = seeded()
    const first = await refreshToken(emulator)
    const reply = await refresh(emulator, first)
    expect(reply.body).toEqual({
      access_token: accessToken(reply),
      id_token: expect.any(String) as string,
      refresh_token: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      token_type: 'Bearer',
      expires_in: 86400,
    })
    expect(reply.body['refresh_token']).not.toBe(first)
    const expected = { sub: 'auth0|alice', scope: SCOPE, azp: 'customer-app', gty: 'refresh_token' }
    expect(claims(reply)).toMatchObject(expected)
    expect(claims(reply, 'id_token')).not.toHaveProperty('nonce')
    expect((await refresh(emulator, member(reply, 'refresh_token'))).status).toBe(200)
  })

  it('of a custom exchange works as well', async () => {
    const emulator = seeded()
    const token = member(await exchange(emulator, custom({ scope: 'offline_access' })), 'refresh_token')
    const client = { client_id: 'web-app', client_secret: 'web-app-secret' }
    expect(claims(await refresh(emulator, token, client))).toMatchObject({ sub: 'auth0|alice', azp: 'web-app' })
  })

  it('keeps the organization', async () => {
    const emulator = seeded()
    const token = await refreshToken(emulator, { organization: 'acme' })
    expect(claims(await refresh(emulator, token))['org_id']).toBe('org_abc1234')
  })

  it('gives fewer scopes when asked to, and all of them the next time', async () => {
    const emulator = seeded()
    const fewer = await refresh(emulator, await refreshToken(emulator), { scope: 'read:data' })
    expect(claims(fewer)['scope']).toBe('read:data')
    expect(fewer.body).not.toHaveProperty('id_token')
    expect(claims(await refresh(emulator, member(fewer, 'refresh_token')))['scope']).toBe(SCOPE)
  })

  it('may name the audience that it has', async () => {
    const emulator = seeded()
    const audience = 'https://api.example.com'
    expect((await refresh(emulator, await refreshToken(emulator), { audience })).status).toBe(200)
  })

  it('works once, whoever is fastest', async () => {
    const emulator = seeded()
    const token = await refreshToken(emulator)
    const replies = await Promise.all(Array.from({ length: 50 }, () => refresh(emulator, token)))
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
    expectFailure(await refresh(emulator, token), 400, 'invalid_grant', INVALID)
  })

  it('lives for 30 days', async () => {
    const emulator = seeded({}, () => Date.parse('2030-01-01T00:00:00Z'))
    const [early, late] = [await refreshToken(emulator), await refreshToken(emulator)]
    emulator.advance(30 * 24 * 60 * 60 * 1000 - 1)
    expect((await refresh(emulator, early)).status).toBe(200)
    emulator.advance(1)
    expectFailure(await refresh(emulator, late), 400, 'invalid_grant', INVALID)
  })
})

describe('a refresh token is refused', () => {
  it.each<[string, Parameters, number, string, string]>([
    ['unknown', { refresh_token: 'x' }, 400, 'invalid_grant', INVALID],
    ['missing', { refresh_token: undefined }, 400, 'invalid_request', 'Missing required parameter: refresh_token'],
    ['of another client', { client_id: 'web-app', client_secret: 'web-app-secret' }, 400, 'invalid_grant', INVALID],
    [
      'for more scopes',
      { scope: 'read:data write:data' },
      400,
      'invalid_scope',
      'The refresh token does not cover every scope.',
    ],
    [
      'for another API',
      { audience: 'https://mcp.example.com' },
      403,
      'access_denied',
      'Service not enabled within domain: https://mcp.example.com',
    ],
  ])('%s, and stays usable', async (_name, overrides, status, error, text) => {
    const emulator = seeded()
    const token = await refreshToken(emulator)
    expectFailure(await refresh(emulator, token, overrides), status, error, text)
    expect((await refresh(emulator, token)).status).toBe(200)
  })

  it('of another emulator', async () => {
    const token = await refreshToken(seeded())
    expectFailure(await refresh(seeded({ ...defaultTenant() }), token), 400, 'invalid_grant', INVALID)
  })
})
