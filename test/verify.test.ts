import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  TokenExchangeClient,
  clientSecretPost,
  getCurrentActor,
  noClientAuthentication,
  type Fetch,
  type TokenExchangeError,
} from '../src/index.js'
import { ISSUER, METADATA, TOKEN_RESPONSE, thrownBy } from './support/scripted-server.js'

const API = 'https://mcp.example.com'
const CALENDAR = 'https://calendar.example.com'
const NOW = 1_800_000_000
const CLAIMS = { iss: ISSUER, aud: API, sub: 'auth0|alice', azp: 'spa', iat: NOW - 10, exp: NOW + 3600 }

let keys: Awaited<ReturnType<typeof generateKeyPair>>
let jwks: object
beforeAll(async () => {
  keys = await generateKeyPair('ES256')
  jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' }] }
})

const sign = (claims: JWTPayload, header: object = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(keys.privateKey)

function tenant(keysAnswer: () => Response = () => Response.json(jwks)) {
  const posts: string[] = []
  const urls: string[] = []
  const fetch: Fetch = (url, init) => {
    urls.push(url)
    if (url === METADATA.jwks_uri) return Promise.resolve(keysAnswer())
    if (init.method !== 'POST') return Promise.resolve(Response.json(METADATA))
    posts.push(init.body as string)
    return Promise.resolve(Response.json(TOKEN_RESPONSE))
  }
  let now = NOW
  const client = new TokenExchangeClient({
    domain: 'tenant.example.com',
    clientId: 'mcp-server',
    clientAuthentication: clientSecretPost('s'),
    audience: API,
    fetch,
    now: () => now * 1000,
  })
  return { client, posts, urls, setTime: (time: number) => (now = time) }
}

describe('an access token that holds', () => {
  it.each<[string, JWTPayload, object]>([
    ['for this API', CLAIMS, {}],
    ['for this API among others', { ...CLAIMS, aud: [CALENDAR, API] }, {}],
    ['typ JWT', CLAIMS, { typ: 'JWT' }],
    ['typ at+jwt', CLAIMS, { typ: 'at+jwt' }],
    ['typ application/at+jwt', CLAIMS, { typ: 'application/at+jwt' }],
    ['expired within the tolerance', { ...CLAIMS, exp: NOW - 4 }, {}],
  ])('%s', async (_rule, claims, header) => {
    const token = await sign(claims, header)
    const verified = await tenant().client.verifyAccessToken(token)
    expect(verified.claims).toEqual(claims)
    expect(verified.token).toBe(token)
  })

  it.each<[string, unknown, string]>([
    ['a misspelt rule', { requiredclaims: ['org_id'] }, 'verifyAccessToken has no option "requiredclaims"'],
    ['a deadline', { timeoutMs: 5 }, 'verifyAccessToken has no option "timeoutMs"'],
    ['null', null, 'verifyAccessToken needs an options object'],
    ['a claim in place of options', 'org_id', 'verifyAccessToken needs an options object'],
    ['a text of required claims', { requiredClaims: 'sub' }, 'requiredClaims must be a list of names of claims'],
    ['no list of required claims', { requiredClaims: null }, 'requiredClaims must be a list of names of claims'],
    ['a tolerance of NaN', { clockToleranceSeconds: NaN }, 'clockToleranceSeconds must be a number of seconds'],
    ['a tolerance as a text', { clockToleranceSeconds: '5' }, 'clockToleranceSeconds must be a number of seconds'],
  ])('is not asked of %s', async (_rule, options, message) => {
    const { client, urls } = tenant()
    const call = client.verifyAccessToken(await sign(CLAIMS), options as object)
    expect([await thrownBy(call), urls]).toEqual([new TypeError(message), []])
  })

  it('gives its act to the helpers', async () => {
    const { claims } = await tenant().client.verifyAccessToken(await sign({ ...CLAIMS, act: { sub: 'spa' } }))
    expect(getCurrentActor(claims)).toBe('spa')
  })

  it('is not enumerable on what comes back', async () => {
    const token = await sign(CLAIMS)
    expect(JSON.stringify(await tenant().client.verifyAccessToken(token))).not.toContain(token)
  })
})

describe('an access token that is refused', () => {
  it.each<[string, JWTPayload, object, object]>([
    ['another issuer', { ...CLAIMS, iss: 'https://evil.example.com/' }, {}, { reason: 'claim', field: 'iss' }],
    ['another audience', { ...CLAIMS, aud: CALENDAR }, {}, { reason: 'claim', field: 'aud' }],
    ['no audience', { ...CLAIMS, aud: undefined } as never, {}, { reason: 'claim', field: 'aud' }],
    ['expired', { ...CLAIMS, exp: NOW - 6 }, {}, { reason: 'expired', field: 'exp' }],
    ['no expiry', { ...CLAIMS, exp: undefined } as never, {}, { reason: 'claim', field: 'exp' }],
    ['no subject', { ...CLAIMS, sub: undefined } as never, {}, { reason: 'claim', field: 'sub' }],
    ['a number as subject', { ...CLAIMS, sub: 7 as never }, {}, { reason: 'claim', field: 'sub' }],
    ['not valid yet', { ...CLAIMS, nbf: NOW + 60 }, {}, { reason: 'claim', field: 'nbf' }],
    ['an ID token by its typ', CLAIMS, { typ: 'id_token+jwt' }, { reason: 'typ', field: 'typ' }],
    ['an unknown key', CLAIMS, { kid: 'k2' }, { reason: 'key' }],
  ])('%s', async (_rule, claims, header, expected) => {
    const error = await thrownBy(tenant().client.verifyAccessToken(await sign(claims, header)))
    expect(error).toMatchObject({ code: 'verification_failed', kind: 'verification', ...expected })
  })

  it('with a required claim missing', async () => {
    const error = await thrownBy(tenant().client.verifyAccessToken(await sign(CLAIMS), { requiredClaims: ['org_id'] }))
    expect(error).toMatchObject({ reason: 'claim', field: 'org_id' })
  })

  it('with a symmetric algorithm', async () => {
    const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(new Uint8Array(32))
    expect(await thrownBy(tenant().client.verifyAccessToken(token))).toMatchObject({ reason: 'algorithm' })
  })

  it('with algorithm none', async () => {
    const [, payload] = (await sign(CLAIMS)).split('.')
    const header = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await thrownBy(tenant().client.verifyAccessToken(`${header}.${payload ?? ''}.`))).toMatchObject({
      reason: 'algorithm',
    })
  })

  it('signed by somebody else', async () => {
    const other = await generateKeyPair('ES256')
    const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(other.privateKey)
    expect(await thrownBy(tenant().client.verifyAccessToken(token))).toMatchObject({ reason: 'signature' })
  })

  it.each([['opaque'], ['a.b'], ['a.b.c'], ['..']])('that is no JWT: %s', async (token) => {
    expect(await thrownBy(tenant().client.verifyAccessToken(token))).toMatchObject({ reason: 'malformed' })
  })

  it('with Bearer in front, before any request', async () => {
    const { client, urls } = tenant()
    expect(await thrownBy(client.verifyAccessToken('Bearer x'))).toMatchObject({
      code: 'invalid_token_format',
      field: 'accessToken',
      reason: 'scheme',
    })
    expect(urls).toEqual([])
  })

  it.each<[string, () => Response]>([
    ['an error', () => new Response('down', { status: 500 })],
    ['HTML', () => new Response('<html>')],
    ['no key set', () => Response.json({ keys: 7 })],
  ])('when the keys cannot be read: %s', async (_rule, answer) => {
    const error = await thrownBy(tenant(answer).client.verifyAccessToken(await sign(CLAIMS)))
    expect(error).toMatchObject({ code: 'verification_failed', reason: 'keys_unavailable' })
  })

  it('when the client does not know its own audience', async () => {
    const client = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'c',
      clientAuthentication: clientSecretPost('s'),
    })
    expect(await thrownBy(client.verifyAccessToken('x'))).toMatchObject({
      code: 'invalid_configuration',
      field: 'audience',
    })
  })
})

describe('on behalf of', () => {
  const target = { audience: CALENDAR, scope: 'calendar:read' }

  it('a verified token becomes the subject token of an access-token exchange', async () => {
    const { client, posts } = tenant()
    const token = await sign(CLAIMS)
    await client.getTokenOnBehalfOf({ accessToken: await client.verifyAccessToken(token), ...target })
    expect(Object.fromEntries(new URLSearchParams(posts[0]))).toEqual({
      client_id: 'mcp-server',
      client_secret: 's',
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: CALENDAR,
      scope: 'calendar:read',
    })
  })

  it.each<[string, JWTPayload]>([
    ['by its subject', { ...CLAIMS, sub: 'mcp@clients' }],
    ['by its grant', { ...CLAIMS, gty: 'client-credentials' }],
    ['by one of its grants', { ...CLAIMS, gty: ['password', 'client-credentials'] }],
    ['by a subject that is the client', { ...CLAIMS, sub: 'spa' }],
    ['by a subject that is the client_id', { ...CLAIMS, azp: undefined, client_id: 'auth0|alice' }],
  ])('a token of a client is refused: %s', async (_rule, claims) => {
    const { client, posts } = tenant()
    const accessToken = await client.verifyAccessToken(await sign(claims))
    expect(await thrownBy(client.getTokenOnBehalfOf({ accessToken, ...target }))).toMatchObject({
      code: 'subject_token_refused',
      kind: 'policy',
      reason: 'no_user',
    })
    expect(posts).toEqual([])
  })

  it('a token that is for this API among others is exchanged', async () => {
    const { client, posts } = tenant()
    const accessToken = await client.verifyAccessToken(await sign({ ...CLAIMS, aud: ['https://x.example.com', API] }))
    await client.getTokenOnBehalfOf({ accessToken, ...target })
    expect(posts).toHaveLength(1)
  })

  it('needs a confidential client', async () => {
    const client = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'c',
      clientAuthentication: noClientAuthentication(),
      fetch: () => expect.fail('a request was sent'),
    })
    const call = client.getTokenOnBehalfOf({ accessToken: { token: 'opaque', verifiedBy: 'caller' }, ...target })
    expect(await thrownBy(call)).toMatchObject({ code: 'invalid_configuration', reason: 'public_client' })
  })

  it('a token that has expired since is refused', async () => {
    const { client, posts, setTime } = tenant()
    const accessToken = await client.verifyAccessToken(await sign(CLAIMS))
    setTime(CLAIMS.exp)
    expect(await thrownBy(client.getTokenOnBehalfOf({ accessToken, ...target }))).toMatchObject({ reason: 'expired' })
    expect(posts).toEqual([])
  })

  it.each([CALENDAR, API.slice(0, -1)])('a token that another API verified is refused by %s', async (audience) => {
    const { client, posts } = tenant()
    const other = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'c',
      clientAuthentication: clientSecretPost('s'),
      now: () => NOW * 1000,
      audience,
    })
    const accessToken = await client.verifyAccessToken(await sign(CLAIMS))
    expect(
      await thrownBy(other.getTokenOnBehalfOf({ accessToken, audience: 'https://reports.example.com' })),
    ).toMatchObject({ reason: 'wrong_audience' })
    expect(posts).toEqual([])
  })

  it('a token that was verified needs a client that knows its own audience', async () => {
    const { client } = tenant()
    const accessToken = await client.verifyAccessToken(await sign(CLAIMS))
    const nameless = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'mcp-server',
      clientAuthentication: clientSecretPost('s'),
      now: () => NOW * 1000,
      fetch: () => expect.fail('a request was sent'),
    })
    const error = await thrownBy(nameless.getTokenOnBehalfOf({ accessToken, ...target }))
    expect(error).toMatchObject({ code: 'invalid_configuration', field: 'audience', reason: 'missing' })
    expect((error as TokenExchangeError).toChallenge().status).toBe(500)
  })

  it('a token of another tenant is refused, and not sent there', async () => {
    const { client } = tenant()
    const accessToken = await client.verifyAccessToken(await sign(CLAIMS))
    const elsewhere = new TokenExchangeClient({
      domain: 'other.example.com',
      clientId: 'mcp-server',
      clientAuthentication: clientSecretPost('s'),
      audience: API,
      now: () => NOW * 1000,
      fetch: () => expect.fail('a request was sent'),
    })
    const error = await thrownBy(elsewhere.getTokenOnBehalfOf({ accessToken, ...target }))
    expect(error).toMatchObject({ code: 'subject_token_refused', reason: 'wrong_issuer' })
  })

  it('this API as target is refused, unless fewer scopes are the point', async () => {
    const { client, posts } = tenant()
    const accessToken = await client.verifyAccessToken(await sign(CLAIMS))
    expect(await thrownBy(client.getTokenOnBehalfOf({ accessToken, audience: API }))).toMatchObject({
      reason: 'own_audience',
    })
    expect(posts).toEqual([])
    await client.getTokenOnBehalfOf({ accessToken, audience: API, allowOwnAudience: true })
    expect(posts).toHaveLength(1)
  })

  it('a copy of a verified token is not a verified token', async () => {
    const { client, posts } = tenant()
    const verified = await client.verifyAccessToken(await sign(CLAIMS))
    const copy = { ...verified, token: verified.token }
    expect(await thrownBy(client.getTokenOnBehalfOf({ accessToken: copy, ...target }))).toMatchObject({
      code: 'subject_token_refused',
      reason: 'not_verified',
    })
    expect(posts).toEqual([])
  })

  it('a token that other code verified goes in by saying so', async () => {
    const { client, posts } = tenant()
    await client.getTokenOnBehalfOf({ accessToken: { token: 'opaque', verifiedBy: 'caller' }, ...target })
    expect(new URLSearchParams(posts[0]).get('subject_token')).toBe('opaque')
  })

  it.each<[string, unknown, object]>([
    [
      'blank',
      { token: ' ', verifiedBy: 'caller' },
      { code: 'invalid_token_format', field: 'accessToken', reason: 'blank' },
    ],
    ['with a scheme', { token: 'bearer x', verifiedBy: 'caller' }, { field: 'accessToken', reason: 'scheme' }],
    ['a plain string', 'token', { name: 'TypeError' }],
    ['nothing', undefined, { name: 'TypeError' }],
    ['without a word on who verified it', { token: 'x' }, { code: 'subject_token_refused', reason: 'not_verified' }],
  ])('an access token that is %s is refused before any request', async (_rule, accessToken, expected) => {
    const { client, urls } = tenant()
    expect(await thrownBy(client.getTokenOnBehalfOf({ accessToken: accessToken as never, ...target }))).toMatchObject(
      expected,
    )
    expect(urls).toEqual([])
  })

  it.each<[string, object, object]>([
    ['a blank audience', { audience: '' }, { code: 'invalid_parameter', field: 'audience', reason: 'blank' }],
    ['no audience', { audience: undefined }, { name: 'TypeError' }],
    ['two audiences', { audience: ['a', 'b'] }, { name: 'TypeError' }],
    ['an actor', { actorToken: 'a', actorTokenType: 'b' }, { name: 'TypeError' }],
    ['extra parameters', { extra: { a: 'b' } }, { name: 'TypeError' }],
  ])('%s is refused before any request', async (_rule, changes, expected) => {
    const { client, urls } = tenant()
    const call = client.getTokenOnBehalfOf({
      accessToken: { token: 'x', verifiedBy: 'caller' },
      ...target,
      ...changes,
    } as never)
    expect(await thrownBy(call)).toMatchObject(expected)
    expect(urls).toEqual([])
  })
})
