import { describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE, REFRESH_TOKEN_TYPE } from '../../src/index.js'
import { clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

describe('a token of a connection', () => {
  const options = {
    subjectToken: 'canary-refresh-token',
    subjectTokenType: REFRESH_TOKEN_TYPE,
    connection: 'google-oauth2',
    loginHint: 'alice@example.com',
  } as const

  it('is a Token Vault exchange', async () => {
    const server = scriptedServer(() =>
      Response.json({
        access_token: 'google-token',
        token_type: 'Bearer',
        expires_in: 60,
        issued_token_type: 'http://auth0.com/oauth/token-type/federated-connection-access-token',
        scope: 'calendar',
      }),
    )
    const result = await clientOf(server, { now: () => 0 }).getTokenForConnection(options)
    expect(Object.fromEntries(server.tokenRequests[0]?.form ?? [])).toMatchObject({
      grant_type: 'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token',
      subject_token: 'canary-refresh-token',
      subject_token_type: REFRESH_TOKEN_TYPE,
      requested_token_type: 'http://auth0.com/oauth/token-type/federated-connection-access-token',
      connection: 'google-oauth2',
      login_hint: 'alice@example.com',
    })
    expect(result).toEqual({
      accessToken: 'google-token',
      tokenType: 'Bearer',
      expiresIn: 60,
      expiresAt: 60,
      scope: 'calendar',
    })
  })

  const issued = { access_token: 'google-token', token_type: 'Bearer' }

  it('is asked for with an access token too, and need not say its type or lifetime', async () => {
    const server = scriptedServer(() => Response.json(issued))
    const { loginHint: _loginHint, ...rest } = options
    const result = await clientOf(server).getTokenForConnection({ ...rest, subjectTokenType: ACCESS_TOKEN_TYPE })
    expect(result).toStrictEqual({ accessToken: 'google-token', tokenType: 'Bearer' })
    const form = new URLSearchParams(server.tokenRequests[0]?.body)
    expect([form.get('subject_token_type'), form.has('login_hint')]).toEqual([ACCESS_TOKEN_TYPE, false])
  })

  it('may be called an access token by the server', async () => {
    const server = scriptedServer(() => Response.json({ ...issued, issued_token_type: ACCESS_TOKEN_TYPE }))
    expect(await clientOf(server).getTokenForConnection(options)).toMatchObject({ accessToken: 'google-token' })
  })

  it.each<[string, object, string]>([
    ['of another type', { ...issued, issued_token_type: ID_TOKEN_TYPE }, 'issued_token_type'],
    ['without a token_type', { ...issued, token_type: undefined }, 'token_type'],
  ])('%s is an error', async (_rule, answer, field) => {
    const server = scriptedServer(() => Response.json(answer))
    expect(await thrownBy(clientOf(server).getTokenForConnection(options))).toMatchObject({
      code: 'invalid_response',
      field,
    })
  })

  it.each<[string, object, object]>([
    ['a blank login hint', { loginHint: ' ' }, { code: 'invalid_parameter', field: 'loginHint' }],
    ['a forwarded address that is none', { forwardedFor: 'x' }, { code: 'invalid_parameter', field: 'forwardedFor' }],
    ['a blank connection', { connection: ' ' }, { code: 'invalid_parameter', field: 'connection' }],
    ['a token with a scheme', { subjectToken: 'Bearer x' }, { code: 'invalid_token_format' }],
    ['another subject type', { subjectTokenType: ID_TOKEN_TYPE }, { name: 'TypeError' }],
    ['an option that does not exist', { audience: 'x' }, { name: 'TypeError' }],
  ])('%s is refused before any request', async (_rule, changes, expected) => {
    const server = scriptedServer()
    expect(await thrownBy(clientOf(server).getTokenForConnection({ ...options, ...changes }))).toMatchObject(expected)
    expect(server.urls).toEqual([])
  })
})
