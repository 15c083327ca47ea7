import { describe, expect, it, vi } from 'vitest'
import type { TokenExchangeError } from '../../src/index.js'
import { EXCHANGE, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const NOW = 1_800_000_000_000

function clientWith(body: string, init: ResponseInit = { headers: JSON_TYPE }) {
  const reply = () => new Response(body, init)
  return clientOf(scriptedServer(reply), { now: () => NOW })
}

const json = (changes: object): string => JSON.stringify({ ...TOKEN_RESPONSE, ...changes })

describe('a token response that is accepted', () => {
  const plain = { accessToken: 'issued-access-token', tokenType: 'Bearer' }
  const issuedTokenType = TOKEN_RESPONSE.issued_token_type
  it.each<[string, string, object]>([
    ['the lifetime becomes a time', json({}), { ...plain, issuedTokenType, expiresIn: 3600, expiresAt: 1_800_003_600 }],
    ['no lifetime: none is made up', json({ expires_in: undefined }), { ...plain, issuedTokenType }],
    [
      'null members are absent',
      json({ expires_in: null, scope: null, id_token: null, error: null }),
      { ...plain, issuedTokenType },
    ],
    [
      'a numeric string',
      json({ expires_in: '60' }),
      { ...plain, issuedTokenType, expiresIn: 60, expiresAt: 1_800_000_060 },
    ],
    [
      'a lifetime of zero',
      json({ expires_in: 0 }),
      { ...plain, issuedTokenType, expiresIn: 0, expiresAt: 1_800_000_000 },
    ],
    ['no issued_token_type', json({ issued_token_type: undefined, expires_in: undefined }), plain],
    [
      'a JWT that is used as an access token',
      json({ issued_token_type: 'urn:ietf:params:oauth:token-type:jwt', expires_in: undefined }),
      { ...plain, issuedTokenType: 'urn:ietf:params:oauth:token-type:jwt' },
    ],
    [
      'token_type as the server spells it',
      json({ token_type: 'bearer', expires_in: undefined }),
      { ...plain, tokenType: 'bearer', issuedTokenType },
    ],
    [
      'scope, ID and refresh token',
      json({ expires_in: undefined, scope: 'a b', id_token: 'i', refresh_token: 'r' }),
      { ...plain, issuedTokenType, scope: 'a b', idToken: 'i', refreshToken: 'r', actUnavailable: 'invalid_id_token' },
    ],
    [
      'of duplicate members the last',
      '{"access_token":"x","access_token":"issued-access-token","token_type":"Bearer"}',
      plain,
    ],
    [
      'members that nobody knows',
      json({ expires_in: undefined, constructor: 'x', foo: {} }),
      { ...plain, issuedTokenType },
    ],
    ['a byte order mark in front', `\ufeff${json({ expires_in: undefined })}`, { ...plain, issuedTokenType }],
  ])('%s', async (_rule, body, expected) => {
    expect(await clientWith(body).exchangeToken(EXCHANGE)).toStrictEqual({ actUnavailable: 'no_id_token', ...expected })
  })

  it('the content type does not matter', async () => {
    const result = await clientWith(json({}), { headers: { 'content-type': 'text/html' } }).exchangeToken(EXCHANGE)
    expect(result.accessToken).toBe('issued-access-token')
  })
})

describe('a response that is refused', () => {
  it.each<[string, string, number, string, string | undefined]>([
    ['HTML', '<html>canary-body</html>', 200, 'not_json', undefined],
    ['nothing', '', 200, 'not_json', undefined],
    ['truncated JSON', '{"access_token":"canary-body', 200, 'not_json', undefined],
    ['a list', '[{"access_token":"canary-body"}]', 200, 'not_an_object', undefined],
    ['a string', '"canary-body"', 200, 'not_an_object', undefined],
    ['null', 'null', 200, 'not_an_object', undefined],
    ['no access_token', json({ access_token: undefined }), 200, 'member', 'access_token'],
    ['an empty access_token', json({ access_token: '' }), 200, 'member', 'access_token'],
    ['a blank access_token', json({ access_token: ' \n' }), 200, 'member', 'access_token'],
    ['a number as access_token', json({ access_token: 7 }), 200, 'member', 'access_token'],
    ['a negative lifetime', json({ expires_in: -1 }), 200, 'member', 'expires_in'],
    ['a fraction as lifetime', json({ expires_in: 1.5 }), 200, 'member', 'expires_in'],
    ['a lifetime beyond safe integers', json({ expires_in: 2 ** 53 }), 200, 'member', 'expires_in'],
    ['an infinite lifetime', json({}).replace('3600', '1e999'), 200, 'member', 'expires_in'],
    ['a word as lifetime', json({ expires_in: 'soon' }), 200, 'member', 'expires_in'],
    ['an empty lifetime', json({ expires_in: '' }), 200, 'member', 'expires_in'],
    ['a signed numeric string', json({ expires_in: '-60' }), 200, 'member', 'expires_in'],
    ['a list as lifetime', json({ expires_in: [60] }), 200, 'member', 'expires_in'],
    ['an object as scope', json({ scope: {} }), 200, 'member', 'scope'],
    ['a blank id_token', json({ id_token: '' }), 200, 'member', 'id_token'],
    ['a number as issued_token_type', json({ issued_token_type: 1 }), 200, 'member', 'issued_token_type'],
    ['an object as error', json({ error: { token: 'canary-body' } }), 200, 'member', 'error'],
    ['no token_type', json({ token_type: undefined }), 200, 'unexpected', 'token_type'],
    ['N_A as token_type', json({ token_type: 'N_A' }), 200, 'unexpected', 'token_type'],
    ['n_a in lower case', json({ token_type: 'n_a' }), 200, 'unexpected', 'token_type'],
    [
      'another issued type',
      json({ issued_token_type: 'urn:ietf:params:oauth:token-type:id_token' }),
      200,
      'unexpected',
      'issued_token_type',
    ],
    [
      'a prototype name as issued type',
      json({ issued_token_type: '__proto__' }),
      200,
      'unexpected',
      'issued_token_type',
    ],
    ['a token response with status 201', json({}), 201, 'http_status', undefined],
    ['HTML with status 502', '<html>canary-body</html>', 502, 'http_status', undefined],
    ['JSON without an error with status 400', '{"message":"canary-body"}', 400, 'http_status', undefined],
    ['an object as error with status 400', '{"error":{"token":"canary-body"}}', 400, 'http_status', undefined],
  ])('%s', async (_rule, body, status, reason, field) => {
    const error = await thrownBy(clientWith(body, { status, headers: JSON_TYPE }).exchangeToken(EXCHANGE))
    expect(error).toMatchObject({ code: 'invalid_response', kind: 'response', reason, status })
    expect((error as { field?: string }).field).toBe(field)
  })

  it.each([[204], [205], [304]])('status %i without a body', async (status) => {
    const server = scriptedServer(() => new Response(null, { status }))
    expect(await thrownBy(clientOf(server).exchangeToken(EXCHANGE))).toMatchObject({ code: 'invalid_response' })
  })
})

describe('an OAuth error', () => {
  it.each<[string, number, string]>([
    ['with its usual status', 400, 'application/json'],
    ['with status 200', 200, 'application/json'],
    ['with another success status', 201, 'application/json'],
    ['with status 500', 500, 'application/json'],
    ['with another content type', 400, 'text/plain'],
    ['with a content type in capitals', 400, 'APPLICATION/JSON;Charset=utf-8'],
  ])('%s is kept', async (_rule, status, contentType) => {
    const body = JSON.stringify({
      error: 'invalid_grant',
      error_description: 'It ended.',
      error_uri: 'https://e.example',
    })
    const client = clientWith(body, { status, headers: { 'content-type': contentType } })
    const error = await thrownBy(client.exchangeToken(EXCHANGE))
    expect(error).toMatchObject({ code: 'token_exchange_failed', kind: 'oauth', status })
    expect(error).toHaveProperty('message', `The server refused: invalid_grant (status ${status}).`)
    expect((error as { oauth: unknown }).oauth).toEqual({
      error: 'invalid_grant',
      errorDescription: 'It ended.',
      errorUri: 'https://e.example',
    })
  })

  it('has the members that are texts alone, and a code that cannot be printed is not in its message', async () => {
    const body = { error: 'two words', error_description: 5, error_uri: {}, mfa_token: null }
    const client = clientWith(JSON.stringify(body), { status: 400, headers: JSON_TYPE })
    const error = (await thrownBy(client.exchangeToken(EXCHANGE))) as TokenExchangeError
    expect(error.message).toBe('The server refused: an unprintable code (status 400).')
    expect(error.oauth).toStrictEqual({ error: 'two words' })
  })

  it.each([
    ['setactor_required', 'setactor_required'],
    ['session_transfer_disabled', 'session_transfer_disabled'],
    ['invalid_request', 'token_exchange_failed'],
    ['constructor', 'token_exchange_failed'],
    ['__proto__', 'token_exchange_failed'],
    ['invalid_act_claim', 'token_exchange_failed'],
    ['', 'token_exchange_failed'],
  ])('%j has the code %s', async (error, code) => {
    const client = clientWith(JSON.stringify({ error }), { status: 400, headers: JSON_TYPE })
    expect(await thrownBy(client.exchangeToken(EXCHANGE))).toMatchObject({ code })
  })

  it.each<[string, Record<string, string>, object]>([
    ['seconds', { 'retry-after': '7' }, { retryAfter: 7 }],
    [
      'a date',
      { 'retry-after': 'Fri, 15 Jan 2027 08:00:30 GMT', date: 'Fri, 15 Jan 2027 08:00:00 GMT' },
      { retryAfter: 30 },
    ],
    [
      'a date in the past',
      { 'retry-after': 'Fri, 15 Jan 2027 08:00:00 GMT', date: 'Fri, 15 Jan 2027 08:00:30 GMT' },
      { retryAfter: 0 },
    ],
    [
      'the rate limit',
      { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' },
      { rateLimit: { limit: 10, remaining: 0, resetAt: 1_800_000_000 } },
    ],
  ])('the hints of a 429 are read: %s', async (_rule, headers, expected) => {
    const client = clientWith('{"error":"too_many_requests"}', { status: 429, headers })
    expect(await thrownBy(client.exchangeToken(EXCHANGE))).toMatchObject({ ...expected, retryable: true })
  })

  it('a date is counted from the clock when the answer has none, and a part of a second is a whole one', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('Fri, 15 Jan 2027 08:00:00 GMT') + 500 })
    try {
      const headers = { 'retry-after': 'Fri, 15 Jan 2027 08:00:30 GMT' }
      const client = clientWith('{"error":"too_many_requests"}', { status: 429, headers })
      expect(await thrownBy(client.exchangeToken(EXCHANGE))).toMatchObject({ retryAfter: 30 })
    } finally {
      vi.useRealTimers()
    }
  })

  it('a date is not counted from a date that is none', async () => {
    const headers = { 'retry-after': 'Fri, 15 Jan 2027 08:00:30 GMT', date: 'today' }
    const client = clientWith('{"error":"too_many_requests"}', { status: 429, headers })
    expect(await thrownBy(client.exchangeToken(EXCHANGE))).not.toHaveProperty('retryAfter')
  })

  it.each(['many', '-1', '1.5', '10, 20', '', '9'.repeat(16)])('a rate limit of %j is none', async (value) => {
    const headers = { 'x-ratelimit-limit': value }
    const client = clientWith('{"error":"too_many_requests"}', { status: 429, headers })
    expect(await thrownBy(client.exchangeToken(EXCHANGE))).not.toHaveProperty('rateLimit')
  })

  it.each([
    'soon',
    '-1',
    '1.5',
    '10, 20',
    '2027-01-15',
    '',
    '9'.repeat(10),
    'Fri, 15 Jan 2027 08:00:30 GMT+1',
    'Fri, 15 Jan 2027 08:00 GMT',
    'Invalid Date',
  ])('a Retry-After of %j is none', async (value) => {
    const client = clientWith('{"error":"too_many_requests"}', { status: 429, headers: { 'retry-after': value } })
    expect(await thrownBy(client.exchangeToken(EXCHANGE))).not.toHaveProperty('retryAfter')
  })
})

it('on-behalf-of gives no ID or refresh token, whatever the server sends', async () => {
  const client = clientWith(json({ id_token: 'i', refresh_token: 'r' }))
  const result = await client.getTokenOnBehalfOf({
    accessToken: { token: 'incoming', verifiedBy: 'caller' },
    audience: 'https://calendar.example.com',
  })
  expect(Object.keys(result).sort()).toEqual(['accessToken', 'expiresAt', 'expiresIn', 'issuedTokenType', 'tokenType'])
})
