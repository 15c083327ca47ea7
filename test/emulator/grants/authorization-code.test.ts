import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type Emulator } from '../../../src/emulator/index.js'
import { codeGrant, codeOf, signIn } from '../authorize/login-support.js'
import {
  accessToken,
  claims,
  exchange,
  expectFailure,
  seeded,
  withApi,
  withClient,
  withUser,
  type Parameters,
  ISSUER,
} from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const VERIFIER = 'a-verifier-of-43-characters-at-the-very-least'
const S256 = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
}

async function login(emulator: Emulator, request: Parameters = {}, grant: Parameters = {}, user = 'auth0|alice') {
  return exchange(emulator, codeGrant(codeOf(await signIn(emulator, request, user)), grant))
}

describe('a code is worth', () => {
  const emulator = seeded({}, () => NOW)

  it('an access token and an ID token', async () => {
    const reply = await login(emulator)
    expect(reply.body).toEqual({
      access_token: accessToken(reply),
      id_token: expect.any(String) as string,
      token_type: 'Bearer',
      expires_in: 86400,
    })
    expect(claims(reply)).toMatchObject({
      sub: 'auth0|alice',
      aud: ['https://api.example.com', `${ISSUER}userinfo`],
      azp: 'customer-app',
      scope: 'openid profile read:data',
    })
    expect(claims(reply)).not.toHaveProperty('act')
    expect(claims(reply, 'id_token')).toEqual({
      iss: ISSUER,
      sub: 'auth0|alice',
      aud: 'customer-app',
      iat: NOW / 1000,
      exp: NOW / 1000 + 36000,
      nonce: 'a nonce',
      name: 'Alice',
    })
  })

  it.each<[string, Parameters, string | string[] | undefined]>([
    [
      'one API alone without openid',
      { scope: 'read:data', audience: 'https://api.example.com' },
      'https://api.example.com',
    ],
    ['the default API when none is named', { scope: 'read:data' }, 'https://api.example.com'],
  ])('an access token for %s', async (_name, request, aud) => {
    const reply = await login(emulator, request)
    expect(claims(reply).aud).toEqual(aud)
    expect(reply.body).not.toHaveProperty('id_token')
  })

  it('a token for the claims of the user alone, when there is no API', async () => {
    const { defaultAudience: _unused, ...tenant } = defaultTenant()
    for (const scope of ['openid', undefined]) {
      const reply = await login(createEmulator({ seed: 1, tenant }), { scope })
      expect(claims(reply).aud).toBe(`${ISSUER}userinfo`)
    }
  })

  it('tokens for the organization', async () => {
    expect(claims(await login(emulator, { organization: 'acme' }))['org_id']).toBe('org_abc1234')
  })

  it.each<[string, Emulator, Parameters, boolean]>([
    ['with offline_access', emulator, { scope: 'openid offline_access' }, true],
    ['not without it', emulator, {}, false],
    ['not when the API forbids it', emulator, { scope: 'offline_access', audience: 'https://mcp.example.com' }, false],
    [
      'not when the client may not use it',
      seeded(withClient('customer-app', { grantTypes: ['authorization_code'] })),
      { scope: 'offline_access' },
      false,
    ],
  ])('a refresh token %s', async (_name, server, request, expected) => {
    expect('refresh_token' in (await login(server, request)).body).toBe(expected)
  })

  it('the scopes that the user may have', async () => {
    const permissions = { 'https://api.example.com': [] }
    const reply = await login(seeded(withUser('auth0|alice', { permissions })), { scope: 'openid read:data' })
    expect(reply.body['scope']).toBe('openid')
  })
})

describe('a code is refused with invalid_grant', () => {
  const INVALID = 'Invalid authorization code'

  it('the second time', async () => {
    const emulator = seeded()
    const code = codeOf(await signIn(emulator))
    const replies = await Promise.all(Array.from({ length: 20 }, () => exchange(emulator, codeGrant(code))))
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)])
    expectFailure(await exchange(emulator, codeGrant(code)), 400, 'invalid_grant', INVALID)
  })

  it('after a minute', async () => {
    const emulator = seeded({}, () => NOW)
    const [early, late] = [codeOf(await signIn(emulator)), codeOf(await signIn(emulator))]
    emulator.advance(59_999)
    expect((await exchange(emulator, codeGrant(early))).status).toBe(200)
    emulator.advance(1)
    expectFailure(await exchange(emulator, codeGrant(late)), 400, 'invalid_grant', INVALID)
  })

  const OTHER = 'The redirect_uri is not the one that the code was sent to.'
  const PKCE = 'Failed to verify code verifier'

  it.each<[string, Parameters, Parameters, string]>([
    ['unknown', {}, { code: 'unknown' }, INVALID],
    ['of another client', {}, { client_id: 'web-app', client_secret: 'web-app-secret' }, INVALID],
    ['for another callback', {}, { redirect_uri: 'http://127.0.0.1:4712/callback' }, OTHER],
    ['without its callback', {}, { redirect_uri: undefined }, OTHER],
    ['without its verifier', S256, {}, PKCE],
    ['with another verifier', S256, { code_verifier: `${VERIFIER}x` }, PKCE],
    ['with the challenge for a verifier', S256, { code_verifier: S256.code_challenge }, PKCE],
    ['with another plain verifier', { code_challenge: VERIFIER }, { code_verifier: `${VERIFIER}x` }, PKCE],
    ['with a verifier that no challenge announced', {}, { code_verifier: VERIFIER }, PKCE],
  ])('%s', async (_name, request, grant, text) => {
    expectFailure(await login(seeded(), request, grant), 400, 'invalid_grant', text)
  })

  it('and what was wrong with it uses it up', async () => {
    const emulator = seeded()
    const code = codeOf(await signIn(emulator))
    await exchange(emulator, codeGrant(code, { redirect_uri: undefined }))
    expectFailure(await exchange(emulator, codeGrant(code)), 400, 'invalid_grant', INVALID)
  })
})

describe('a code verifier is accepted', () => {
  it.each<[string, Parameters]>([
    ['hashed', S256],
    ['plain', { code_challenge: VERIFIER, code_challenge_method: 'plain' }],
    ['plain when the method is left out', { code_challenge: VERIFIER }],
  ])('%s', async (_name, request) => {
    expect((await login(seeded(), request, { code_verifier: VERIFIER })).status).toBe(200)
  })

  it('from a public client', async () => {
    const client = { client_id: 'spa', client_secret: undefined }
    const reply = await login(seeded(), { ...S256, ...client }, { ...client, code_verifier: VERIFIER })
    expect(reply.status).toBe(200)
  })
})

it('a code is required', async () => {
  const text = 'Missing required parameter: code'
  expectFailure(await exchange(seeded(), codeGrant('x', { code: undefined })), 400, 'invalid_request', text)
})

it('an API that requires proof of possession gives no code away without one', async () => {
  const emulator = seeded(
    withApi('https://api.example.com', { proofOfPossession: { mechanism: 'dpop', required: true } }),
  )
  expect((await login(emulator)).body['error']).toBe('invalid_request')
})
