import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { SESSION_TRANSFER_TOKEN_TYPE, noClientAuthentication } from '../../src/index.js'
import { EXCHANGE, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

const ISSUED = {
  access_token: 'canary-stt',
  issued_token_type: SESSION_TRANSFER_TOKEN_TYPE,
  token_type: 'N_A',
  expires_in: 60,
}
const OPTIONS = { ...EXCHANGE, actorToken: 'canary-actor-token', actorTokenType: 'urn:acme:agent' }
const TARGET = 'https://app.example.com/login'

const stt = (answer: object = ISSUED) => scriptedServer(() => Response.json(answer))

describe('a session transfer token', () => {
  it('is asked for by its audience at the domain of the issuer', async () => {
    const server = stt()
    const result = await clientOf(server, { domain: 'TENANT.example.com' }).requestSessionTransferToken({
      ...OPTIONS,
      organization: 'org_1',
      forwardedFor: '203.0.113.7',
    })
    const [request] = server.tokenRequests
    expect(Object.fromEntries(request?.form ?? [])).toMatchObject({
      audience: 'urn:tenant.example.com:session_transfer',
      actor_token: 'canary-actor-token',
      actor_token_type: 'urn:acme:agent',
      organization: 'org_1',
    })
    expect(request?.headers.get('auth0-forwarded-for')).toBe('203.0.113.7')
    expect(result).toMatchObject({ issuedTokenType: SESSION_TRANSFER_TOKEN_TYPE, tokenType: 'N_A', expiresIn: 60 })
    expect(result.sessionTransferToken).toBe('canary-stt')
  })

  it('does not get into logs', async () => {
    const result = await clientOf(stt()).requestSessionTransferToken(OPTIONS)
    expect(inspect(result) + JSON.stringify(result)).not.toContain('canary')
  })

  it('has the members that the server gave alone', async () => {
    const server = stt({ access_token: 'canary-stt', issued_token_type: SESSION_TRANSFER_TOKEN_TYPE })
    const result = await clientOf(server).requestSessionTransferToken(OPTIONS)
    expect({ ...result }).toStrictEqual({ issuedTokenType: SESSION_TRANSFER_TOKEN_TYPE })
  })

  it.each<[string, object]>([
    ['without token_type', { ...ISSUED, token_type: undefined }],
    ['with token_type in lower case', { ...ISSUED, token_type: 'n_a' }],
    ['without a lifetime', { ...ISSUED, expires_in: undefined }],
  ])('is accepted %s', async (_rule, answer) => {
    const result = await clientOf(stt(answer)).requestSessionTransferToken(OPTIONS)
    expect(result.sessionTransferToken).toBe('canary-stt')
  })

  it.each<[string, object]>([
    ['an access token', TOKEN_RESPONSE],
    ['a token without a type', { ...ISSUED, issued_token_type: undefined }],
    ['a type that only looks like it', { ...ISSUED, issued_token_type: `${SESSION_TRANSFER_TOKEN_TYPE} ` }],
  ])('%s is not one', async (_rule, answer) => {
    const error = await thrownBy(clientOf(stt(answer)).requestSessionTransferToken(OPTIONS))
    expect(error).toMatchObject({ code: 'invalid_response', field: 'issued_token_type' })
  })

  it('is never given out as the result of an exchange', async () => {
    for (const requestedTokenType of [undefined, SESSION_TRANSFER_TOKEN_TYPE]) {
      const options = requestedTokenType === undefined ? EXCHANGE : { ...EXCHANGE, requestedTokenType }
      expect(await thrownBy(clientOf(stt()).exchangeToken(options))).toMatchObject({ code: 'invalid_response' })
    }
  })

  it.each<[string, object, object]>([
    ['no actor', { actorToken: undefined, actorTokenType: undefined }, { code: 'actor_unavailable' }],
    ['an actor that is null', { actorToken: null, actorTokenType: null }, { code: 'actor_unavailable' }],
    ['a forced refresh', { forceRefresh: true }, { name: 'TypeError' }],
    ['an actor without a type', { actorTokenType: undefined }, { code: 'missing_actor_token_type' }],
    ['a type without an actor', { actorToken: undefined }, { code: 'missing_actor_token' }],
    ['a blank actor', { actorToken: ' ' }, { code: 'invalid_token_format', field: 'actorToken' }],
    ['a blank organization', { organization: ' ' }, { code: 'invalid_parameter', field: 'organization' }],
    ['an audience of its own', { audience: 'https://api.example.com' }, { name: 'TypeError' }],
    ['a cache', { cache: true }, { name: 'TypeError' }],
    [
      'a forwarded address that is none',
      { forwardedFor: '1.2.3.4, 5.6.7.8' },
      { code: 'invalid_parameter', field: 'forwardedFor' },
    ],
    ['a forwarded address with a line break', { forwardedFor: '1.2.3.4\r\nX: y' }, { code: 'invalid_parameter' }],
    [
      'a target that is not allowed',
      { targetLoginUrl: 'https://evil.example/login' },
      { code: 'target_not_allowed', kind: 'policy' },
    ],
    [
      'a target over http',
      { targetLoginUrl: 'http://app.example.com/login' },
      { code: 'invalid_parameter', reason: 'insecure' },
    ],
  ])('%s is refused before any request', async (_rule, changes, expected) => {
    const server = stt()
    const client = clientOf(server, { allowedTargets: [TARGET] })
    expect(await thrownBy(client.requestSessionTransferToken({ ...OPTIONS, ...changes }))).toMatchObject(expected)
    expect(server.urls).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'requestSessionTransferToken needs an options object'],
    ['null', null, 'requestSessionTransferToken needs an options object'],
    [
      'a misspelt option',
      { ...OPTIONS, organisation: 'x' },
      'requestSessionTransferToken has no option "organisation"',
    ],
    ['what an exchange has', { ...OPTIONS, resource: 'x' }, 'requestSessionTransferToken has no option "resource"'],
  ])('is not asked for with %s', async (_rule, options, message) => {
    const server = stt()
    const error = await thrownBy(clientOf(server).requestSessionTransferToken(options as typeof OPTIONS))
    expect([error, server.urls]).toEqual([new TypeError(message), []])
  })

  it('needs a confidential client', async () => {
    const server = stt()
    const client = clientOf(server, { clientAuthentication: noClientAuthentication() })
    expect(await thrownBy(client.requestSessionTransferToken(OPTIONS))).toMatchObject({
      code: 'invalid_configuration',
      reason: 'public_client',
    })
    expect(server.urls).toEqual([])
  })

  it('a target needs a list of allowed ones', async () => {
    const error = await thrownBy(clientOf(stt()).requestSessionTransferToken({ ...OPTIONS, targetLoginUrl: TARGET }))
    expect(error).toMatchObject({ code: 'invalid_configuration', field: 'allowedTargets' })
  })

  it('is not asked for twice, whatever the retry policy', async () => {
    const server = scriptedServer(() => new Response('', { status: 503 }))
    await thrownBy(clientOf(server, { retry: { attempts: 3 } }).requestSessionTransferToken(OPTIONS))
    expect(server.tokenRequests).toHaveLength(1)
  })

  it.each(['setactor_required', 'session_transfer_disabled'])('the refusal %s has a code of its own', async (error) => {
    const server = scriptedServer(() => Response.json({ error }, { status: 400 }))
    expect(await thrownBy(clientOf(server).requestSessionTransferToken(OPTIONS))).toMatchObject({ code: error })
  })
})
