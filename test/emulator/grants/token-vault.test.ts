import { describe, expect, it } from 'vitest'
import {
  ACCESS_TOKEN_TYPE,
  CONNECTION_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  REFRESH_TOKEN_TYPE,
  TOKEN_VAULT_GRANT_TYPE,
} from '../../../generated/constants.js'
import { defaultTenant, type Emulator } from '../../../src/emulator/index.js'
import {
  accessToken,
  custom,
  exchange,
  expectFailure,
  mcpToken,
  member,
  seeded,
  withClient,
  type Parameters,
} from '../support.js'

const ask = (emulator: Emulator, subject_token: string, overrides: Parameters = {}) =>
  exchange(emulator, {
    grant_type: TOKEN_VAULT_GRANT_TYPE,
    client_id: 'web-app',
    client_secret: 'web-app-secret',
    subject_token,
    subject_token_type: REFRESH_TOKEN_TYPE,
    requested_token_type: CONNECTION_TOKEN_TYPE,
    connection: 'google-oauth2',
    ...overrides,
  })

const login = (emulator: Emulator, overrides: Parameters = {}) =>
  exchange(emulator, custom({ scope: 'openid offline_access', ...overrides }))

const refreshToken = async (emulator: Emulator, overrides: Parameters = {}) =>
  member(await login(emulator, overrides), 'refresh_token')

const TOKEN = {
  access_token: 'google-access-token-of-alice',
  issued_token_type: CONNECTION_TOKEN_TYPE,
  token_type: 'Bearer',
  expires_in: 3599,
  scope: 'https://www.googleapis.com/auth/calendar.readonly',
}

describe('the token of a connection is worth', () => {
  it('a refresh token, which stays usable', async () => {
    const emulator = seeded()
    const token = await refreshToken(emulator)
    expect((await ask(emulator, token)).body).toEqual(TOKEN)
    expect((await ask(emulator, token, { login_hint: 'alice@gmail.example' })).body).toEqual(TOKEN)
  })

  it('an access token that was issued to the client', async () => {
    const emulator = seeded()
    const reply = await ask(emulator, accessToken(await login(emulator)), { subject_token_type: ACCESS_TOKEN_TYPE })
    expect(reply.body).toEqual(TOKEN)
  })

  it('an access token for the API that the client is', async () => {
    const emulator = seeded()
    const client = { client_id: 'mcp-server', client_secret: 'mcp-server-secret' }
    const reply = await ask(emulator, await mcpToken(emulator), { ...client, subject_token_type: ACCESS_TOKEN_TYPE })
    expect(reply.body).toEqual(TOKEN)
  })
})

describe('the token of a connection is refused', () => {
  const NONE = 'The user has no token of the connection.'
  const INVALID = 'The subject token is invalid or expired.'

  it.each<[string, Parameters, number, string, string]>([
    ['of another connection', { connection: 'github' }, 401, 'access_denied', NONE],
    ['of a connection with a name of prototypes', { connection: '__proto__' }, 401, 'access_denied', NONE],
    ['for another account', { login_hint: 'bob@gmail.example' }, 401, 'access_denied', NONE],
    ['for an unknown token', { subject_token: 'x' }, 401, 'invalid_request', INVALID],
    [
      'to another client',
      { client_id: 'customer-app', client_secret: 'customer-app-secret' },
      401,
      'invalid_request',
      INVALID,
    ],
    [
      'to a public client',
      { client_id: 'spa', client_secret: undefined },
      403,
      'unauthorized_client',
      'The grant needs a client that authenticates.',
    ],
    ['for a refresh token that is none', { subject_token_type: ACCESS_TOKEN_TYPE }, 401, 'invalid_request', INVALID],
    [
      'for another kind of token',
      { subject_token_type: ID_TOKEN_TYPE },
      400,
      'invalid_request',
      'The subject_token_type is not supported.',
    ],
    [
      'as another kind of token',
      { requested_token_type: ACCESS_TOKEN_TYPE },
      400,
      'invalid_request',
      'The requested_token_type is not supported.',
    ],
    ...['subject_token', 'subject_token_type', 'requested_token_type', 'connection'].map(
      (name): [string, Parameters, number, string, string] => [
        `without ${name}`,
        { [name]: undefined },
        400,
        'invalid_request',
        `Missing required parameter: ${name}`,
      ],
    ),
  ])('%s', async (_name, overrides, status, error, text) => {
    const emulator = seeded()
    expectFailure(await ask(emulator, await refreshToken(emulator), overrides), status, error, text)
  })

  it('for a user without any', async () => {
    const emulator = seeded()
    const token = await refreshToken(emulator, { subject_token: 'legacy-session:bob' })
    expectFailure(await ask(emulator, token), 401, 'access_denied', NONE)
  })

  it.each<[string, (emulator: Emulator) => Promise<string>]>([
    ['an ID token', async (emulator) => member(await login(emulator), 'id_token')],
    ['an access token of another client for another API', (emulator) => mcpToken(emulator)],
    [
      'an access token of a client about itself',
      async (emulator) =>
        accessToken(
          await exchange(emulator, {
            grant_type: 'client_credentials',
            client_id: 'web-app',
            client_secret: 'web-app-secret',
          }),
        ),
    ],
  ])('for %s', async (_name, subject) => {
    const apis = defaultTenant().apis.map((api) => ({ ...api, allowClientCredentials: true }))
    // Even where the API's identifier is the audience of the client's ID tokens.
    const emulator = seeded({ apis, ...withClient('web-app', { resourceServerIdentifier: 'web-app' }) })
    const reply = await ask(emulator, await subject(emulator), { subject_token_type: ACCESS_TOKEN_TYPE })
    expectFailure(reply, 401, 'invalid_request', INVALID)
  })
})
