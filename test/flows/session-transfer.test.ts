import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  SESSION_TRANSFER_TOKEN_TYPE,
  buildSessionTransferRedirect,
  noClientAuthentication,
  sessionTransferParameters,
  sessionTransferResponse,
  type SessionTransferTokenResult,
} from '../../src/index.js'
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

const transfer = {
  sessionTransferToken: 'a+b/c=&d',
  issuedTokenType: SESSION_TRANSFER_TOKEN_TYPE,
} as unknown as SessionTransferTokenResult

describe('the redirect', () => {
  it.each<[string, string, object, string]>([
    ['carries the token, encoded', TARGET, {}, `${TARGET}?session_transfer_token=a%2Bb%2Fc%3D%26d`],
    [
      'and the organization',
      TARGET,
      { organization: 'org_1 x' },
      `${TARGET}?session_transfer_token=a%2Bb%2Fc%3D%26d&organization=org_1+x`,
    ],
    [
      'keeps the query',
      `${TARGET}?returnTo=%2Fa`,
      {},
      `${TARGET}?returnTo=%2Fa&session_transfer_token=a%2Bb%2Fc%3D%26d`,
    ],
    [
      'keeps an organization of the URL',
      `${TARGET}?organization=o`,
      {},
      `${TARGET}?organization=o&session_transfer_token=a%2Bb%2Fc%3D%26d`,
    ],
    ['adds no second question mark', `${TARGET}?`, {}, `${TARGET}?session_transfer_token=a%2Bb%2Fc%3D%26d`],
    [
      'goes to loopback over http',
      'http://127.0.0.1:3000/login',
      {},
      'http://127.0.0.1:3000/login?session_transfer_token=a%2Bb%2Fc%3D%26d',
    ],
    [
      'goes to an allowed target, whatever its query',
      `${TARGET}?a=b`,
      { allowedTargets: [TARGET] },
      `${TARGET}?a=b&session_transfer_token=a%2Bb%2Fc%3D%26d`,
    ],
  ])('%s', (_rule, target, options, expected) => {
    expect(buildSessionTransferRedirect(target, transfer, options)).toBe(expected)
  })

  it.each<[string, string, object, object]>([
    ['a relative URL', '/login', {}, { reason: 'malformed' }],
    ['no URL', '', {}, { reason: 'malformed' }],
    ['a host that is none', 'https://', {}, { reason: 'malformed' }],
    ['another scheme', 'javascript:alert(1)', {}, { reason: 'malformed' }],
    ['leading whitespace', ` ${TARGET}`, {}, { reason: 'malformed' }],
    ['a tab inside', 'https://app.exa\tmple.com/', {}, { reason: 'malformed' }],
    ['a line break', `${TARGET}\n`, {}, { reason: 'malformed' }],
    ['a NUL', `${TARGET}\0`, {}, { reason: 'malformed' }],
    ['a backslash', 'https://app.example.com\\@evil.example/', {}, { reason: 'malformed' }],
    ['plain http', 'http://app.example.com/login', {}, { reason: 'insecure' }],
    ['user information', 'https://user@app.example.com/login', {}, { reason: 'user_information' }],
    ['a password', 'https://user:pass@app.example.com/login', {}, { reason: 'user_information' }],
    ['a fragment', `${TARGET}#top`, {}, { reason: 'fragment' }],
    ['an empty fragment', `${TARGET}#`, {}, { reason: 'fragment' }],
    ['a token already', `${TARGET}?session_transfer_token=x`, {}, { reason: 'token_present' }],
    ['an empty token already', `${TARGET}?session_transfer_token=`, {}, { reason: 'token_present' }],
    ['an encoded token name', `${TARGET}?session%5Ftransfer_token=x`, {}, { reason: 'token_present' }],
    ['two organizations', `${TARGET}?organization=a`, { organization: 'b' }, { reason: 'organization_present' }],
    ['a blank organization', TARGET, { organization: ' ' }, { field: 'organization', reason: 'blank' }],
    ['another origin', 'https://evil.example/login', { allowedTargets: [TARGET] }, { code: 'target_not_allowed' }],
    [
      'another port',
      'https://app.example.com:8443/login',
      { allowedTargets: [TARGET] },
      { code: 'target_not_allowed' },
    ],
    ['another path', 'https://app.example.com/login/x', { allowedTargets: [TARGET] }, { code: 'target_not_allowed' }],
    [
      'a path that climbs',
      'https://app.example.com/login/../x',
      { allowedTargets: [TARGET] },
      { code: 'target_not_allowed' },
    ],
    [
      'a host in front',
      'https://app.example.com.evil.example/login',
      { allowedTargets: [TARGET] },
      { code: 'target_not_allowed' },
    ],
    ['no allowed target at all', TARGET, { allowedTargets: [] }, { code: 'target_not_allowed' }],
  ])('%s is refused, and the error does not repeat it', (_rule, target, options, expected) => {
    try {
      buildSessionTransferRedirect(target, transfer, options)
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid_parameter', ...expected })
      expect(String(error)).not.toContain('evil.example')
      return
    }
    expect.fail('no error')
  })

  it('is answered with 303, uncached and without a Referer', () => {
    const response = sessionTransferResponse(`${TARGET}?session_transfer_token=x`)
    expect(response.status).toBe(303)
    expect(Object.fromEntries(response.headers)).toEqual({
      location: `${TARGET}?session_transfer_token=x`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
  })
})

it.each<[string, string, object | undefined]>([
  ['an ordinary login', '', undefined],
  ['an organization alone is an ordinary login', '?organization=o', undefined],
  ['a blank token is none', '?session_transfer_token=%20', undefined],
  ['a token', '?session_transfer_token=a%2Bb', { session_transfer_token: 'a+b' }],
  [
    'a token and an organization',
    '?organization=o&session_transfer_token=t',
    { session_transfer_token: 't', organization: 'o' },
  ],
  ['a blank organization is none', '?organization=&session_transfer_token=t', { session_transfer_token: 't' }],
  [
    'the first token that is not blank',
    '?session_transfer_token=&session_transfer_token=a&session_transfer_token=b',
    { session_transfer_token: 'a' },
  ],
  [
    'nothing else is passed on',
    '?session_transfer_token=t&redirect_uri=https://evil.example',
    { session_transfer_token: 't' },
  ],
])('what the target passes on: %s', (_rule, query, expected) => {
  expect(sessionTransferParameters(TARGET + query)).toEqual(expected)
})

it.each([`/login?session_transfer_token=canary`, `javascript:canary`, `https://app\\canary`, 'canary', 7, undefined])(
  'a URL that is not absolute is a TypeError that does not quote it: %j',
  (url) => {
    for (const take of [sessionTransferParameters, sessionTransferResponse]) {
      const error = errorOf(() => take(url as string))
      expect(error).toBeInstanceOf(TypeError)
      expect(inspect(error, { depth: 5 }).replaceAll(import.meta.filename, '')).not.toContain('canary')
    }
  },
)

it.each(['https://app.example.com/login', `${TARGET}?session_transfer_token=canary\r\nX: y`])(
  'only a URL that hands over a session transfer token is sent: %j',
  (url) => {
    const error = errorOf(() => sessionTransferResponse(url))
    expect(error).toBeInstanceOf(TypeError)
    expect(inspect(error)).not.toContain('canary')
  },
)

function errorOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}
