import { NETWORK, REDIRECT, TIMEOUT, TOO_LARGE, type Case, type Expected } from './case.js'
import { framed, json, raw, reset, silent, trickled } from './server.js'

const UNAVAILABLE: Expected = { code: 'verification_failed', reason: 'keys_unavailable' }
const NO_KEY: Expected = { code: 'verification_failed', reason: 'key' }

/** What the key set endpoint answers while a token is verified; `other` is an origin that nobody may call. */
export function keyCases(other: string): readonly Case[] {
  const stranger = { kty: 'EC', crv: 'P-256', kid: 'a', alg: 'ES256', x: 'canary', y: 'canary', x5u: other, jku: other }
  return [
    ['no key', json({ keys: [] }), NO_KEY],
    ['the key of somebody else', json({ keys: [{ ...stranger, kid: 'b' }] }), NO_KEY],
    ['a key that is none', json({ keys: [stranger] }), UNAVAILABLE],
    ['a key that is a URL', json({ keys: [other] }), UNAVAILABLE],
    ['keys that are an object', json({ keys: {} }), UNAVAILABLE],
    ['an array', json([]), UNAVAILABLE],
    ['null', json('null'), UNAVAILABLE],
    ['no JSON', json('canary'), UNAVAILABLE],
    ['an empty body', json(''), UNAVAILABLE],
    ['100,000 levels', json(`{"keys":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), UNAVAILABLE],
    ['the member __proto__', json(`{"__proto__":{"keys":[]}}`), UNAVAILABLE],
    [
      'keys of kinds that are names of a prototype',
      json({ keys: [{ kty: '__proto__', kid: 'a' }, { kty: 'constructor' }] }),
      NO_KEY,
    ],
    ['a symmetric key', json({ keys: [{ kty: 'oct', kid: 'a', k: 'canary', alg: 'ES256' }] }), NO_KEY],
    ...[201, 204, 205, 400, 404, 500, 503, 600, 999].map((status): Case => [
      `status ${status}`,
      raw(`HTTP/1.1 ${status} x`, 'Connection: close', ''),
      UNAVAILABLE,
    ]),
    ...[300, 301, 302, 303, 304, 307, 308].map((status): Case => [
      `a redirect with status ${status}`,
      framed(status, [`Location: ${other}/jwks`]),
      REDIRECT,
    ]),
    ...['file:///etc/passwd', 'data:application/json,{"keys":[]}', 'http://tenant.example.com:1/'].map(
      (location): Case => [`a redirect to ${location}`, framed(302, [`Location: ${location}`]), REDIRECT],
    ),
    ['two mebibytes', json(' '.repeat(2 ** 21)), TOO_LARGE],
    ['silence', silent(), TIMEOUT],
    ['a slow body', trickled(Array.from(raw('HTTP/1.1 200 x', `Content-Length: 1000`, ' '.repeat(1000))), 5), TIMEOUT],
    ['a reset', reset(), NETWORK],
    ['no HTTP', 'canary', NETWORK],
  ]
}
