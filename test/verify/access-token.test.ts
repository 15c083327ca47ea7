import { describe, expect, it } from 'vitest'
import { TokenExchangeClient, clientSecretPost } from '../../src/index.js'
import { thrownBy } from '../support/scripted-server.js'
import {
  API,
  CLAIMS,
  DOMAIN,
  ISSUER,
  NOW,
  OTHER_ALGORITHMS,
  RSA_ALGORITHMS,
  createKey,
  encoded,
  keyOf,
  setting,
  sign,
} from './support.js'

/** What a token says instead of `CLAIMS`, and the reason and field of its refusal, or null when it holds. */
type ClaimRow = readonly [rule: string, changes: object, refusal: readonly [reason: string, field: string] | null]

const missing = (name: string): ClaimRow => [`${name} is missing`, { [name]: undefined }, ['claim', name]]
const unfit = (name: string, ...values: readonly unknown[]): ClaimRow[] =>
  values.map((value) => [`${name} is ${JSON.stringify(value)}`, { [name]: value }, ['claim', name]])

const CLAIM_ROWS: readonly ClaimRow[] = [
  ['nothing is changed', {}, null],

  missing('iss'),
  ...unfit('iss', null, 7, '', [ISSUER], 'https://evil.example.com/', `${ISSUER}x`, ISSUER.toUpperCase()),
  // The metadata has the slash, and it decides.
  ...unfit('iss', ISSUER.slice(0, -1), `${ISSUER}/`, ISSUER.replace('https', 'http'), ` ${ISSUER}`),

  missing('aud'),
  ...unfit('aud', null, 7, '', [], {}, `${API}/`, API.toUpperCase(), [`${API}/`, 'https://calendar.example.com']),
  ...unfit('aud', [API, 7], [[API]]),
  ['aud names this API among others', { aud: ['https://calendar.example.com', API] }, null],

  missing('sub'),
  ...unfit('sub', null, 7, '', ' ', ['auth0|alice']),

  missing('exp'),
  ...unfit('exp', null, String(NOW + 3600), [NOW + 3600], true),
  ['exp is now', { exp: NOW }, null],
  ['exp is just within the tolerance', { exp: NOW - 4 }, null],
  ['exp is at the end of the tolerance', { exp: NOW - 5 }, ['expired', 'exp']],
  ['exp is long ago', { exp: 0 }, ['expired', 'exp']],
  ['exp is negative', { exp: -NOW }, ['expired', 'exp']],

  missing('iat'),
  ...unfit('iat', null, String(NOW), [NOW], NOW + 6, NOW + 3600),
  ['iat is as far ahead as clocks may be apart', { iat: NOW + 5 }, null],
  ['iat is long ago', { iat: 0 }, null],

  ...unfit('nbf', null, String(NOW - 10), NOW + 6),
  ['nbf is as far ahead as clocks may be apart', { nbf: NOW + 5 }, null],
  ['nbf is past', { nbf: NOW - 10 }, null],

  ...unfit('scope', null, 7, ['read:data']),
  ...unfit('azp', 7),
  ...unfit('client_id', ['spa']),
  ...unfit('jti', 7),
  ...unfit('cnf', 'canary', 7, [], [{ jkt: 'canary' }]),
  ['cnf is null', { cnf: null }, null],
  ['cnf binds to a certificate, which is for the server of TLS to check', { cnf: { 'x5t#S256': 'a' } }, null],
]

const DIFFERENT_TYPES: readonly (readonly [typ: unknown, holds: boolean])[] = [
  [undefined, true],
  ['JWT', true],
  ['jwt', true],
  ['at+jwt', true],
  ['AT+JWT', true],
  ['application/at+jwt', true],
  ['', false],
  [null, false],
  [7, false],
  [['JWT'], false],
  ['application/jwt', false],
  ['id_token+jwt', false],
  ['dpop+jwt', false],
  ['logout+jwt', false],
  ['at+jwt ', false],
]

const es256 = await keyOf('ES256')
const verify = (token: string, config = {}): Promise<unknown> => setting([es256], config).verifier.verify(token)
const refused = (reason: string, field?: string): object => ({
  code: 'verification_failed',
  kind: 'verification',
  reason,
  ...(field === undefined ? {} : { field }),
})

describe('the claims of an access token', () => {
  it.each(CLAIM_ROWS)('%s', async (_rule, changes, refusal) => {
    const claims = { ...CLAIMS, ...changes }
    const call = verify(await sign(claims, es256, { kid: 'ES256' }))
    if (refusal) expect(await thrownBy(call)).toMatchObject(refused(...refusal))
    else expect(await call).toMatchObject({ claims: JSON.parse(JSON.stringify(claims)) as object })
  })

  it.each([
    ['an end that never comes', `{"exp":1e999}`, 'exp'],
    ['an issue before all time', `{"iat":-1e999}`, undefined],
    ['the last of two claims of one name', `{"aud":"other"}`, 'aud'],
  ])('%s', async (_rule, more, field) => {
    const text = `${JSON.stringify(CLAIMS).slice(0, -1)},${more.slice(1)}`
    const call = verify(await sign(text, es256, { kid: 'ES256' }))
    if (field === undefined) expect(await call).toBeTruthy()
    else expect(await thrownBy(call)).toMatchObject(refused('claim', field))
  })

  it.each(['null', '[]', '"text"', '7', '', '{', '{"a":"\\ud800'])(
    'a payload that is no object is malformed: %j',
    async (text) => {
      const token = await sign(text, es256, { kid: 'ES256' })
      expect(await thrownBy(verify(token))).toMatchObject(refused('malformed'))
    },
  )

  it.each([
    ['iat', { iat: NOW + 60 }],
    ['nbf', { nbf: NOW + 60 }],
  ])('an %s in the future says so, since it is most often about clocks', async (name, claims) => {
    const token = await sign({ ...CLAIMS, ...claims }, es256, { kid: 'ES256' })
    const message = `The claim ${name} is in the future; are the clocks further apart than the tolerance?`
    expect(await thrownBy(verify(token))).toMatchObject({ ...refused('claim', name), message })
  })

  it.each([
    ['missing', {}],
    ['null', { org_id: null }],
    ['an inherited name', {}, 'toString'],
  ])('a required claim that is %s', async (_rule, changes, name = 'org_id') => {
    const token = await sign({ ...CLAIMS, ...changes }, es256, { kid: 'ES256' })
    expect(await thrownBy(verify(token, { requiredClaims: [name] }))).toMatchObject(refused('claim', name))
    const { verifier } = setting([es256])
    expect(await thrownBy(verifier.verify(token, { requiredClaims: [name] }))).toMatchObject(refused('claim', name))
  })

  it.each<[object, string]>([
    [{ requiredclaims: ['org_id'] }, 'verify has no option "requiredclaims"'],
    [{ requiredClaims: 'sub' }, 'requiredClaims must be a list of names of claims'],
  ])('a call is not made with %j', async (options, message) => {
    const { verifier, urls } = setting([es256])
    const call = verifier.verify(await sign(CLAIMS, es256, { kid: 'ES256' }), options)
    expect([await thrownBy(call), urls]).toEqual([new TypeError(message), []])
  })

  it.each([
    ['none', {}, 'org_id'],
    ['that of the call alone', { org_name: 'acme' }, 'org_id'],
    ['that of the verifier alone', { org_id: 'org_a' }, 'org_name'],
    ['both', { org_id: 'org_a', org_name: 'acme' }, undefined],
  ])('of the verifier and of the call are both required: %s', async (_rule, claims, missing) => {
    const token = await sign({ ...CLAIMS, ...claims }, es256, { kid: 'ES256' })
    const call = setting([es256], { requiredClaims: ['org_id'] }).verifier.verify(token, {
      requiredClaims: ['org_name'],
    })
    if (missing === undefined) expect(await call).toMatchObject({ claims })
    else expect(await thrownBy(call)).toMatchObject(refused('claim', missing))
  })

  it.each([
    [0, NOW, NOW + 1],
    [60, NOW - 60, NOW - 59],
  ])('tolerance is %i s, and exp %i too early, %i not', async (clockToleranceSeconds, early, late) => {
    const at = (exp: number): Promise<string> => sign({ ...CLAIMS, exp }, es256, { kid: 'ES256' })
    expect(await thrownBy(verify(await at(early), { clockToleranceSeconds }))).toMatchObject(refused('expired'))
    expect(await verify(await at(late), { clockToleranceSeconds })).toBeTruthy()
  })
})

describe('the header of an access token', () => {
  it.each(DIFFERENT_TYPES)('typ %j is taken: %j', async (typ, holds) => {
    const call = verify(await sign(CLAIMS, es256, { kid: 'ES256', typ }))
    if (holds) expect(await call).toBeTruthy()
    else expect(await thrownBy(call)).toMatchObject(refused('typ', 'typ'))
  })

  it.each([
    ['at+jwt', { client_id: 'spa', jti: 'a' }, null],
    ['application/at+jwt', { client_id: 'spa', jti: 'a' }, null],
    ['at+jwt', { jti: 'a' }, 'client_id'],
    ['at+jwt', { client_id: 'spa' }, 'jti'],
    ['JWT', { client_id: 'spa', jti: 'a' }, 'typ'],
    [undefined, { client_id: 'spa', jti: 'a' }, 'typ'],
  ])('with the profile rfc9068, typ %j and %j', async (typ, claims, field) => {
    const token = await sign({ ...CLAIMS, azp: undefined, ...claims }, es256, { kid: 'ES256', typ })
    const call = verify(token, { profile: 'rfc9068' })
    if (field === null) expect(await call).toMatchObject({ clientId: 'spa' })
    else expect(await thrownBy(call)).toMatchObject({ field })
  })

  it.each([...RSA_ALGORITHMS, ...OTHER_ALGORITHMS])('%s is taken, and not when another one is wanted', async (alg) => {
    const key = await keyOf(alg)
    const token = await sign(CLAIMS, key, { kid: alg })
    const other = alg === 'ES256' ? 'ES384' : 'ES256'
    expect(await setting([key]).verifier.verify(token)).toBeTruthy()
    expect(await setting([key], { algorithms: [alg] }).verifier.verify(token)).toBeTruthy()
    expect(await thrownBy(setting([key], { algorithms: [other] }).verifier.verify(token))).toMatchObject(
      refused('algorithm'),
    )
  })

  it.each(['HS256', 'HS384', 'HS512'])('%s over a published key is refused, before any request', async (alg) => {
    const { publicJwk } = es256
    const { verifier, urls } = setting([es256])
    for (const secret of [JSON.stringify(publicJwk), Buffer.from(publicJwk.x ?? '', 'base64url').toString('latin1')]) {
      const k = Buffer.from(secret.padEnd(64)).toString('base64url')
      const key = { alg, publicJwk: {}, privateJwk: { kty: 'oct', k } }
      expect(await thrownBy(verifier.verify(await sign(CLAIMS, key, { kid: 'ES256' })))).toMatchObject(
        refused('algorithm'),
      )
    }
    expect(urls).toHaveLength(2)
  })

  it.each(['none', 'None', 'NONE', '', 'ES256K', 'RS1', 'constructor', '__proto__', null, 7, ['ES256']])(
    'alg %j is refused',
    async (alg) => {
      const [, payload = '', signature = ''] = (await sign(CLAIMS, es256, { kid: 'ES256' })).split('.')
      for (const end of [signature, '']) {
        const error = await thrownBy(verify(`${encoded({ alg, kid: 'ES256' })}.${payload}.${end}`))
        expect(error).toMatchObject({ code: 'verification_failed' })
        expect(['algorithm', 'malformed']).toContain((error as { reason: string }).reason)
      }
    },
  )

  it.each<[string, object]>([
    ['nothing more', {}],
    ['an unknown extension that is critical', { crit: ['canary'], canary: 1 }],
    ['an unencoded payload', { crit: ['b64'], b64: false }],
    ['a crit that is empty', { crit: [] }],
    ['a crit that is no list', { crit: 'canary' }],
  ])('%s, and the signature holds', async (_rule, header) => {
    const signed = `${encoded({ alg: 'ES256', kid: 'ES256', ...header })}.${encoded(CLAIMS)}`
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('jwk', es256.privateJwk as JsonWebKey, algorithm, false, ['sign'])
    const signature = Buffer.from(await crypto.subtle.sign(algorithm, key, Buffer.from(signed))).toString('base64url')
    const call = verify(`${signed}.${signature}`)
    if (Object.keys(header).length === 0) expect(await call).toBeTruthy()
    else expect(await thrownBy(call)).toMatchObject(refused('malformed'))
  })

  it.each(['jku', 'x5u', 'jwk', 'x5c'])('%s leads nowhere', async (name) => {
    const stranger = await createKey('ES256')
    const value = { jwk: stranger.publicJwk, x5c: ['canary'] }[name] ?? 'https://evil.example.com/keys'
    const { verifier, urls } = setting([es256])
    for (const kid of ['ES256', 'stranger', undefined]) {
      const error = await thrownBy(verifier.verify(await sign(CLAIMS, stranger, { kid, [name]: value })))
      expect(error).toMatchObject(refused(kid === 'stranger' ? 'key' : 'signature'))
    }
    expect(new Set(urls.map((url) => new URL(url).hostname))).toEqual(new Set([DOMAIN]))
  })
})

describe('a text that is no access token is refused before any request', () => {
  it.each([
    ['opaque', 'malformed'],
    ['a.b', 'malformed'],
    ['a.b.c', 'malformed'],
    ['..', 'malformed'],
    ['a.b.c.d.e', 'malformed'],
    ['', 'blank'],
    [' a.b.c', 'padded'],
    ['Bearer a.b.c', 'scheme'],
    ['a.b\u0000.c', 'control_character'],
  ])('%j', async (token, reason) => {
    const { verifier, urls } = setting([es256])
    expect(await thrownBy(verifier.verify(token))).toMatchObject({ reason })
    expect(urls).toEqual([])
  })
})

describe('what comes back', () => {
  it('has who the token is about, who acts, for which client and for what', async () => {
    const act = { sub: 'mcp-server', act: { sub: 'spa' } }
    const token = await sign({ ...CLAIMS, act, scope: 'read:a  read:b' }, es256, { kid: 'ES256' })
    const verified = await setting([es256]).verifier.verify(token)
    expect(verified).toMatchObject({ act, clientId: 'spa', scopes: ['read:a', 'read:b'], token })
    expect(JSON.stringify(verified)).not.toContain(token)
    expect(() => {
      Object.assign(verified.claims, { aud: 'other' })
    }).toThrow(TypeError)
  })

  it('has no actor, client and scope when the token names none', async () => {
    const token = await sign({ ...CLAIMS, azp: undefined, act: null }, es256, { kid: 'ES256' })
    const verified = await setting([es256]).verifier.verify(token)
    expect(verified).toMatchObject({ act: undefined, clientId: undefined, scopes: [] })
  })

  it.each(['mcp-server', [], {}, { sub: '' }, { sub: 7 }, { act: { sub: 'spa' } }])(
    'a token with a malformed act is refused: %j',
    async (act) => {
      const token = await sign({ ...CLAIMS, act }, es256, { kid: 'ES256' })
      expect(await thrownBy(verify(token))).toMatchObject({ code: 'invalid_act_claim', field: 'act', status: 401 })
    },
  )

  it('is what an on-behalf-of call takes', async () => {
    const { verifier, fetch } = setting([es256])
    const client = new TokenExchangeClient({
      domain: DOMAIN,
      clientId: 'a',
      clientAuthentication: clientSecretPost('s'),
      audience: API,
      now: () => NOW * 1000,
      fetch: (url, init) =>
        init.method === 'POST'
          ? Promise.resolve(Response.json({ access_token: 'b', token_type: 'Bearer' }))
          : fetch(url, init),
    })
    const accessToken = await verifier.verify(await sign(CLAIMS, es256, { kid: 'ES256' }))
    const target = { audience: 'https://calendar.example.com' }
    expect(await thrownBy(client.getTokenOnBehalfOf({ accessToken: { ...accessToken }, ...target }))).toMatchObject({
      reason: 'not_verified',
    })
    expect(await client.getTokenOnBehalfOf({ accessToken, ...target })).toMatchObject({ accessToken: 'b' })
  })
})
