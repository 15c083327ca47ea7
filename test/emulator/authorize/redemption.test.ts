import { describe, expect, it } from 'vitest'
import type { Emulator } from '../../../src/emulator/index.js'
import { answer, authorize, codeGrant, codeOf, loginRequest, mint } from './login-support.js'
import {
  claims,
  exchange,
  seeded,
  send,
  TEST_TYPE,
  toForm,
  withAction,
  withApi,
  withClient,
  withUser,
  accessToken,
  type Parameters,
} from '../support.js'

const redeem = (emulator: Emulator, session_transfer_token: string, overrides: Parameters = {}, ip = '127.0.0.1') =>
  authorize(emulator, loginRequest({ session_transfer_token, ...overrides }), { ip })

describe('a session transfer token opens the session of its user', () => {
  it('with a redirect that carries code and state', async () => {
    const emulator = seeded()
    const reply = await redeem(emulator, await mint(emulator))
    expect(answer(reply)).toEqual({ code: expect.any(String) as string, state: 'a state & more' })
    expect(reply.headers.get('Location')).toMatch(/^http:\/\/127\.0\.0\.1:4711\/callback\?code=/)
    expect(reply.headers.get('Referrer-Policy')).toBe('no-referrer')
  })

  it('and the tokens name the actor, live for two hours, and cannot be refreshed', async () => {
    const emulator = seeded()
    const scope = 'openid profile read:data offline_access'
    const code = codeOf(await redeem(emulator, await mint(emulator), { scope }))
    const reply = await exchange(emulator, codeGrant(code))
    expect(reply.body).toEqual({
      access_token: accessToken(reply),
      id_token: expect.any(String) as string,
      token_type: 'Bearer',
      expires_in: 7200,
      scope: 'openid profile read:data',
    })
    for (const name of ['access_token', 'id_token']) {
      const { sub, act, iat = 0, exp = 0 } = claims(reply, name)
      expect([sub, act, exp - iat]).toEqual(['auth0|alice', { sub: 'auth0|bob' }, 7200])
    }
    expect(claims(reply, 'id_token')).toMatchObject({ aud: 'customer-app', nonce: 'a nonce', name: 'Alice' })
  })

  it('and act is exactly the object that the Action set, in every place', async () => {
    const actor = { sub: 'auth0|bob', sub_profile: 'human', role: 'support', level: 2, urgent: true }
    const emulator = withAction((_event, api) => {
      api.authentication.setUserById('auth0|alice')
      api.authentication.setActor(actor)
    })
    const code = codeOf(await redeem(emulator, await mint(emulator, TEST_TYPE)))
    const reply = await exchange(emulator, codeGrant(code))
    expect([claims(reply)['act'], claims(reply, 'id_token')['act']]).toEqual([actor, actor])
    const headers = { Authorization: `Bearer ${accessToken(reply)}` }
    expect((await send(emulator, '/userinfo', { headers })).body['act']).toEqual(actor)
  })

  it('even with prompt=none', async () => {
    const emulator = seeded()
    expect(answer(await redeem(emulator, await mint(emulator), { prompt: 'none' }))).toHaveProperty('code')
  })

  it('in the organization that the request names', async () => {
    const emulator = seeded()
    const code = codeOf(await redeem(emulator, await mint(emulator), { organization: 'acme' }))
    expect(claims(await exchange(emulator, codeGrant(code)), 'id_token')['org_id']).toBe('org_abc1234')
  })

  it('outside of the organization that the token was minted with', async () => {
    const emulator = seeded()
    const code = codeOf(await redeem(emulator, await mint(emulator, { organization: 'acme' })))
    expect(claims(await exchange(emulator, codeGrant(code)), 'id_token')).not.toHaveProperty('org_id')
  })

  it('once, whoever is fastest', async () => {
    const emulator = seeded()
    const token = await mint(emulator)
    const replies = await Promise.all(Array.from({ length: 100 }, () => redeem(emulator, token)))
    expect(replies.filter((reply) => reply.status === 302)).toHaveLength(1)
  })

  it('within a minute', async () => {
    const emulator = seeded({}, () => Date.parse('2030-01-01T00:00:00Z'))
    const [early, late] = [await mint(emulator), await mint(emulator)]
    emulator.advance(59_999)
    expect((await redeem(emulator, early)).status).toBe(302)
    emulator.advance(1)
    expect((await redeem(emulator, late)).status).toBe(200)
  })
})

describe('a session transfer token that is not accepted ends at the login page', () => {
  const REUSED =
    'Single Sign-On failed: Session Transfer Token not found or expired. This may indicate token reuse or expiration.'
  const ADDRESS =
    'Single Sign-On failed: Session Transfer Token device binding validation failed due to IP/ASN mismatch.'
  const ORGANIZATION = 'Single Sign-On failed: Session Transfer Token organization mismatch detected.'
  const NOT_ALLOWED = 'Single Sign-On failed: delegated access is not allowed for the client.'
  const organizations = [{ id: 'org_1' }, { id: 'org_2', members: ['auth0|bob'] }]

  it.each<[string, Emulator, Parameters, Parameters, string, string]>([
    ['unknown', seeded(), {}, { session_transfer_token: 'unknown' }, '127.0.0.1', REUSED],
    ['from another address', seeded(), {}, {}, '127.0.0.2', ADDRESS],
    [
      'at a client without delegated access',
      seeded(withClient('customer-app', { sessionTransfer: { allowedAuthenticationMethods: ['query'] } })),
      {},
      {},
      '127.0.0.1',
      NOT_ALLOWED,
    ],
    [
      'at a client that takes cookies alone',
      seeded(
        withClient('customer-app', {
          sessionTransfer: { allowDelegatedAccess: true, allowedAuthenticationMethods: ['cookie'] },
        }),
      ),
      {},
      {},
      '127.0.0.1',
      NOT_ALLOWED,
    ],
    [
      'of another organization',
      seeded({ organizations: [{ id: 'org_1' }, { id: 'org_2' }] }),
      { organization: 'org_1' },
      { organization: 'org_2' },
      '127.0.0.1',
      ORGANIZATION,
    ],
    [
      'for an organization without the user',
      seeded({ organizations }),
      {},
      { organization: 'org_2' },
      '127.0.0.1',
      ORGANIZATION,
    ],
  ])('%s', async (_name, emulator, minted, request, ip, warning) => {
    const token = await mint(emulator, minted)
    const reply = await redeem(emulator, token, request, ip)
    expect(reply.status).toBe(200)
    expect(reply.text).toContain('<h1>Sign in</h1>')
    expect(reply.text).not.toContain(token)
    expect(emulator.requests.at(-1)).toMatchObject({ path: '/authorize', status: 200, warning })
  })

  it('used before', async () => {
    const emulator = seeded()
    const token = await mint(emulator)
    await redeem(emulator, token)
    expect((await redeem(emulator, token)).status).toBe(200)
    expect(emulator.requests.at(-1)?.warning).toBe(REUSED)
  })

  it('and from another address it is used up too', async () => {
    const emulator = seeded()
    const token = await mint(emulator)
    await redeem(emulator, token, {}, '192.0.2.1')
    expect((await redeem(emulator, token)).status).toBe(200)
  })

  it('but a client that takes none leaves it to the one that does', async () => {
    const emulator = seeded()
    const token = await mint(emulator)
    expect((await redeem(emulator, token, { client_id: 'web-app' })).status).toBe(200)
    expect((await redeem(emulator, token)).status).toBe(302)
  })

  it('with prompt=none it is login_required', async () => {
    expect(answer(await redeem(seeded(), 'unknown', { prompt: 'none' }))).toMatchObject({ error: 'login_required' })
  })
})

describe('a session that would need the user is refused with interaction_required', () => {
  it.each([
    ['a second factor', seeded(withUser('auth0|alice', { mfaRequired: true }))],
    ['consent', seeded(withApi('https://api.example.com', { skipConsent: false }))],
  ])('%s', async (_name, emulator) => {
    expect(answer(await redeem(emulator, await mint(emulator)))).toEqual({
      error: 'interaction_required',
      error_description: 'The session needs a second factor or consent.',
      state: 'a state & more',
    })
  })
})

describe('the address that a token is bound to', () => {
  const FORWARDED = { 'auth0-forwarded-for': '203.0.113.7' }
  const BROWSER = '203.0.113.7'
  const basic = { Authorization: `Basic ${btoa('support-console:support-console-secret')}` }
  const untrusted = seeded(withClient('support-console', { isTokenEndpointIpHeaderTrusted: false }))

  it.each<[string, Emulator, Parameters, Readonly<Record<string, string>>, string]>([
    ['is the one that a trusted backend forwards', seeded(), {}, FORWARDED, BROWSER],
    [
      'also when its secret is in the header',
      seeded(),
      { client_secret: undefined },
      { ...FORWARDED, ...basic },
      BROWSER,
    ],
    ['is that of the request when it is not trusted', untrusted, {}, FORWARDED, '198.51.100.1'],
    ['is that of the request without the header', seeded(), {}, {}, '198.51.100.1'],
    [
      'is that of the request when the header is no address',
      seeded(),
      {},
      { 'auth0-forwarded-for': 'home' },
      '198.51.100.1',
    ],
    ['may be one of IPv6', seeded(), {}, { 'auth0-forwarded-for': '2001:db8::1' }, '2001:db8::1'],
  ])('%s', async (_name, emulator, overrides, headers, expected) => {
    const ask = () => mint(emulator, overrides, { ip: '198.51.100.1' }, headers)
    expect((await redeem(emulator, await ask(), {}, expected)).status).toBe(302)
    expect((await redeem(emulator, await ask(), {}, '192.0.2.99')).status).toBe(200)
  })

  it('is that of the request when the client proved itself otherwise than with its secret', async () => {
    const clientCertificateThumbprint = 'A'.repeat(43)
    const certified = { clientSecret: undefined, certificateThumbprints: [clientCertificateThumbprint] }
    const emulator = seeded(withClient('support-console', certified))
    const options = { ip: '198.51.100.1', clientCertificateThumbprint }
    const token = await mint(emulator, { client_secret: undefined }, options, FORWARDED)
    expect((await redeem(emulator, token, {}, '198.51.100.1')).status).toBe(302)
  })

  it('is the same written as IPv4 in IPv6', async () => {
    const emulator = seeded()
    const token = await mint(emulator, {}, { ip: '::ffff:192.0.2.1' })
    expect((await redeem(emulator, token, {}, '192.0.2.1')).status).toBe(302)
  })

  it('a forwarded address at the login page counts for nothing', async () => {
    const emulator = seeded()
    const token = await mint(emulator, {}, {}, FORWARDED)
    const path = `/authorize?${toForm(loginRequest({ session_transfer_token: token }))}`
    expect((await send(emulator, path, { headers: FORWARDED })).status).toBe(200)
  })
})
