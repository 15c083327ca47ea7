import { describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../src/emulator/index.js'
import { ath, createProver } from './proof-of-possession/dpop-support.js'
import { accessToken, claims, custom, exchange, ISSUER, mcpToken, member, seeded, send, withUser } from './support.js'

const emulator = seeded()
const ALL = { scope: 'openid profile email read:data' }

const bearer = (token: string, server: Emulator = emulator) =>
  send(server, '/userinfo', { headers: { Authorization: `Bearer ${token}` } })

const token = async (overrides = {}, server: Emulator = emulator) =>
  accessToken(await exchange(server, custom({ ...ALL, ...overrides })))

describe('the claims of the user', () => {
  it.each([
    ['openid', { sub: 'auth0|alice' }],
    ['openid profile', { sub: 'auth0|alice', name: 'Alice' }],
    ['openid profile email', { sub: 'auth0|alice', name: 'Alice', email: 'alice@example.com', email_verified: true }],
  ])('are those that the scopes open: %s', async (scope, expected) => {
    expect((await bearer(await token({ scope }))).body).toEqual(expected)
  })

  it('say who acts and for which organization', async () => {
    const actor = { actor_token: 'agent:bob', actor_token_type: 'urn:acme:agent' }
    const reply = await bearer(await token({ ...actor, scope: 'openid', organization: 'acme' }))
    expect(reply.body).toEqual({
      sub: 'auth0|alice',
      org_id: 'org_abc1234',
      org_name: 'acme',
      act: { sub: 'auth0|bob' },
    })
  })

  it('are named by the audience of the access token, beside the API', async () => {
    const reply = await exchange(emulator, custom(ALL))
    expect(claims(reply).aud).toEqual(['https://api.example.com', `${ISSUER}userinfo`])
    const both = custom({ ...ALL, audience: ['https://api.example.com', 'https://mcp.example.com'] })
    expect(claims(await exchange(emulator, both)).aud).toHaveLength(3)
  })

  it('come for a scheme in any case', async () => {
    const headers = { Authorization: `bEARER ${await token()}` }
    expect((await send(emulator, '/userinfo', { headers })).status).toBe(200)
  })
})

describe('without a valid access token the answer is 401 with a challenge', () => {
  const INVALID = 'The access token is not valid.'
  const MISSING = 'The access token is missing.'

  it.each<[string, () => Promise<string> | string, string]>([
    ['nothing', () => '', MISSING],
    ['another scheme', () => 'Basic abc', MISSING],
    ['a scheme alone', () => 'Bearer', MISSING],
    ['two tokens', () => 'Bearer a b', MISSING],
    ['no JWT', () => 'Bearer x', INVALID],
    ['an ID token', async () => `Bearer ${member(await exchange(emulator, custom(ALL)), 'id_token')}`, INVALID],
    ['one of another key', async () => `Bearer ${await token({}, createEmulator())}`, INVALID],
    [
      'one of another issuer',
      async () => `Bearer ${await token({}, createEmulator({ seed: 1, issuer: 'https://other.example' }))}`,
      INVALID,
    ],
    [
      'one without openid',
      async () => `Bearer ${await mcpToken(emulator)}`,
      'The access token lacks the scope openid.',
    ],
    [
      'a token that is bound to no key, as DPoP',
      async () => `DPoP ${await token()}`,
      'The authorization scheme does not fit the access token.',
    ],
  ])('%s', async (_name, authorization, text) => {
    const reply = await send(emulator, '/userinfo', { headers: { Authorization: await authorization() } })
    expect([reply.status, reply.body]).toEqual([401, { error: 'invalid_token', error_description: text }])
    expect(reply.headers.get('WWW-Authenticate')).toMatch(
      /^(Bearer|DPoP) realm="userinfo", error="invalid_token", error_description="[^"]+"/,
    )
  })

  it('an expired one', async () => {
    const timed = seeded({}, () => Date.parse('2030-01-01T00:00:00Z'))
    const expiring = await token({}, timed)
    timed.advance(86_399_000)
    expect((await bearer(expiring, timed)).status).toBe(200)
    timed.advance(1000)
    expect((await bearer(expiring, timed)).status).toBe(401)
  })

  it('one of a user who is blocked', async () => {
    const blocked = seeded(withUser('auth0|alice', { blocked: true }))
    expect((await bearer(await token(), blocked)).status).toBe(401)
  })
})

describe('a token that is bound to a key', async () => {
  const [prover, other] = [await createProver(), await createProver()]
  const bound = accessToken(await exchange(emulator, custom(ALL), await prover.prove()))
  const subject = { htm: 'GET', htu: `${ISSUER}userinfo`, ath: ath(bound) }
  const ask = (headers: Readonly<Record<string, string>>) =>
    send(emulator, '/userinfo', { headers: { Authorization: `DPoP ${bound}`, ...headers } })

  it('takes a proof of that key', async () => {
    expect((await ask(await prover.prove({ claims: subject }))).body).toMatchObject({ sub: 'auth0|alice' })
  })

  it('is refused as Bearer', async () => {
    expect((await bearer(bound)).body['error']).toBe('invalid_token')
  })

  it.each<[string, () => Promise<Readonly<Record<string, string>>>, string]>([
    ['no proof', () => Promise.resolve({}), 'it is not one JWT of that type, signed with the key in its header'],
    ['a proof of another key', () => other.prove({ claims: subject }), 'its key is not that of the access token'],
    [
      'a proof for the token endpoint',
      () => prover.prove({ claims: { ath: subject.ath } }),
      'htm is not the method of the request',
    ],
    [
      'a proof for another URL',
      () => prover.prove({ claims: { ...subject, htu: `${ISSUER}mtls/userinfo` } }),
      'htu is not the URL of the request',
    ],
    [
      'a proof without the token',
      () => prover.prove({ claims: { htm: 'GET', htu: subject.htu } }),
      'ath is not the hash of the access token',
    ],
    [
      'a proof for another token',
      () => prover.prove({ claims: { ...subject, ath: ath('other') } }),
      'ath is not the hash of the access token',
    ],
  ])('is refused with %s', async (_name, headers, reason) => {
    const reply = await ask(await headers())
    const text = `The DPoP proof is not valid: ${reason}.`
    expect([reply.status, reply.body]).toEqual([401, { error: 'invalid_dpop_proof', error_description: text }])
    expect(reply.headers.get('WWW-Authenticate')).toMatch(/^DPoP realm="userinfo", .* algs="ES256 /)
  })

  it('takes each proof once', async () => {
    const headers = await prover.prove({ claims: subject })
    expect([(await ask(headers)).status, (await ask(headers)).status]).toEqual([200, 401])
  })
})
