import { generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { describe, expect, it } from 'vitest'
import { EXCHANGE, ISSUER, TOKEN_RESPONSE, clientOf, thrownBy } from '../support/scripted-server.js'
import { signingTenant } from '../support/signing-tenant.js'

const NOW = 1_800_000_000
const CLAIMS = { iss: ISSUER, aud: 'web-app', sub: 'auth0|alice', iat: NOW - 5, exp: NOW + 3600 }
const ACT = { sub: 'auth0|bob', role: 'support' }

/** Exchanges with an answer whose ID token has these claims. */
async function exchangeWith(claims: JWTPayload, options: object = {}, header: object = {}) {
  const tenant = await signingTenant()
  const idToken = await tenant.sign(claims, header)
  tenant.answer = () => Response.json({ ...TOKEN_RESPONSE, id_token: idToken })
  return clientOf(tenant, { now: () => NOW * 1000 }).exchangeToken({ ...EXCHANGE, ...options })
}

describe('act on the result', () => {
  it.each<[string, JWTPayload, object | undefined]>([
    ['is the act of the verified ID token', { ...CLAIMS, act: ACT }, ACT],
    ['is absent when nobody acts', CLAIMS, undefined],
    ['is absent for act: null', { ...CLAIMS, act: null }, undefined],
    ['keeps prior actors as they are', { ...CLAIMS, act: { sub: 'a', act: 7 } }, { sub: 'a', act: 7 }],
    ['with this client among the audiences', { ...CLAIMS, aud: ['web-app', 'other'], azp: 'web-app', act: ACT }, ACT],
    ['with this client as the only audience of a list', { ...CLAIMS, aud: ['web-app'], act: ACT }, ACT],
    ['within the tolerance of clocks', { ...CLAIMS, exp: NOW - 29, act: ACT }, ACT],
  ])('%s', async (_rule, claims, act) => {
    const result = await exchangeWith(claims)
    expect(result.act).toEqual(act)
    expect('act' in result).toBe(act !== undefined)
    expect(result).not.toHaveProperty('actUnavailable')
  })

  it.each<[string, JWTPayload, string]>([
    ['another audience', { ...CLAIMS, aud: 'other', act: ACT }, 'invalid_id_token'],
    ['another issuer', { ...CLAIMS, iss: 'https://evil.example/', act: ACT }, 'invalid_id_token'],
    ['expired', { ...CLAIMS, exp: NOW - 31, act: ACT }, 'invalid_id_token'],
    ['issued in the future', { ...CLAIMS, iat: NOW + 31, act: ACT }, 'invalid_id_token'],
    ['another authorized party', { ...CLAIMS, azp: 'other', act: ACT }, 'invalid_id_token'],
    [
      'several audiences without an authorized party',
      { ...CLAIMS, aud: ['web-app', 'other'], act: ACT },
      'invalid_id_token',
    ],
    ['no subject', { ...CLAIMS, sub: undefined as never, act: ACT }, 'invalid_id_token'],
    ['a malformed act', { ...CLAIMS, act: { sub: '' } }, 'malformed_act'],
  ])('is absent, and says why: %s', async (_rule, claims, reason) => {
    const result = await exchangeWith(claims)
    expect(result.act).toBeUndefined()
    expect(result.actUnavailable).toBe(reason)
    expect(result.accessToken).toBe('issued-access-token')
  })

  it('is absent without an ID token', async () => {
    const result = await clientOf(await signingTenant()).exchangeToken(EXCHANGE)
    expect(result.actUnavailable).toBe('no_id_token')
  })

  it('is absent when somebody else signed', async () => {
    const tenant = await signingTenant()
    const { privateKey } = await generateKeyPair('ES256')
    const forged = await new SignJWT({ ...CLAIMS, act: ACT })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(privateKey)
    tenant.answer = () => Response.json({ ...TOKEN_RESPONSE, id_token: forged })
    const result = await clientOf(tenant, { now: () => NOW * 1000 }).exchangeToken(EXCHANGE)
    expect(result).toMatchObject({ accessToken: 'issued-access-token', actUnavailable: 'invalid_id_token' })
  })

  it.each<[string, (published: Response) => Response]>([
    ['the key set comes with another status', ({ body }) => new Response(body, { status: 404 })],
    ['the key set is down', () => new Response('', { status: 503 })],
    ['the key set is no key set', () => new Response('<html>')],
    [
      'the network fails',
      () => {
        throw new TypeError('fetch failed')
      },
    ],
  ])('a problem with keys does not lose the exchange: %s', async (_rule, keys) => {
    const tenant = await signingTenant()
    const idToken = await tenant.sign({ ...CLAIMS, act: ACT })
    tenant.answer = () => Response.json({ ...TOKEN_RESPONSE, id_token: idToken })
    const published = tenant.keys()
    tenant.keys = () => keys(published)
    const result = await clientOf(tenant, { now: () => NOW * 1000 }).exchangeToken({
      ...EXCHANGE,
      organization: 'org_1',
    })
    expect(result).toMatchObject({ accessToken: 'issued-access-token', idToken, actUnavailable: 'keys_unavailable' })
    expect(result.act).toBeUndefined()
  })
})

describe('the organization of the ID token', () => {
  it.each<[string, string, object]>([
    ['an id, exactly', 'org_abc', { org_id: 'org_abc' }],
    ['a name, without case', 'Acme', { org_id: 'org_abc', org_name: 'acme' }],
    ['a name in capitals', 'acme', { org_name: 'ACME' }],
  ])('fits by %s', async (_rule, organization, claims) => {
    expect((await exchangeWith({ ...CLAIMS, ...claims }, { organization })).accessToken).toBe('issued-access-token')
  })

  it.each<[string, string, object, object]>([
    ['another id', 'org_abc', { org_id: 'org_xyz' }, { code: 'organization_mismatch', field: 'org_id' }],
    ['an id in another case', 'org_abc', { org_id: 'ORG_ABC' }, { code: 'organization_mismatch' }],
    ['an id as a name', 'org_abc', { org_name: 'org_abc' }, { code: 'organization_mismatch' }],
    ['another name', 'acme', { org_name: 'other' }, { code: 'organization_mismatch', field: 'org_name' }],
    ['a name that is no text', 'acme', { org_name: 7 }, { code: 'organization_mismatch', field: 'org_name' }],
    ['none', 'org_abc', {}, { code: 'organization_mismatch' }],
    ['an ID token that does not hold', 'org_abc', { org_id: 'org_abc', aud: 'other' }, { code: 'verification_failed' }],
  ])('that does not fit is an error: %s', async (_rule, organization, claims, expected) => {
    expect(await thrownBy(exchangeWith({ ...CLAIMS, ...claims }, { organization }))).toMatchObject({
      kind: 'verification',
      ...expected,
    })
  })
})

describe('an actor that is expected', () => {
  const actor = { actorToken: 'agent', actorTokenType: 'urn:acme:agent', expectActor: true }

  it('and named passes', async () => {
    expect((await exchangeWith({ ...CLAIMS, act: ACT }, actor)).act).toEqual(ACT)
  })

  it.each<[string, JWTPayload, string]>([
    ['not named', CLAIMS, 'no_act'],
    ['named in an ID token that does not hold', { ...CLAIMS, aud: 'other', act: ACT }, 'invalid_id_token'],
  ])('and %s is an error', async (_rule, claims, reason) => {
    expect(await thrownBy(exchangeWith(claims, actor))).toMatchObject({
      code: 'actor_not_recorded',
      kind: 'verification',
      reason,
    })
  })

  it('needs an actor that was sent', async () => {
    expect((await exchangeWith(CLAIMS, { expectActor: true })).accessToken).toBe('issued-access-token')
  })
})
