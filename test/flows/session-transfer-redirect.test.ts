import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  SESSION_TRANSFER_TOKEN_TYPE,
  buildSessionTransferRedirect,
  sessionTransferParameters,
  sessionTransferResponse,
  type SessionTransferTokenResult,
} from '../../src/index.js'

const TARGET = 'https://app.example.com/login'
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
    [
      'whatever the case of the scheme',
      'HTTPS://app.example.com/',
      {},
      'https://app.example.com/?session_transfer_token=a%2Bb%2Fc%3D%26d',
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
    ['a password alone', 'https://:pass@app.example.com/login', {}, { reason: 'user_information' }],
    ['a space inside', `${TARGET} `, {}, { reason: 'malformed' }],
    ['a space in the path', 'https://app.example.com/a b', {}, { reason: 'malformed' }],
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
    [
      'an allowed target that is none',
      TARGET,
      { allowedTargets: [TARGET, 'nope'] },
      { field: 'allowedTargets', reason: 'malformed' },
    ],
    [
      'an allowed target over http',
      TARGET,
      { allowedTargets: ['http://evil.example'] },
      { field: 'allowedTargets', reason: 'insecure' },
    ],
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

  it.each<[string, unknown, string]>([
    ['a misspelt option', { organisation: 'x' }, 'buildSessionTransferRedirect has no option "organisation"'],
    ['null', null, 'buildSessionTransferRedirect needs an options object'],
    ['an organization alone', 'org_1', 'buildSessionTransferRedirect needs an options object'],
    ['an allowed target as a text', { allowedTargets: TARGET }, 'allowedTargets must be a list of login URLs'],
    ['allowed targets that are null', { allowedTargets: null }, 'allowedTargets must be a list of login URLs'],
    ['an allowed target that is no text', { allowedTargets: [7] }, 'allowedTargets: a login URL must be a string'],
  ])('is not built with %s', (_rule, options, message) => {
    const error = errorOf(() => buildSessionTransferRedirect(TARGET, transfer, options as object))
    expect(error).toEqual(new TypeError(message))
  })

  it.each([
    undefined,
    null,
    {},
    { sessionTransferToken: 7 },
    { sessionTransferToken: '' },
    { sessionTransferToken: ' ' },
  ])('is not built of a result without a token: %j', (result) => {
    const error = errorOf(() => buildSessionTransferRedirect(TARGET, result as never))
    expect(error).toEqual(new TypeError('the result has no session transfer token'))
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
  expect(sessionTransferParameters(TARGET + query)).toStrictEqual(expected)
  expect(sessionTransferParameters(new URL(TARGET + query))).toStrictEqual(expected)
})

const NO_URLS = [
  '/login?session_transfer_token=canary',
  'javascript:canary',
  'javascript:"https://a.example/?session_transfer_token=canary"',
  'https://app\\canary',
  'https://app.example.com/ canary?session_transfer_token=canary',
  'https://[canary?session_transfer_token=canary',
  'canary',
  7,
  undefined,
]

it.each(NO_URLS)('a URL that is not absolute is a TypeError that does not quote it: %j', (url) => {
  for (const take of [sessionTransferParameters, sessionTransferResponse]) {
    const error = errorOf(() => take(url as string))
    expect(error).toMatchObject({
      name: 'TypeError',
      message: expect.stringMatching(/rl must be an absolute URL$/i) as string,
    })
    expect(inspect(error, { depth: 5 }).replaceAll(import.meta.filename, '')).not.toContain('canary')
  }
})

it.each(['HTTPS://app.example.com/', 'http://localhost/'])('the login URL may be %s', (url) => {
  expect(sessionTransferParameters(`${url}?session_transfer_token=t`)).toEqual({ session_transfer_token: 't' })
})

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
