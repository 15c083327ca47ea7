import { NETWORK, REDIRECT, TIMEOUT, TOO_LARGE, type Case, type Expected } from './case.js'
import { framed, json, raw, reset, silent, trickled, type Program } from './server.js'

function malformed(status = 200): Expected {
  return { code: 'invalid_metadata', reason: 'malformed', status }
}

/** No token is sent there. */
const INSECURE = [
  'http://tenant.example.com/oauth/token',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'data:application/json,{}',
  'javascript:alert(1)',
  '//tenant.example.com/oauth/token',
  '/oauth/token',
  'oauth/token',
  'http://[',
]

/** Metadata of the server itself, with `members` changed. */
function own(members: Expected): Program {
  return (socket, origin) => {
    const metadata = { issuer: `${origin}/`, token_endpoint: `${origin}/oauth/token`, jwks_uri: `${origin}/jwks` }
    json({ ...metadata, ...members })(socket, origin)
  }
}

/** What discovery answers; `other` is an origin that nobody may call. */
export function discoveryCases(other: string): readonly Case[] {
  const metadata = { issuer: `${other}/`, token_endpoint: `${other}/oauth/token`, jwks_uri: `${other}/jwks` }
  return [
    ['no JSON', json('canary'), malformed()],
    ['an empty body', json(''), malformed()],
    ['null', json('null'), malformed()],
    ['an array', json([metadata]), malformed()],
    ['an empty object', json('{}'), malformed()],
    ['the metadata of another issuer', json(metadata), { code: 'invalid_metadata', reason: 'issuer' }],
    ...[201, 400, 404, 500, 503, 999].map((status): Case => [
      `status ${status}`,
      json(metadata, status),
      malformed(status),
    ]),
    ['status 204', raw('HTTP/1.1 204 x', 'Connection: close', ''), malformed(204)],
    ...[300, 301, 302, 303, 304, 305, 307, 308].map((status): Case => [
      `a redirect with status ${status}`,
      framed(status, [`Location: ${other}/`]),
      REDIRECT,
    ]),
    ...['file:///etc/passwd', 'data:application/json,{}', 'http://tenant.example.com:1/', ''].map((location): Case => [
      `a redirect to "${location}"`,
      framed(302, [`Location: ${location}`]),
      REDIRECT,
    ]),
    ...['issuer', 'token_endpoint', 'jwks_uri'].flatMap((name) =>
      [null, 1, [], {}, ''].map((value): Case => [
        `the member ${name} as ${JSON.stringify(value)}`,
        json({ ...metadata, [name]: value }),
        { code: 'invalid_metadata' },
      ]),
    ),
    ...INSECURE.flatMap((url): Case[] => [
      [`the token endpoint ${url}`, own({ token_endpoint: url }), { code: 'invalid_metadata' }],
      [`the key set ${url}`, own({ jwks_uri: url }), { code: 'invalid_metadata' }],
      [`the user info endpoint ${url}`, own({ userinfo_endpoint: url }), { code: 'invalid_metadata' }],
    ]),
    ['an unknown member', own({ a: 1 }), { accessToken: 'issued-access-token' }],
    ...['__proto__', 'constructor', 'toString'].flatMap((name): Case[] => [
      [`the issuer ${name}`, json({ ...metadata, issuer: name }), { code: 'invalid_metadata' }],
      [`the member ${name}`, json(`{"${name}":${JSON.stringify(metadata)}}`), malformed()],
    ]),
    ['100,000 levels', json(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), malformed()],
    ['two mebibytes', json(' '.repeat(2 ** 21)), TOO_LARGE],
    ['silence', silent(), TIMEOUT],
    ['a slow body', trickled(Array.from(raw('HTTP/1.1 200 x', `Content-Length: 1000`, ' '.repeat(1000))), 5), TIMEOUT],
    ['a reset', reset(), NETWORK],
    ['no HTTP', 'canary', NETWORK],
    ['an end in the body', raw('HTTP/1.1 200 x', 'Content-Length: 100', '{'), NETWORK],
  ]
}
