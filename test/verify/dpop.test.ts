import { describe, expect, it } from 'vitest'
import { thrownBy } from '../support/scripted-server.js'
import {
  API,
  CLAIMS,
  NOW,
  OTHER_ALGORITHMS,
  RESOURCE,
  RSA_ALGORITHMS,
  createKey,
  encoded,
  keyOf,
  proof,
  requestWith,
  setting,
  sign,
  thumbprint,
  type Key,
} from './support.js'

const issuer = await keyOf('ES256')
const sender = await createKey('ES256')
const stranger = await createKey('ES256')

const tokenFor = async (key: Key | undefined, claims = {}): Promise<string> =>
  sign({ ...CLAIMS, ...(key && { cnf: { jkt: await thumbprint(key) } }), ...claims }, issuer, { kid: 'ES256' })
const bound = await tokenFor(sender)
const senderJkt = await thumbprint(sender)
const strangerJkt = await thumbprint(stranger)
const plain = await tokenFor(undefined)

const invalidProof = (field: string): object => ({
  code: 'verification_failed',
  kind: 'verification',
  reason: 'invalid_dpop_proof',
  field,
  status: 401,
})

describe('modes, tokens and schemes', () => {
  const HOLDS = null
  it.each<[mode: 'allowed' | 'required' | 'disabled', token: string, shown: string, reason: string | null]>([
    ['allowed', 'plain', 'Bearer', HOLDS],
    ['allowed', 'plain', 'Bearer with a proof', HOLDS],
    ['allowed', 'plain', 'DPoP', 'binding'],
    ['allowed', 'plain', 'DPoP without a proof', 'invalid_dpop_proof'],
    ['allowed', 'bound', 'Bearer', 'binding'],
    ['allowed', 'bound', 'Bearer with a proof', 'binding'],
    ['allowed', 'bound', 'DPoP', HOLDS],
    ['allowed', 'bound', 'DPoP without a proof', 'invalid_dpop_proof'],
    ['required', 'plain', 'Bearer', 'scheme'],
    ['required', 'plain', 'Bearer with a proof', 'scheme'],
    ['required', 'plain', 'DPoP', 'binding'],
    ['required', 'bound', 'Bearer', 'scheme'],
    ['required', 'bound', 'Bearer with a proof', 'scheme'],
    ['required', 'bound', 'DPoP', HOLDS],
    ['required', 'bound', 'DPoP without a proof', 'invalid_dpop_proof'],
    ['disabled', 'plain', 'Bearer', HOLDS],
    ['disabled', 'plain', 'Bearer with a proof', HOLDS],
    ['disabled', 'plain', 'DPoP', 'scheme'],
    ['disabled', 'bound', 'Bearer', 'binding'],
    ['disabled', 'bound', 'Bearer with a proof', 'binding'],
    ['disabled', 'bound', 'DPoP', 'scheme'],
  ])('%s: a %s token as %s gives %s', async (mode, kind, shown, reason) => {
    const token = kind === 'bound' ? bound : plain
    const [scheme = ''] = shown.split(' ')
    const headers = new Headers({ authorization: `${scheme} ${token}` })
    if (shown === 'DPoP' || shown.endsWith('with a proof')) headers.set('dpop', await proof(sender, { token }))
    const { verifier } = setting([issuer], { dpop: { mode } })
    const call = verifier.verifyRequest(new Request(RESOURCE, { headers }))
    if (reason === HOLDS) expect(await call).toMatchObject({ scheme, token })
    else expect(await thrownBy(call)).toMatchObject({ code: 'verification_failed', reason })
  })

  it('allowed is the default, also for a token alone', async () => {
    const { verifier } = setting([issuer])
    const dpop = { proof: await proof(sender, { token: bound }), method: 'GET', url: RESOURCE }
    expect(await verifier.verify(bound, { dpop })).toMatchObject({ token: bound })
    expect(await thrownBy(verifier.verify(bound))).toMatchObject({ reason: 'binding', field: 'cnf' })
    expect(await verifier.verify(plain)).toMatchObject({ token: plain })
  })

  it('required refuses a token alone', async () => {
    const { verifier } = setting([issuer], { dpop: { mode: 'required' } })
    expect(await thrownBy(verifier.verify(bound))).toMatchObject({ reason: 'scheme' })
  })
})

describe('the binding of a token', () => {
  it.each<[string, object]>([
    ['another key', { cnf: { jkt: strangerJkt } }],
    ['another spelling', { cnf: { jkt: `${senderJkt}=` } }],
    ['an empty name', { cnf: { jkt: '' } }],
    ['null', { cnf: { jkt: null } }],
    ['a number', { cnf: { jkt: 7 } }],
    ['a list', { cnf: { jkt: [senderJkt] } }],
    ['no key', { cnf: {} }],
  ])('to %s is not that to the key of the proof', async (_rule, claims) => {
    const token = await tokenFor(undefined, claims)
    const call = setting([issuer]).verifier.verifyRequest(requestWith(token, await proof(sender, { token })))
    expect(await thrownBy(call)).toMatchObject({ reason: 'binding', field: 'cnf' })
  })

  it.each([[''], [null], [7], [{}], [['a']]])('%j as Bearer is refused, too', async (jkt) => {
    const token = await tokenFor(undefined, { cnf: { jkt } })
    for (const mode of ['allowed', 'disabled'] as const) {
      const call = setting([issuer], { dpop: { mode } }).verifier.verifyRequest(requestWith(token))
      expect(await thrownBy(call)).toMatchObject({ reason: 'binding', status: 401 })
    }
  })
})

/** A proof with something else in it, and the field that is wrong, or null when it holds. */
type ProofRow = readonly [rule: string, parts: { claims?: object; header?: object }, field: string | null]

const wrong = (name: string, ...values: readonly unknown[]): ProofRow[] =>
  values.map((value) => [`${name} ${JSON.stringify(value)}`, { claims: { [name]: value } }, name])

const PROOFS: readonly ProofRow[] = [
  ['nothing is changed', {}, null],
  ...wrong('htm', undefined, null, '', 'POST', 'get', 'GET ', ['GET'], 7),
  ...wrong('htu', undefined, null, '', 7, [RESOURCE], 'events', `${RESOURCE}/`, `${API}/Events`, `${API}/events/1`),
  ...wrong('htu', RESOURCE.replace('https', 'http'), 'https://evil.example.com/events', `${API}:8443/events`),
  ...wrong('htu', 'https://user@api.example.com/events', 'https://:canary@api.example.com/events', `${API}/%2Fevents`),
  ...['?a=b', '#c', '?a=b#c'].map((end): ProofRow => [`htu with ${end}`, { claims: { htu: RESOURCE + end } }, null]),
  ...['HTTPS://API.example.com/events', `${API}:443/events`, `${API}/a/../events`, `${API}/%65vent%73`].map(
    (htu): ProofRow => [`htu in another spelling: ${htu}`, { claims: { htu } }, null],
  ),
  ...wrong('iat', undefined, null, String(NOW), NOW - 301, NOW + 31, -NOW, 0),
  ['iat as old as a proof may be', { claims: { iat: NOW - 300 } }, null],
  ['iat as far ahead as a proof may be', { claims: { iat: NOW + 30 } }, null],
  ...wrong('jti', undefined, null, '', ' ', 7, ['a']),
  ...wrong('ath', undefined, null, '', 7, 'canary', plain),
  ['an end that is over', { claims: { exp: NOW - 60 } }, 'exp'],
  ['a beginning that is to come', { claims: { nbf: NOW + 60 } }, 'nbf'],
  ['a nonce that nobody asked for', { claims: { nonce: 'a' } }, null],

  ...[undefined, null, '', 'JWT', 'at+jwt', 'dpop', 7, ['dpop+jwt']].map((typ): ProofRow => [
    `typ ${JSON.stringify(typ)}`,
    { header: { typ } },
    'typ',
  ]),
  ['jwk of another key', { header: { jwk: stranger.publicJwk } }, 'cnf'],
  ...[undefined, null, 'canary', 7, [], {}, { kty: 'EC' }].map((jwk): ProofRow => [
    `jwk ${JSON.stringify(jwk)}`,
    { header: { jwk } },
    'jwk',
  ]),
  ['jwk that is private', { header: { jwk: sender.privateJwk } }, 'jwk'],
  ['jwk with a private member that is null', { header: { jwk: { ...sender.publicJwk, d: null } } }, 'jwk'],
  ['jwk that is a secret', { header: { jwk: { kty: 'oct', k: 'canary' } } }, 'jwk'],
  ['jwk for encryption', { header: { jwk: { ...sender.publicJwk, use: 'enc' } } }, 'signature'],
  ['jwk for another algorithm', { header: { jwk: { ...sender.publicJwk, alg: 'ES384' } } }, 'signature'],
]

describe('a proof', () => {
  it.each(PROOFS)('%s', async (_rule, parts, field) => {
    const { verifier, urls } = setting([issuer])
    const jwt = await proof(sender, { token: bound, ...parts })
    const call = verifier.verifyRequest(requestWith(bound, jwt))
    if (field === null) expect(await call).toMatchObject({ scheme: 'DPoP' })
    else if (field === 'cnf') expect(await thrownBy(call)).toMatchObject({ reason: 'binding', field })
    else expect(await thrownBy(call)).toMatchObject(invalidProof(field))
    expect(urls.every((url) => url.startsWith('https://tenant.example.com/.well-known/'))).toBe(true)
  })

  it.each([...RSA_ALGORITHMS, ...OTHER_ALGORITHMS])(
    'may be signed with %s, and not if that is not wanted',
    async (alg) => {
      const key = await keyOf(alg)
      const token = await tokenFor(key)
      const show = async (algorithms?: readonly [typeof alg]): Promise<unknown> =>
        setting([issuer], { dpop: algorithms ? { algorithms } : {} }).verifier.verifyRequest(
          requestWith(token, await proof(key, { token })),
        )
      const other = alg === 'ES256' ? 'ES384' : 'ES256'
      expect(await show()).toBeTruthy()
      expect(await show([alg])).toBeTruthy()
      expect(await thrownBy(show([other as typeof alg]))).toMatchObject(invalidProof('alg'))
    },
  )

  it.each([
    ['none', ''],
    ['HS256', 'canary'],
  ])('is not signed with %s', async (alg, signature) => {
    const [, payload = ''] = (await proof(sender, { token: bound })).split('.')
    const header = { typ: 'dpop+jwt', alg, jwk: sender.publicJwk }
    const call = setting([issuer]).verifier.verifyRequest(
      requestWith(bound, `${encoded(header)}.${payload}.${signature}`),
    )
    expect(await thrownBy(call)).toMatchObject(invalidProof('alg'))
  })

  it('is not signed by somebody else', async () => {
    const jwt = await proof(stranger, { token: bound, header: { jwk: sender.publicJwk } })
    const call = setting([issuer]).verifier.verifyRequest(requestWith(bound, jwt))
    expect(await thrownBy(call)).toMatchObject(invalidProof('signature'))
  })

  it('comes alone', async () => {
    const request = requestWith(bound, await proof(sender, { token: bound }))
    request.headers.append('dpop', await proof(sender, { token: bound }))
    expect(await thrownBy(setting([issuer]).verifier.verifyRequest(request))).toMatchObject(invalidProof('DPoP'))
  })

  it.each(['', 'a', 'a.b', 'a.b.c', '..', 'e30.e30.', 'bnVsbA.e30.a'])('is a JWT: %j', async (jwt) => {
    const call = setting([issuer]).verifier.verifyRequest(requestWith(bound, jwt))
    expect(await thrownBy(call)).toMatchObject(invalidProof('jwk'))
  })

  it('of another method is for that one', async () => {
    const jwt = await proof(sender, { token: bound, claims: { htm: 'DELETE' } })
    const request = requestWith(bound, jwt, { method: 'DELETE' })
    expect(await setting([issuer]).verifier.verifyRequest(request)).toBeTruthy()
  })

  it('may be as old and as early as is wanted', async () => {
    const show = async (age: number): Promise<unknown> => {
      const jwt = await proof(sender, { token: bound, claims: { iat: NOW - age } })
      const dpop = { maxAgeSeconds: 10, leewaySeconds: 0 }
      return setting([issuer], { dpop }).verifier.verifyRequest(requestWith(bound, jwt))
    }
    for (const age of [0, 10]) expect(await show(age)).toBeTruthy()
    for (const age of [-1, 11]) expect(await thrownBy(show(age))).toMatchObject(invalidProof('iat'))
  })

  it('is not looked at before the token holds', async () => {
    const expired = await tokenFor(sender, { exp: 0 })
    const jwt = await proof(stranger, { token: bound, header: { jwk: sender.publicJwk } })
    const call = setting([issuer]).verifier.verifyRequest(requestWith(expired, jwt))
    expect(await thrownBy(call)).toMatchObject({ reason: 'expired' })
  })
})

describe('behind a proxy', () => {
  it.each<[string, string, string, boolean]>([
    ['https://api.example.com', 'http://10.0.0.1:8080/events?a=b', RESOURCE, true],
    ['https://api.example.com/', 'http://10.0.0.1:8080/events', RESOURCE, true],
    ['https://example.com/calendar', 'http://10.0.0.1:8080/events', 'https://example.com/calendar/events', true],
    ['https://example.com/calendar/', 'http://10.0.0.1:8080/events', 'https://example.com/calendar/events', true],
    ['https://api.example.com', 'http://10.0.0.1/a%2fb%C3%a9.-_~Z9', `${API}/a%2Fb%c3%A9%2E%2D%5f%7E%5A%39`, true],
    ['https://api.example.com', 'http://10.0.0.1/a%2Fb', `${API}/a/b`, false],
    ['https://api.example.com', 'http://10.0.0.1:8080/events', 'http://10.0.0.1:8080/events', false],
    ['https://api.example.com', 'https://evil.example.com/events', 'https://evil.example.com/events', false],
    ['https://api.example.com', 'http://10.0.0.1//evil.example.com/events', 'https://evil.example.com/events', false],
    ['https://example.com/calendar', 'http://10.0.0.1:8080/events', 'https://example.com/events', false],
  ])('at %s, a request to %s is proven by htu %s: %j', async (publicUrl, url, htu, holds) => {
    const jwt = await proof(sender, { token: bound, claims: { htu } })
    const call = setting([issuer], { dpop: { publicUrl } }).verifier.verifyRequest(requestWith(bound, jwt, {}, url))
    if (holds) expect(await call).toBeTruthy()
    else expect(await thrownBy(call)).toMatchObject(invalidProof('htu'))
  })
})
