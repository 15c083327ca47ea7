import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { TOKEN_RESPONSE } from '../support/scripted-server.js'
import { NETWORK, TIMEOUT, TOO_LARGE, invalid, type Case, type Expectation, type Expected } from './case.js'
import { framed, json, raw, reset, silent, trickled, type Reply } from './server.js'

const MEBIBYTE = 1024 * 1024
const SECRET = 'canary-of-the-server'
const TOKEN = JSON.stringify(TOKEN_RESPONSE)
const OK = 'HTTP/1.1 200 OK'
const CLOSE = 'Connection: close'
const CHUNKED = 'Transfer-Encoding: chunked'

const SUCCESS: Expected = { accessToken: 'issued-access-token' }
const NOT_JSON = invalid('not_json')
const NOT_AN_OBJECT = invalid('not_an_object')

function member(field: string): Expected {
  return invalid('member', { field, status: 200 })
}

function status(code: number): Expected {
  return invalid('http_status', { status: code })
}

function refused(error: string, code: number, more: Expected = {}): Expected {
  return { code: 'token_exchange_failed', kind: 'oauth', status: code, oauth: { error, ...more } }
}

function token(members: object): Reply {
  return json({ ...TOKEN_RESPONSE, ...members })
}

/** A body of exactly `size` bytes that holds a token. */
function padded(text: string, size: number): string {
  return `${' '.repeat(size - text.length)}${text}`
}

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

function* endless(text: string): Generator<string> {
  for (;;) yield text
}

const CONTENT_TYPES: readonly Case[] = [
  ['no content type', framed(200, [], TOKEN), SUCCESS],
  ...['text/html', 'text/plain; charset=utf-16', 'application/x-www-form-urlencoded', 'image/png', '\x80;;=', ''].map(
    (type): Case => [`JSON as ${JSON.stringify(type)}`, framed(200, [`Content-Type: ${type}`], TOKEN), SUCCESS],
  ),
  ['two content types', framed(200, ['Content-Type: text/html', 'Content-Type: application/json'], TOKEN), SUCCESS],
  ...['text/html', 'application/problem+json', 'x'].map((type): Case => [
    `an OAuth error as ${type}`,
    framed(400, [`Content-Type: ${type}`], '{"error":"invalid_grant"}'),
    refused('invalid_grant', 400),
  ]),
]

const BODIES: readonly Case[] = [
  ['an empty body', json(''), NOT_JSON],
  ['a blank body', json(' \n\t'), NOT_JSON],
  ['HTML', framed(200, ['Content-Type: text/html'], `<html>${SECRET}`), NOT_JSON],
  ['null', json('null'), NOT_AN_OBJECT],
  ['true', json('true'), NOT_AN_OBJECT],
  ['a number', json('42'), NOT_AN_OBJECT],
  ['a string', json(`"${SECRET}"`), NOT_AN_OBJECT],
  ['an empty array', json('[]'), NOT_AN_OBJECT],
  ['a token response in an array', json(`[${TOKEN}]`), NOT_AN_OBJECT],
  ['an empty object', json('{}'), member('access_token')],
  ['JSON that is cut', json(TOKEN.slice(0, -1)), NOT_JSON],
  ['JSON with something after it', json(`${TOKEN}x`), NOT_JSON],
  ['two JSON documents', json(`${TOKEN}${TOKEN}`), NOT_JSON],
  ['a comment in JSON', json(`/* ${SECRET} */${TOKEN}`), NOT_JSON],
  ['a prefix against inclusion', json(`)]}'\n${TOKEN}`), NOT_JSON],
  ['JSONP', json(`callback(${TOKEN})`), NOT_JSON],
  ['single quotes', json(TOKEN.replaceAll('"', "'")), NOT_JSON],
  ['a form', json(`access_token=${SECRET}&token_type=Bearer`), NOT_JSON],
  ['a control character in a string', json(`{"access_token":"a\0b","token_type":"Bearer"}`), NOT_JSON],
  ['a byte order mark', json(`\uFEFF${TOKEN}`), SUCCESS],
  ['two byte order marks', json(`\uFEFF\uFEFF${TOKEN}`), NOT_JSON],
  ['UTF-16, little endian', json(Buffer.from(`\uFEFF${TOKEN}`, 'utf16le')), NOT_JSON],
  ['UTF-16, big endian', json(Buffer.from(`\uFEFF${TOKEN}`, 'utf16le').swap16()), NOT_JSON],
  ['a stray byte outside of strings', json(Buffer.concat([Buffer.from([0xff]), Buffer.from(TOKEN)])), NOT_JSON],
  [
    'invalid UTF-8 in a string',
    json(Buffer.from('{"access_token":"a\xff\xc0\x80b","token_type":"Bearer"}', 'latin1')),
    { accessToken: 'a\uFFFD\uFFFD\uFFFDb' },
  ],
  [
    'duplicate keys: the last counts',
    json('{"access_token":1,"token_type":"Bearer","access_token":"b"}'),
    { accessToken: 'b' },
  ],
  [
    'duplicate keys, the last is malformed',
    json(`{"access_token":"${SECRET}","token_type":"Bearer","access_token":1}`),
    member('access_token'),
  ],
  ['a duplicate error', json('{"error":"a","error":"b"}', 400), refused('b', 400)],
  ['an error that is taken back', json(`{"error":"a",${TOKEN.slice(1, -1)},"error":null}`), SUCCESS],
  ['arrays 100,000 deep in an unknown member', json(`{"x":${nested('[', ']')},${TOKEN.slice(1)}`), SUCCESS],
  ['objects 100,000 deep in an unknown member', json(`{"x":${nested('{"x":', '}', '1')},${TOKEN.slice(1)}`), SUCCESS],
  ['arrays 100,000 deep', json(nested('[', ']')), NOT_AN_OBJECT],
  ['arrays 100,000 deep as a token', json(`{"access_token":${nested('[', ']')}}`), member('access_token')],
  ['arrays 100,000 deep as an error', json(`{"error":${nested('[', ']')}}`, 400), status(400)],
  [
    'objects 100,000 deep as act',
    json(`{"act":${nested('{"sub":"a","act":', '}', 'null', 50_000)},${TOKEN.slice(1)}`),
    SUCCESS,
  ],
  ['brackets that nobody closes', json('['.repeat(MEBIBYTE)), NOT_JSON],
  ['100,000 members', json(`{${'"a":1,'.repeat(100_000)}${TOKEN.slice(1)}`), SUCCESS],
  [
    '100,000 different members',
    json(`{${Array.from({ length: 100_000 }, (_, index) => `"${index}":1,`).join('')}${TOKEN.slice(1)}`),
    SUCCESS,
  ],
  ['a name of 900 kB', json(`{"${'a'.repeat(900_000)}":1,${TOKEN.slice(1)}`), SUCCESS],
  ['exactly one mebibyte', json(padded(TOKEN, MEBIBYTE)), SUCCESS],
  ['one byte more', json(padded(TOKEN, MEBIBYTE + 1)), TOO_LARGE],
  ['exactly one mebibyte, in chunks', raw(OK, CHUNKED, CLOSE, `${chunk(padded(TOKEN, MEBIBYTE))}0\r\n\r\n`), SUCCESS],
  ['one byte more, in chunks', raw(OK, CHUNKED, CLOSE, `${chunk(padded(TOKEN, MEBIBYTE + 1))}0\r\n\r\n`), TOO_LARGE],
  [
    'an error that is too large',
    json(padded('{"error":"a"}', MEBIBYTE + 1), 400),
    invalid('too_large', { status: 400 }),
  ],
  [
    'a token that fills the mebibyte',
    token({ access_token: 'a'.repeat(MEBIBYTE - 200) }),
    { accessToken: 'a'.repeat(MEBIBYTE - 200) },
  ],
  ['a body without end', trickled(endless(' '.repeat(65_536)), 0), NETWORK],
  [
    'a body without end, in chunks',
    trickled(start(`${OK}\r\n${CHUNKED}\r\n\r\n`, endless(chunk(' '.repeat(65_536)))), 0),
    TOO_LARGE,
  ],
]

function nested(open: string, close: string, inner = '', depth = 100_000): string {
  return `${open.repeat(depth)}${inner}${close.repeat(depth)}`
}

function* start(head: string, rest: Iterable<string>): Generator<string> {
  yield head
  yield* rest
}

const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']

const PROTOTYPES: readonly Case[] = [
  ...PROTOTYPE_NAMES.flatMap((name): Case[] => [
    [`the token ${name}`, token({ access_token: name }), { accessToken: name }],
    [
      `the issued type ${name}`,
      token({ issued_token_type: name }),
      invalid('unexpected', { field: 'issued_token_type' }),
    ],
    [`the token type ${name}`, token({ token_type: name }), { tokenType: name }],
    [`the scope ${name}`, token({ scope: name }), { scope: name }],
    [`the lifetime ${name}`, token({ expires_in: name }), member('expires_in')],
    [`the ID token ${name}`, token({ id_token: name }), { idToken: name, actUnavailable: 'invalid_id_token' }],
    [`the refresh token ${name}`, token({ refresh_token: name }), { refreshToken: name }],
    [
      `the error ${name}`,
      json({ error: name, error_description: name, error_uri: name, mfa_token: name }, 400),
      refused(name, 400, { errorDescription: name, errorUri: name, mfaToken: name }),
    ],
    [
      `the member ${name}`,
      json(`{"${name}":{"access_token":"${SECRET}","token_type":"Bearer"}}`),
      member('access_token'),
    ],
    [`the member ${name}, with an error in it`, json(`{"${name}":{"error":"a"},${TOKEN.slice(1)}`), SUCCESS],
    [`the header ${name}, twice`, json(TOKEN, 200, [`${name}: a`, `${name}: b`]), SUCCESS],
    [`the rate limit ${name}`, json('', 429, [`x-ratelimit-limit: ${name}`, `retry-after: ${name}`]), status(429)],
  ]),
]

const LIFETIMES: readonly Case[] = [
  ...[0, 1, 3600, 2 ** 53 - 1].map((value): Case => [
    `a lifetime of ${value}`,
    token({ expires_in: value }),
    { expiresIn: value },
  ]),
  ...['0', '3600', '999999999999999'].map((value): Case => [
    `a lifetime of "${value}"`,
    token({ expires_in: value }),
    { expiresIn: Number(value) },
  ]),
  ['a lifetime of 1e3', lifetime('1e3'), { expiresIn: 1000 }],
  ['a lifetime of 3600.0', lifetime('3600.0'), { expiresIn: 3600 }],
  [
    'a lifetime of null',
    token({ expires_in: null }),
    { accessToken: 'issued-access-token', expiresIn: undefined, expiresAt: undefined },
  ],
  [
    'no lifetime',
    token({ expires_in: undefined }),
    { accessToken: 'issued-access-token', expiresIn: undefined, expiresAt: undefined },
  ],
  ...[
    '-1',
    '-0.5',
    '0.5',
    '3600.5',
    '1e400',
    '-1e400',
    '9007199254740992',
    '1e308',
    '1e21',
    'true',
    'false',
    '[]',
    '[3600]',
    '{}',
  ].map((text): Case => [`a lifetime of ${text}`, lifetime(text), member('expires_in')]),
  ...[
    '',
    ' ',
    '-1',
    '+1',
    '0.5',
    '1e3',
    '0x10',
    ' 3600',
    '3600 ',
    '3600s',
    '3_600',
    '3,600',
    'Infinity',
    'NaN',
    '３６００',
    '1000000000000000',
    '9'.repeat(400),
  ].map((text): Case => [
    `a lifetime of ${JSON.stringify(text.slice(0, 20))}`,
    token({ expires_in: text }),
    member('expires_in'),
  ]),
  ...['NaN', 'Infinity', '0x10', '01', '+1', '.5', '1.'].map((text): Case => [
    `a lifetime of ${text}, which is not JSON`,
    lifetime(text),
    NOT_JSON,
  ]),
]

function lifetime(text: string): Reply {
  return json(`{"access_token":"issued-access-token","token_type":"Bearer","expires_in":${text}}`)
}

const MEMBERS: readonly Case[] = [
  ...[null, '', ' ', '\uFEFF', 1, true, [], {}, ['a']].map((value): Case => [
    `the token ${JSON.stringify(value)}`,
    token({ access_token: value }),
    member('access_token'),
  ]),
  ...[1, {}, [], false].flatMap((value): Case[] =>
    ['token_type', 'issued_token_type', 'scope', 'id_token', 'refresh_token'].map((field) => [
      `the member ${field} as ${JSON.stringify(value)}`,
      token({ [field]: value }),
      member(field),
    ]),
  ),
  ['no token type', token({ token_type: undefined }), invalid('unexpected', { field: 'token_type' })],
  ['the token type N_A', token({ token_type: 'N_A' }), invalid('unexpected', { field: 'token_type' })],
  ['no issued type', token({ issued_token_type: undefined }), SUCCESS],
  ['optional members that are null', token({ scope: null, id_token: null, refresh_token: null, error: null }), SUCCESS],
]

/** Statuses whose answers have a body, and are no redirect. */
const STATUSES = [
  ...[200, 201, 202, 203, 206, 207, 226, 299, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414],
  ...[
    415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508,
  ],
  ...[511, 520, 599, 600, 700, 999],
]

const STATUS_CODES: readonly Case[] = [
  ...STATUSES.map((code): Case => [
    `an OAuth error with status ${code}`,
    json({ error: 'invalid_request', error_description: SECRET }, code),
    refused('invalid_request', code, { errorDescription: SECRET }),
  ]),
  ...STATUSES.filter((code) => code !== 200).map((code): Case => [
    `a token with status ${code}`,
    json(TOKEN, code),
    status(code),
  ]),
  ['status 204', raw('HTTP/1.1 204 No Content', CLOSE, ''), status(204)],
  ['status 204 with a body', raw('HTTP/1.1 204 No Content', CLOSE, TOKEN), status(204)],
  ['status 205 with a token', json(TOKEN, 205), status(205)],
  ...['0', '00', '000', '01', '20', '099', '99', '1000', '2000', '-200', '+200', '2OO', 'abc', '200.0', '２００'].map(
    (text): Case => [`the status ${text}`, json(TOKEN, text), NETWORK],
  ),
]

const ERRORS: readonly Case[] = [
  ...[{}, [], ['invalid_grant'], { code: SECRET }, 1, true, false].flatMap((error): Case[] => [
    [`the error ${JSON.stringify(error)}`, json({ error }, 400), status(400)],
    [`the error ${JSON.stringify(error)} with status 200`, token({ error }), member('error')],
  ]),
  ['an error next to a token', token({ error: 'invalid_grant' }), refused('invalid_grant', 200)],
  ['a blank error', json({ error: '' }, 400), refused('', 400)],
  ['a blank error next to a token', token({ error: '' }), refused('', 200)],
  ['the error null', json({ error: null }, 400), status(400)],
  [
    'an error that is a token',
    json({ error: `eyJ${SECRET}.${'a'.repeat(500)}` }, 400),
    refused(`eyJ${SECRET}.${'a'.repeat(500)}`, 400),
  ],
  [
    'an error of several lines',
    json({ error: `a\r\nSet-Cookie: ${SECRET}` }, 400),
    refused(`a\r\nSet-Cookie: ${SECRET}`, 400),
  ],
  [
    'tokens in the description',
    json({ error: 'a', error_description: `token ${SECRET}` }, 400),
    refused('a', 400, { errorDescription: `token ${SECRET}` }),
  ],
  [
    'a description that is an object',
    json({ error: 'a', error_description: { a: SECRET }, error_uri: [], mfa_token: 1 }, 403),
    refused('a', 403),
  ],
  ['an HTML error', framed(403, ['Content-Type: text/html'], `<h1>${SECRET}`), status(403)],
  ['a nested error', json({ errors: [{ error: SECRET }], message: SECRET }, 400), status(400)],
  ['setactor_required', json({ error: 'setactor_required' }, 400), { code: 'setactor_required', status: 400 }],
  [
    'session_transfer_disabled with status 200',
    json({ error: 'session_transfer_disabled' }),
    { code: 'session_transfer_disabled' },
  ],
]

const HEADERS: readonly Case[] = [
  ...['0', '1', '999999999'].map((text): Case => [
    `Retry-After: ${text}`,
    json('', 429, [`Retry-After: ${text}`]),
    { ...status(429), retryAfter: Number(text) },
  ]),
  ...['', 'soon', '1e3x', '9'.repeat(30), 'NaN', 'Infinity', '0x10', '\xff'].map((text): Case => [
    `Retry-After: ${text.slice(0, 12)}`,
    json('', 503, [`Retry-After: ${text}`]),
    { ...status(503), retryAfter: undefined },
  ]),
  [
    'Retry-After as a date',
    json('', 503, ['Date: Fri, 13 Nov 2026 08:00:00 GMT', 'Retry-After: Fri, 13 Nov 2026 08:00:07 GMT']),
    { ...status(503), retryAfter: 7 },
  ],
  [
    'Retry-After as a date that is over',
    json('', 503, ['Date: Fri, 13 Nov 2026 08:00:00 GMT', 'Retry-After: Fri, 13 Nov 2026 07:00:00 GMT']),
    { ...status(503), retryAfter: 0 },
  ],
  [
    'Retry-After next to a Date that is none',
    json('', 503, [`Date: ${SECRET}`, 'Retry-After: Fri, 13 Nov 2026 08:00:07 GMT']),
    { ...status(503), retryAfter: undefined },
  ],
  [
    'a rate limit',
    json('', 429, ['X-RateLimit-Limit: 10', 'X-RateLimit-Remaining: 0', 'X-RateLimit-Reset: 1']),
    { rateLimit: { limit: 10, remaining: 0, resetAt: 1 } },
  ],
  [
    'a rate limit that is none',
    json('', 429, ['X-RateLimit-Limit: -1', 'X-RateLimit-Remaining: 1e9', `X-RateLimit-Reset: ${SECRET}`]),
    { ...status(429), rateLimit: undefined },
  ],
  [
    'a rate limit, twice',
    json('', 429, ['X-RateLimit-Limit: 1', 'X-RateLimit-Limit: 2']),
    { ...status(429), rateLimit: undefined },
  ],
  ['1,000 challenges', json('{"error":"a"}', 401, Array<string>(1000).fill('WWW-Authenticate: a')), NETWORK],
  [
    'a long challenge',
    json('{"error":"a"}', 401, [`WWW-Authenticate: Bearer error="${'a'.repeat(8000)}"`]),
    refused('a', 401),
  ],
  ['a challenge for Basic', json('', 401, ['WWW-Authenticate: Basic realm="a"']), status(401)],
  // The fetch standard takes it for a broken network.
  [
    'a challenge of a proxy',
    json('', 407, ['Proxy-Authenticate: Basic realm="a"']),
    { global: NETWORK, node: status(407) },
  ],
  ['a refusal with status 407', json({ error: 'a' }, 407), { global: NETWORK, node: refused('a', 407) }],
  ['a DPoP nonce that nobody asked for', json(TOKEN, 200, [`DPoP-Nonce: ${SECRET}`]), SUCCESS],
  [
    'a DPoP nonce for a call without a proof',
    json({ error: 'use_dpop_nonce' }, 400, ['DPoP-Nonce: a']),
    refused('use_dpop_nonce', 400),
  ],
  ['cookies', json(TOKEN, 200, Array<string>(100).fill(`Set-Cookie: a=${SECRET}`)), SUCCESS],
  ['10,000 headers', json(TOKEN, 200, Array<string>(10_000).fill('a: b')), NETWORK],
  ['a header of one megabyte', json(TOKEN, 200, [`a: ${'b'.repeat(1_000_000)}`]), NETWORK],
  ['a header without end', trickled(start(`${OK}\r\na: `, endless('b'.repeat(65_536))), 0), NETWORK],
  ['headers without end', trickled(start(`${OK}\r\n`, endless('a: b\r\n'.repeat(1000))), 0), NETWORK],
  ['NUL in a header', raw(OK, CLOSE, `a: b\0${SECRET}`, TOKEN), NETWORK],
  ['NUL in the name of a header', raw(OK, CLOSE, `a\0: b`, TOKEN), NETWORK],
  ['a carriage return in a header', raw(OK, CLOSE, `a: b\rc: ${SECRET}`, TOKEN), NETWORK],
  ['a header without a colon', raw(OK, CLOSE, SECRET, TOKEN), NETWORK],
  ['a header without a name', raw(OK, CLOSE, ': a', TOKEN), [NETWORK, SUCCESS]],
  ['a blank before the colon', raw(OK, CLOSE, 'a : b', TOKEN), [NETWORK, SUCCESS]],
  ['a header over two lines', raw(OK, CLOSE, 'a: b\r\n c', TOKEN), [NETWORK, SUCCESS]],
]

const FRAMING: readonly Case[] = [
  ['no status line', raw('Content-Type: application/json', TOKEN), NETWORK],
  ['HTTP/0.9: a body alone', TOKEN, NETWORK],
  ['one byte', 'H', NETWORK],
  ['line ends alone', '\r\n\r\n\r\n\r\n', NETWORK],
  ['a preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', NETWORK],
  ['a TLS alert', Buffer.from([0x15, 3, 1, 0, 2, 2, 70]), NETWORK],
  ['a request', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', NETWORK],
  ['another protocol', raw('ICY 200 OK', CLOSE, TOKEN), NETWORK],
  ['another version', raw('HTTP/3.7 200 OK', CLOSE, TOKEN), NETWORK],
  ['a status line in lower case', raw('http/1.1 200 OK', CLOSE, TOKEN), NETWORK],
  ['a status line without a reason', raw('HTTP/1.1 200', CLOSE, TOKEN), SUCCESS],
  ['a status line of one megabyte', raw(`${OK}${'K'.repeat(1_000_000)}`, CLOSE, TOKEN), SUCCESS],
  ['HTTP/1.0', raw('HTTP/1.0 200 OK', 'Content-Type: application/json', TOKEN), SUCCESS],
  ['line feeds alone', `${OK}\n${CLOSE}\n\n${TOKEN}`, NETWORK],
  ['a body that ends with the connection', raw(OK, CLOSE, TOKEN), SUCCESS],
  ['a content length that is too long', raw(OK, `Content-Length: ${TOKEN.length + 1}`, TOKEN), NETWORK],
  ['a content length that is too short', raw(OK, `Content-Length: ${TOKEN.length - 1}`, TOKEN), NOT_JSON],
  ['a content length of 0', raw(OK, 'Content-Length: 0', TOKEN), NOT_JSON],
  ['a content length that is negative', raw(OK, 'Content-Length: -1', TOKEN), NETWORK],
  ['a content length that is no number', raw(OK, 'Content-Length: 0x10', TOKEN), NETWORK],
  ['a content length that overflows', raw(OK, `Content-Length: ${'9'.repeat(30)}`, TOKEN), NETWORK],
  ['two content lengths', raw(OK, 'Content-Length: 1', `Content-Length: ${TOKEN.length}`, TOKEN), NETWORK],
  ['a content length and chunks', raw(OK, 'Content-Length: 5', CHUNKED, CLOSE, `${chunk(TOKEN)}0\r\n\r\n`), NETWORK],
  [
    'another answer after the answer',
    raw(OK, `Content-Length: ${TOKEN.length}`, `${TOKEN}${raw(OK, 'Content-Length: 2', '{}')}`),
    SUCCESS,
  ],
  ['chunks', raw(OK, CHUNKED, CLOSE, `${Array.from(TOKEN, chunk).join('')}0\r\n\r\n`), SUCCESS],
  [
    'chunks with extensions',
    raw(OK, CHUNKED, CLOSE, `${TOKEN.length.toString(16)};a="b"\r\n${TOKEN}\r\n0\r\n\r\n`),
    SUCCESS,
  ],
  [
    'an extension of one megabyte',
    raw(OK, CHUNKED, CLOSE, `${TOKEN.length.toString(16)};a=${'b'.repeat(1_000_000)}\r\n${TOKEN}\r\n0\r\n\r\n`),
    [NETWORK, SUCCESS],
  ],
  ['chunks with a trailer', raw(OK, CHUNKED, CLOSE, `${chunk(TOKEN)}0\r\nRetry-After: 1\r\n\r\n`), SUCCESS],
  [
    'a trailer of one megabyte',
    raw(OK, CHUNKED, CLOSE, `${chunk(TOKEN)}0\r\na: ${'b'.repeat(1_000_000)}\r\n\r\n`),
    NETWORK,
  ],
  ['chunks without the last one', raw(OK, CHUNKED, chunk(TOKEN)), NETWORK],
  ['a chunk that is cut', raw(OK, CHUNKED, chunk(TOKEN).slice(0, 20)), NETWORK],
  ['a chunk size that is no number', raw(OK, CHUNKED, `zz\r\n${TOKEN}\r\n0\r\n\r\n`), NETWORK],
  ['a chunk size that is negative', raw(OK, CHUNKED, `-1\r\n${TOKEN}\r\n0\r\n\r\n`), NETWORK],
  ['a chunk size that overflows', raw(OK, CHUNKED, `${'f'.repeat(17)}\r\n${TOKEN}\r\n0\r\n\r\n`), NETWORK],
  ['a chunk that is longer than its size', raw(OK, CHUNKED, `1\r\n${TOKEN}\r\n0\r\n\r\n`), NETWORK],
  ['an unknown transfer coding', raw(OK, 'Transfer-Encoding: a', CLOSE, TOKEN), SUCCESS],
  [
    'chunks that are said twice',
    raw(OK, 'Transfer-Encoding: chunked, chunked', CLOSE, `${chunk(TOKEN)}0\r\n\r\n`),
    SUCCESS,
  ],
]

const BOMB = Buffer.from(padded(TOKEN, 50 * MEBIBYTE))

/** The Node fetch asks for no coding and undoes none, so that what is coded is not JSON. */
const CODINGS: readonly Case[] = [
  coded('gzip', gzipSync(TOKEN), SUCCESS),
  coded('x-gzip', gzipSync(TOKEN), SUCCESS),
  coded('deflate', deflateSync(TOKEN), SUCCESS),
  coded('br', brotliCompressSync(TOKEN), SUCCESS),
  coded('gzip, gzip', gzipSync(gzipSync(TOKEN)), SUCCESS),
  ['an unknown coding', framed(200, ['Content-Encoding: a'], TOKEN), SUCCESS],
  ['gzip that is none', framed(200, ['Content-Encoding: gzip'], TOKEN), { global: NETWORK, node: SUCCESS }],
  coded('gzip', gzipSync(TOKEN).subarray(0, 40), [NETWORK, NOT_JSON], 'gzip that is cut'),
  coded('gzip', gzipSync(BOMB), TOO_LARGE, 'a bomb of gzip'),
  coded('br', brotliCompressSync(BOMB), TOO_LARGE, 'a bomb of br'),
  coded('gzip, gzip', gzipSync(gzipSync(BOMB)), TOO_LARGE, 'a bomb in a bomb'),
  coded('gzip', gzipSync(padded(TOKEN, MEBIBYTE)), SUCCESS, 'one mebibyte under gzip'),
  coded('gzip', gzipSync(padded(TOKEN, MEBIBYTE + 1)), TOO_LARGE, 'one byte more under gzip'),
  [
    '100 codings',
    framed(200, [`Content-Encoding: ${Array<string>(100).fill('gzip').join(', ')}`], TOKEN),
    { global: NETWORK, node: SUCCESS },
  ],
]

function coded(coding: string, body: Buffer, global: Expectation, name = coding): Case {
  return [name, framed(200, [`Content-Encoding: ${coding}`], body), { global, node: NOT_JSON }]
}

const INTERIM: readonly Case[] = [
  ['200 after 102', raw('HTTP/1.1 102 Processing\r\n', OK, CLOSE, TOKEN), SUCCESS],
  ['200 after 103', raw('HTTP/1.1 103 Early Hints', 'Link: </a>; rel=preload\r\n', OK, CLOSE, TOKEN), SUCCESS],
  ['200 after 199', raw('HTTP/1.1 199 x\r\n', OK, CLOSE, TOKEN), SUCCESS],
  ['200 after 1,000 early hints', raw('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000) + OK, CLOSE, TOKEN), SUCCESS],
  ['200 after 100', raw('HTTP/1.1 100 Continue\r\n', OK, CLOSE, TOKEN), NETWORK],
  ['100 without end', trickled(endless('HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)), 0), NETWORK],
  ['103 without end', trickled(endless('HTTP/1.1 103 Early Hints\r\n\r\n'), 5), TIMEOUT],
  [
    'another protocol instead of an answer',
    raw('HTTP/1.1 101 Switching Protocols', 'Connection: upgrade', 'Upgrade: a', TOKEN),
    NETWORK,
  ],
  ['103 alone', raw('HTTP/1.1 103 Early Hints', ''), NETWORK],
]

const TIMING: readonly Case[] = [
  ['silence', silent(), TIMEOUT],
  ['silence after the status', silent(`${OK}\r\n`), TIMEOUT],
  ['silence after the headers', silent(raw(OK, 'Content-Length: 100', '')), TIMEOUT],
  ['silence in the body', silent(raw(OK, 'Content-Length: 100', '{"access_token":')), TIMEOUT],
  ['silence in a chunk', silent(raw(OK, CHUNKED, 'ff\r\n{')), TIMEOUT],
  ['slow headers', trickled(Array.from(raw(OK, `a: ${'b'.repeat(500)}`, '')), 5), TIMEOUT],
  ['headers one after the other', trickled(start(`${OK}\r\n`, endless('a: b\r\n')), 5), TIMEOUT],
  ['a slow body', trickled(start(raw(OK, CHUNKED, ''), endless(chunk(' '))), 5), TIMEOUT],
  ['a slow redirect', trickled(start(raw('HTTP/1.1 302 x', CHUNKED, ''), endless(chunk(' '))), 5), invalid('redirect')],
  ['a slow error', trickled(start(raw('HTTP/1.1 500 x', CHUNKED, ''), endless(chunk(' '))), 5), TIMEOUT],
  [
    'a whole answer in single bytes',
    trickled(Array.from(raw(OK, `Content-Length: ${TOKEN.length}`, TOKEN)), 0),
    SUCCESS,
  ],
  ['an end instead of an answer', '', NETWORK],
  ['an end in the status', 'HTTP/1.1 2', NETWORK],
  ['an end in the headers', `${OK}\r\nContent-Le`, NETWORK],
  ['an end in the body', raw(OK, 'Content-Length: 100', '{"access_token":'), NETWORK],
  ['a reset instead of an answer', reset(), NETWORK],
  ['a reset in the status', reset('HTTP/1.1 2'), NETWORK],
  ['a reset after the headers', reset(raw(OK, 'Content-Length: 100', '')), NETWORK],
  ['a reset in the body', reset(raw(OK, 'Content-Length: 100', '{"access_token":')), NETWORK],
  ['a reset in a chunk', reset(raw(OK, CHUNKED, 'ff\r\n{')), NETWORK],
  ['a reset in a body without a length', reset(raw(OK, CLOSE, '{"access_token":')), [NETWORK, NOT_JSON]],
]

/** What the token endpoint answers, whoever else there is. */
export const TOKEN_CASES: readonly Case[] = [
  ...CONTENT_TYPES,
  ...BODIES,
  ...PROTOTYPES,
  ...LIFETIMES,
  ...MEMBERS,
  ...STATUS_CODES,
  ...ERRORS,
  ...HEADERS,
  ...FRAMING,
  ...CODINGS,
  ...INTERIM,
  ...TIMING,
]

/** What leads away, to `other`. Nothing of it may be followed. */
export function leadsTo(other: string): readonly Case[] {
  const locations = [
    `${other}/steal`,
    `//${new URL(other).host}/steal`,
    'https://tenant.example.com:1/',
    'http://tenant.example.com:1/',
    'file:///etc/passwd',
    'data:application/json,{"access_token":"a","token_type":"Bearer"}',
    'javascript:alert(1)',
    '/oauth/token',
    '',
    'http://[',
    '\xff',
  ]
  return [
    ...[300, 301, 302, 303, 304, 305, 306, 307, 308, 399].flatMap((code): Case[] => [
      [
        `status ${code} to another origin`,
        framed(code, [`Location: ${other}/steal`], TOKEN),
        invalid('redirect', { status: code }),
      ],
      [`status ${code} without a location`, framed(code, [], '{"error":"a"}'), invalid('redirect', { status: code })],
    ]),
    ...locations.map((location): Case => [
      `a redirect to ${JSON.stringify(location)}`,
      framed(307, [`Location: ${location}`]),
      invalid('redirect', { status: 307 }),
    ]),
    ['two locations', framed(308, ['Location: /a', `Location: ${other}/steal`]), invalid('redirect')],
    ['a token with a location', json(TOKEN, 200, [`Location: ${other}`, `Content-Location: ${other}`]), SUCCESS],
    ['status 201 with a location', json(TOKEN, 201, [`Location: ${other}`]), status(201)],
    ['a refresh', json(TOKEN, 200, [`Refresh: 0; url=${other}`]), SUCCESS],
    [
      'links and alternatives',
      json(TOKEN, 200, [`Link: <${other}>; rel=preload`, `Alt-Svc: http/1.1="${new URL(other).host}"`]),
      SUCCESS,
    ],
    [
      'early hints',
      raw('HTTP/1.1 103 Early Hints', `Link: <${other}/steal>; rel=preload; as=fetch\r\n`, OK, CLOSE, TOKEN),
      SUCCESS,
    ],
    ['a page that leads on', json(`<meta http-equiv="refresh" content="0; url=${other}">`, 200), NOT_JSON],
    ['an interim redirect', raw('HTTP/1.1 103 x', `Location: ${other}/steal\r\n`, OK, CLOSE, TOKEN), SUCCESS],
    [
      'an error page elsewhere',
      json({ error: 'a', error_uri: `${other}/steal` }, 400),
      refused('a', 400, { errorUri: `${other}/steal` }),
    ],
  ]
}
