import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { TokenExchangeError, isTokenExchangeError } from '../src/index.js'
import type { TokenExchangeErrorCode, TokenExchangeErrorDetails } from '../src/index.js'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from './support/scripted-server.js'

/** Everything that a logger could make of an error. */
function printed(error: unknown): string {
  const { stack, message } = error as Error
  return [
    inspect(error, { depth: 10, showHidden: true }),
    inspect(error, { customInspect: false }),
    JSON.stringify(error),
    JSON.stringify({ ...(error as object) }),
    String(error),
    stack,
    message,
  ].join('\n')
}

describe('no secret is in what an error shows', () => {
  const secrets = ['canary-subject-token', 'canary-actor-token', 'canary-client-secret', 'canary-body', 'canary-extra']
  const options = {
    ...EXCHANGE,
    actorToken: 'canary-actor-token',
    actorTokenType: 'urn:acme:agent',
    extra: { note: 'canary-extra' },
  }
  const echo = {
    error_description: 'canary-subject-token canary-body',
    error_uri: 'canary-body',
    mfa_token: 'canary-body',
  }

  it.each<[string, () => Response]>([
    [
      'an OAuth error that quotes the token',
      () => Response.json({ error: 'invalid_request', ...echo }, { status: 400 }),
    ],
    ['a token in the error code', () => Response.json({ error: `canary-body ${'x'.repeat(50)}` }, { status: 400 })],
    ['HTML', () => new Response('<html>canary-body</html>', { status: 502 })],
    ['JSON that breaks off', () => new Response('{"access_token": "canary-body', { status: 200 })],
    [
      'a wrong member',
      () => Response.json({ access_token: 'canary-body', token_type: 'Bearer', expires_in: 'canary-body' }),
    ],
    [
      'a fetch that fails',
      () => {
        throw new Error('connect ECONNREFUSED')
      },
    ],
  ])('%s', async (_rule, reply) => {
    const text = printed(await thrownBy(clientOf(scriptedServer(reply)).exchangeToken(options)))
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it.each<[string, object]>([
    ['a padded subject token', { subjectToken: 'canary-subject-token ' }],
    ['a padded actor token', { actorToken: 'canary-actor-token ' }],
    ['a token with a scheme', { subjectToken: 'Bearer canary-subject-token' }],
    ['a token as an option of another kind', { scope: 'canary-body\n' }],
    ['a protected extra', { extra: { client_secret: 'canary-extra' } }],
    ['a broken extra', { extra: { note: 'canary-extra\ud800' } }],
    ['a token that is no string', { subjectToken: ['canary-subject-token'] }],
  ])('bad input: %s', async (_rule, changes) => {
    const call = clientOf(scriptedServer()).exchangeToken({ ...options, ...changes })
    const text = printed(await thrownBy(call))
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it('a client shows no secret', () => {
    expect(inspect(clientOf(scriptedServer()), { depth: 10, showHidden: true })).not.toContain('canary')
  })
})

describe('what an error does show', () => {
  const error = new TokenExchangeError('token_exchange_failed', 'The server refused the exchange.', {
    status: 400,
    retryAfter: 3,
    oauth: { error: 'invalid_grant', errorDescription: 'secret words' },
    cause: new TypeError('secret cause'),
  })

  it('JSON: the stable parts', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'TokenExchangeError',
      code: 'token_exchange_failed',
      kind: 'oauth',
      message: 'The server refused the exchange.',
      status: 400,
      retryAfter: 3,
      oauthError: 'invalid_grant',
    })
  })

  it('console.log: stack, code, and the name of the cause', () => {
    const text = inspect(error)
    expect(text).toContain('TokenExchangeError: The server refused the exchange.')
    expect(text).toContain('"code":"token_exchange_failed"')
    expect(text).toContain('[cause: TypeError]')
    expect(text).not.toContain('secret')
  })

  it("the cause and the server's fields stay reachable for the program", () => {
    expect(error.cause).toBeInstanceOf(TypeError)
    expect(error.oauth?.errorDescription).toBe('secret words')
    expect(Object.keys(error)).not.toContain('oauth')
  })
})

describe('the answer of an API', () => {
  const bearer = (error: string, rest = ''): object => ({ 'WWW-Authenticate': `Bearer error="${error}"${rest}` })
  it.each<[string, TokenExchangeErrorCode, TokenExchangeErrorDetails, number, object]>([
    ['an expired token', 'verification_failed', { reason: 'expired' }, 401, bearer('invalid_token')],
    ['keys that cannot be read', 'verification_failed', { reason: 'keys_unavailable' }, 503, { 'Retry-After': '1' }],
    ['a refused subject', 'subject_token_refused', { reason: 'wrong_audience' }, 401, bearer('invalid_token')],
    ['a mistake of this API', 'subject_token_refused', { reason: 'own_audience' }, 500, {}],
    ['a malformed incoming token', 'invalid_token_format', { field: 'accessToken' }, 401, bearer('invalid_token')],
    ['a malformed actor token', 'invalid_token_format', { field: 'actorToken' }, 500, {}],
    ['a malformed act', 'invalid_act_claim', {}, 401, bearer('invalid_token')],
    [
      'a subject that the server refuses',
      'token_exchange_failed',
      { status: 400, oauth: { error: 'invalid_grant' } },
      401,
      bearer('invalid_token'),
    ],
    [
      'a second factor',
      'token_exchange_failed',
      { status: 403, oauth: { error: 'mfa_required' } },
      401,
      bearer('insufficient_user_authentication'),
    ],
    [
      'consent',
      'token_exchange_failed',
      { status: 403, oauth: { error: 'consent_required' } },
      401,
      bearer('insufficient_user_authentication'),
    ],
    [
      'a refused scope',
      'token_exchange_failed',
      { status: 403, oauth: { error: 'access_denied' } },
      403,
      bearer('insufficient_scope', ', scope="a b"'),
    ],
    ['a wrong client secret', 'token_exchange_failed', { status: 401, oauth: { error: 'invalid_client' } }, 500, {}],
    ['a tenant that records no actor', 'actor_not_recorded', {}, 500, {}],
    ['an unknown code', 'token_exchange_failed', { status: 400, oauth: { error: 'constructor' } }, 500, {}],
    [
      'a rate limit',
      'token_exchange_failed',
      { status: 429, retryAfter: 9, oauth: { error: 'too_many_requests' } },
      503,
      { 'Retry-After': '9' },
    ],
    ['a broken server', 'invalid_response', { status: 502 }, 503, { 'Retry-After': '1' }],
    ['an answer that is no token response', 'invalid_response', { status: 200 }, 500, {}],
    ['the network', 'network_error', {}, 503, { 'Retry-After': '1' }],
    ['a timeout', 'timeout', {}, 503, { 'Retry-After': '1' }],
    ['a missing actor type', 'missing_actor_token_type', {}, 500, {}],
  ])('%s', (_rule, code, details, status, headers) => {
    expect(new TokenExchangeError(code, '', details).toChallenge({ scope: 'a b' })).toEqual({ status, headers })
  })

  it.each<[string, unknown, string]>([
    ['a misspelt option', { resourcemetadata: 'x' }, 'toChallenge has no option "resourcemetadata"'],
    ['null', null, 'toChallenge needs an options object'],
    ['a realm alone', 'calendar', 'toChallenge needs an options object'],
    ['a realm that is no text', { realm: 7 }, 'realm must be a string'],
    ['a list of scopes', { scope: ['a', 'b'] }, 'scope must be a string'],
    ['a URL object', { resourceMetadata: new URL('https://api.example.com/m') }, 'resourceMetadata must be a string'],
  ])('is not made with %s', (_rule, options, message) => {
    const error = new TokenExchangeError('verification_failed', '', { reason: 'expired' })
    expect(() => error.toChallenge(options as object)).toThrow(new TypeError(message))
  })

  it('values are escaped', () => {
    const error = new TokenExchangeError('verification_failed', '', { reason: 'expired' })
    const { headers } = error.toChallenge({
      realm: 'a"b\\c\r\nX: y\u20ac',
      resourceMetadata: 'https://api.example.com/m',
    })
    expect(headers['WWW-Authenticate']).toBe(
      'Bearer realm="a\\"b\\\\cX: y", error="invalid_token", resource_metadata="https://api.example.com/m"',
    )
  })
})

it.each<[string, TokenExchangeErrorCode, TokenExchangeErrorDetails, boolean]>([
  ['the network', 'network_error', {}, true],
  ['a timeout', 'timeout', {}, true],
  ['a broken server', 'invalid_response', { status: 503 }, true],
  ['a rate limit', 'token_exchange_failed', { status: 429, oauth: { error: 'too_many_requests' } }, true],
  ['attack protection', 'token_exchange_failed', { status: 429, oauth: { error: 'too_many_attempts' } }, false],
  ['a refusal', 'token_exchange_failed', { status: 400, oauth: { error: 'invalid_grant' } }, false],
  ['an abort', 'aborted', {}, false],
  ['bad input', 'invalid_parameter', {}, false],
])('whether another try may help: %s', (_rule, code, details, retryable) => {
  expect(new TokenExchangeError(code, '', details).retryable).toBe(retryable)
})

it('an error of another copy of this package is known for what it is', async () => {
  const secondCopy = '../src/errors.js?copy'
  const copy = (await import(secondCopy)) as typeof import('../src/errors.js')
  const error = new copy.TokenExchangeError('timeout', 'late')
  expect(error).not.toBeInstanceOf(TokenExchangeError)
  expect(isTokenExchangeError(error)).toBe(true)
  expect(isTokenExchangeError(new Error('timeout'))).toBe(false)
  expect(isTokenExchangeError({ code: 'timeout' })).toBe(false)
})
