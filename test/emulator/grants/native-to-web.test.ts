import { describe, expect, it } from 'vitest'
import { SESSION_TRANSFER_TOKEN_TYPE } from '../../../generated/constants.js'
import {
  defaultTenant,
  type ClientConfig,
  type Emulator,
  type SessionTransferConfig,
  type TenantConfig,
} from '../../../src/emulator/index.js'
import {
  answer,
  authorize,
  authorizeAgain,
  codeGrant,
  codeOf,
  loginRequest,
  sessionOf,
  signIn,
} from '../authorize/login-support.js'
import { claims, exchange, expectFailure, member, seeded, withClient, type Parameters } from '../support.js'

const AUDIENCE = 'urn:tenant.example.com:session_transfer'
const NATIVE: ClientConfig = {
  clientId: 'native-app',
  callbacks: ['http://127.0.0.1/callback'],
  tokenEndpointAuthMethod: 'none',
  sessionTransfer: { canCreateSessionTransferToken: true },
}

function tenant(
  native: SessionTransferConfig = {},
  web: SessionTransferConfig = {},
  overrides: Partial<TenantConfig> = {},
): Emulator {
  const { clients } = withClient('customer-app', {
    sessionTransfer: { allowedAuthenticationMethods: ['query', 'cookie'], ...web },
  })
  const sessionTransfer = { canCreateSessionTransferToken: true, ...native }
  return seeded({ ...defaultTenant(), clients: [...clients, { ...NATIVE, sessionTransfer }], ...overrides })
}

/** Signs Alice in at the native app. */
async function refreshToken(
  emulator: Emulator,
  scope = 'openid offline_access',
  overrides: Parameters = {},
): Promise<string> {
  const code_verifier = 'v'.repeat(43)
  const request = { client_id: 'native-app', scope, code_challenge: code_verifier, ...overrides }
  const grant = { client_id: 'native-app', client_secret: undefined, code_verifier }
  return member(await exchange(emulator, codeGrant(codeOf(await signIn(emulator, request)), grant)), 'refresh_token')
}

const renew = (emulator: Emulator, refresh_token: string, overrides: Parameters = {}) =>
  exchange(emulator, {
    grant_type: 'refresh_token',
    client_id: 'native-app',
    refresh_token,
    audience: AUDIENCE,
    ...overrides,
  })

async function transferToken(emulator: Emulator): Promise<string> {
  return member(await renew(emulator, await refreshToken(emulator)), 'access_token')
}

const cookie = (token: string) => ({ Cookie: `auth0_session_transfer_token=${token}` })

describe('a refresh token is worth a session transfer token', () => {
  it('beside the next refresh token and an ID token', async () => {
    const emulator = tenant()
    const reply = await renew(emulator, await refreshToken(emulator))
    expect(reply.body).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      issued_token_type: SESSION_TRANSFER_TOKEN_TYPE,
      token_type: 'N_A',
      expires_in: 60,
      refresh_token: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      id_token: expect.any(String) as string,
    })
    expect((await renew(emulator, member(reply, 'refresh_token'))).status).toBe(200)
  })

  it('without an ID token when the user did not grant openid', async () => {
    const emulator = tenant()
    expect((await renew(emulator, await refreshToken(emulator, 'offline_access'))).body).not.toHaveProperty('id_token')
  })

  it('unless the client may not have one, and the refresh token stays usable', async () => {
    const emulator = tenant({ canCreateSessionTransferToken: false })
    const token = await refreshToken(emulator)
    const text = 'The client is not allowed to get session transfer tokens.'
    expectFailure(await renew(emulator, token), 403, 'unauthorized_client', text)
    expect((await renew(emulator, token, { audience: undefined })).status).toBe(200)
  })
})

describe('a session transfer token of a user opens the session', () => {
  it.each<[string, (emulator: Emulator, token: string) => ReturnType<typeof authorize>]>([
    ['by query', (emulator, session_transfer_token) => authorize(emulator, loginRequest({ session_transfer_token }))],
    ['by cookie', (emulator, token) => authorizeAgain(emulator, cookie(token))],
  ])('%s, without an actor, and as long as others', async (_transport, send) => {
    const emulator = tenant()
    const reply = await send(emulator, await transferToken(emulator))
    const tokens = await exchange(emulator, codeGrant(codeOf(reply)))
    expect(claims(tokens, 'id_token').sub).toBe('auth0|alice')
    expect(claims(tokens)).not.toHaveProperty('act')
    expect(tokens.body['expires_in']).toBe(86400)
    expect(reply.headers.getSetCookie()).toEqual([expect.stringContaining('Max-Age=259200')])
  })

  it.each<[string, boolean, string[]]>([
    ['without a refresh token', false, ['access_token', 'expires_in', 'id_token', 'scope', 'token_type']],
    [
      'with one when the client allows it',
      true,
      ['access_token', 'expires_in', 'id_token', 'refresh_token', 'token_type'],
    ],
  ])('%s', async (_rule, allowRefreshToken, members) => {
    const emulator = tenant({}, { allowRefreshToken })
    const request = { session_transfer_token: await transferToken(emulator), scope: 'openid offline_access' }
    const tokens = await exchange(emulator, codeGrant(codeOf(await authorize(emulator, loginRequest(request)))))
    expect(Object.keys(tokens.body).sort()).toEqual(members)
  })

  it('over the session of the same user', async () => {
    const emulator = tenant()
    const session = sessionOf(await signIn(emulator))
    const session_transfer_token = await transferToken(emulator)
    expect((await authorizeAgain(emulator, session, { session_transfer_token })).status).toBe(302)
  })

  it('and a refresh token of that session leads to no other', async () => {
    const emulator = tenant({}, { allowRefreshToken: true, canCreateSessionTransferToken: true })
    const request = { session_transfer_token: await transferToken(emulator), scope: 'offline_access' }
    const tokens = await exchange(emulator, codeGrant(codeOf(await authorize(emulator, loginRequest(request)))))
    const client = { client_id: 'customer-app', client_secret: 'customer-app-secret' }
    const text = 'A transferred session leads to no other session transfer token.'
    const refused = await renew(emulator, member(tokens, 'refresh_token'), client)
    expectFailure(refused, 400, 'invalid_request', text)
  })
})

describe('a session transfer token of a user ends at the login page', () => {
  const NOT_ALLOWED = 'Single Sign-On failed: delegated access is not allowed for the client.'

  it.each<[string, 'query' | 'cookie']>([
    ['by query at a client that takes cookies', 'cookie'],
    ['at a client that takes delegated access alone', 'query'],
  ])('%s', async (_rule, method) => {
    const isDelegating = method === 'query'
    const allowedAuthenticationMethods = isDelegating ? [] : [method]
    const emulator = tenant({}, { allowedAuthenticationMethods, allowDelegatedAccess: isDelegating })
    const session_transfer_token = await transferToken(emulator)
    expect((await authorize(emulator, loginRequest({ session_transfer_token }))).status).toBe(200)
    expect(emulator.requests.at(-1)?.warning).toBe(NOT_ALLOWED)
  })

  it('over the session of another user, which ends', async () => {
    const emulator = tenant()
    const session = sessionOf(await signIn(emulator, {}, 'auth0|bob'))
    const session_transfer_token = await transferToken(emulator)
    expect((await authorizeAgain(emulator, session, { session_transfer_token })).status).toBe(200)
    expect(emulator.requests.at(-1)?.warning).toBe(
      'Single Sign-On failed: Session Transfer Token user mismatch detected.',
    )
    expect((await authorizeAgain(emulator, session)).status).toBe(200)
  })

  it.each<[string, Parameters]>([
    ['without the organization that it is of', {}],
    ['for another organization', { organization: 'org_2' }],
  ])('%s', async (_rule, request) => {
    const emulator = tenant({}, {}, { organizations: [{ id: 'org_1' }, { id: 'org_2' }] })
    const token = await refreshToken(emulator, 'offline_access', { organization: 'org_1' })
    const session_transfer_token = member(await renew(emulator, token), 'access_token')
    expect((await authorize(emulator, loginRequest({ session_transfer_token, ...request }))).status).toBe(200)
    const warning = 'Single Sign-On failed: Session Transfer Token organization mismatch detected.'
    expect(emulator.requests.at(-1)?.warning).toBe(warning)
  })

  it('at a client without its connection', async () => {
    const web = withClient('customer-app', {
      sessionTransfer: { allowedAuthenticationMethods: ['query'] },
      connections: ['other'],
    })
    const emulator = seeded({ ...defaultTenant(), clients: [...web.clients, NATIVE] })
    const session_transfer_token = await transferToken(emulator)
    expect((await authorize(emulator, loginRequest({ session_transfer_token }))).status).toBe(200)
    expect(emulator.requests.at(-1)?.warning).toContain('the connection is not enabled for the client.')
  })
})

it('a cookie is not looked at by clients that take none', async () => {
  const emulator = tenant({}, { allowedAuthenticationMethods: ['query'] })
  const token = await transferToken(emulator)
  expect((await authorizeAgain(emulator, cookie(token))).status).toBe(200)
  expect(emulator.requests.at(-1)).not.toHaveProperty('warning')
  expect(answer(await authorizeAgain(emulator, {}, { session_transfer_token: token }))).toHaveProperty('code')
})

describe('another address, where enforceDeviceBinding is', () => {
  it.each<['ip' | 'none', number]>([
    ['ip', 200],
    ['none', 302],
  ])('%s at the client that takes the token, gets %i', async (enforceDeviceBinding, status) => {
    const other = enforceDeviceBinding === 'ip' ? 'none' : 'ip'
    const emulator = tenant({ enforceDeviceBinding: other }, { enforceDeviceBinding })
    const request = loginRequest({ session_transfer_token: await transferToken(emulator) })
    expect((await authorize(emulator, request, { ip: '192.0.2.1' })).status).toBe(status)
  })
})
