import { describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type Emulator } from '../../../src/emulator/index.js'
import { answer, authorizeAgain, codeGrant, codeOf, loginRequest, mint, sessionOf, signIn } from './login-support.js'
import { claims, exchange, seeded, send, toForm, withClient, type Parameters } from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const OPEN = 'There is a session already. Log out first, at /v2/logout, and start again.'
const atNow = (overrides = {}): Emulator => seeded(overrides, () => NOW)
const delegating = withClient('web-app', {
  sessionTransfer: { allowDelegatedAccess: true, allowedAuthenticationMethods: ['query'] },
})

/** Signs a user in, or opens a delegated session, and gives the cookie. */
async function open(emulator: Emulator, kind: 'user' | 'delegated' = 'user') {
  if (kind === 'user') return sessionOf(await signIn(emulator))
  return sessionOf(await authorizeAgain(emulator, {}, { session_transfer_token: await mint(emulator) }))
}

describe('the cookie of a session', () => {
  it.each<[string, string, 'user' | 'delegated', RegExp]>([
    [
      'of a user stays, over https',
      'https://tenant.example.com',
      'user',
      /^auth0=[0-9a-f]{64}; Max-Age=259200; Path=\/; HttpOnly; Secure; SameSite=None$/,
    ],
    [
      'of a user stays, over http',
      'http://127.0.0.1:4000',
      'user',
      /^auth0=[0-9a-f]{64}; Max-Age=259200; Path=\/; HttpOnly; SameSite=Lax$/,
    ],
    [
      'that is delegated ends with the browser',
      'https://tenant.example.com',
      'delegated',
      /^auth0=[0-9a-f]{64}; Path=\/; HttpOnly; Secure; SameSite=None$/,
    ],
  ])('%s', async (_rule, issuer, kind, expected) => {
    const emulator = createEmulator({ seed: 'test', issuer })
    const session_transfer_token = await mint(emulator, {
      audience: `urn:${new URL(issuer).hostname}:session_transfer`,
    })
    const reply =
      kind === 'user' ? await signIn(emulator) : await authorizeAgain(emulator, {}, { session_transfer_token })
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(expected)])
  })

  it('is of no use at another emulator', async () => {
    expect((await authorizeAgain(seeded(), await open(seeded()))).status).toBe(200)
  })

  it('changes with every login, and the one before it ends', async () => {
    const emulator = seeded()
    const first = await open(emulator)
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...first }
    const body = toForm(loginRequest({ user_id: 'auth0|bob' }))
    const second = sessionOf(await send(emulator, '/authorize/login', { method: 'POST', headers, body }))
    expect(second).not.toEqual(first)
    expect((await authorizeAgain(emulator, first)).status).toBe(200)
    expect((await authorizeAgain(emulator, second)).status).toBe(302)
  })
})

describe('a session', () => {
  it('signs its user in at every application', async () => {
    const emulator = seeded()
    const session = await open(emulator)
    const reply = await authorizeAgain(emulator, session, { client_id: 'web-app' })
    expect(reply.headers.getSetCookie()).toEqual([])
    const client = { client_id: 'web-app', client_secret: 'web-app-secret' }
    expect(claims(await exchange(emulator, codeGrant(codeOf(reply), client)), 'id_token')).toMatchObject({
      sub: 'auth0|alice',
      aud: 'web-app',
    })
  })

  it.each<[string, Parameters, number]>([
    ['is used with prompt=none', { prompt: 'none' }, 302],
    ['is not used with prompt=login', { prompt: 'login' }, 200],
    ['is used in an organization that has the user', { organization: 'acme' }, 302],
  ])('%s', async (_rule, parameters, status) => {
    const emulator = seeded()
    expect((await authorizeAgain(emulator, await open(emulator), parameters)).status).toBe(status)
  })

  it.each<[string, ReturnType<typeof seeded>, Parameters]>([
    [
      'in an organization without the user',
      seeded({ organizations: [{ id: 'org_1', members: [] }] }),
      { organization: 'org_1' },
    ],
    [
      'at a client without its connection',
      seeded(withClient('web-app', { connections: ['other'] })),
      { client_id: 'web-app' },
    ],
  ])('is not used %s', async (_rule, emulator, parameters) => {
    const session = await open(emulator)
    expect((await authorizeAgain(emulator, session, parameters)).status).toBe(200)
    const silent = await authorizeAgain(emulator, session, { ...parameters, prompt: 'none' })
    expect(answer(silent)).toMatchObject({ error: 'login_required' })
  })

  it.each<[string, readonly number[], number]>([
    ['ends after three days without use', [3 * DAY], 200],
    ['does not end before', [3 * DAY - 1], 302],
    ['goes on while it is used', [2 * DAY, 2 * DAY, 2 * DAY], 302],
    ['ends after seven days', [2 * DAY, 2 * DAY, 2 * DAY, DAY], 200],
  ])('%s', async (_rule, steps, status) => {
    const emulator = atNow()
    const session = await open(emulator)
    let last = 0
    for (const step of steps) {
      emulator.advance(step)
      last = (await authorizeAgain(emulator, session)).status
    }
    expect(last).toBe(status)
  })
})

describe('the age of a session', () => {
  it.each<[string, string, number, number]>([
    ['is used when it is as old as that', '60', 60_000, 302],
    ['is not used when it is older', '60', 60_001, 200],
    ['is not used when the user shall sign in now', '0', 0, 200],
  ])('of max_age: it %s', async (_rule, max_age, elapsed, status) => {
    const emulator = atNow()
    const session = await open(emulator)
    emulator.advance(elapsed)
    expect((await authorizeAgain(emulator, session, { max_age })).status).toBe(status)
    const silent = answer(await authorizeAgain(emulator, session, { max_age, prompt: 'none' }))
    expect(silent['error']).toBe(status === 302 ? undefined : 'login_required')
  })

  it('stands in the ID token when max_age was sent, and does not change with use', async () => {
    const emulator = atNow()
    const session = await open(emulator)
    emulator.advance(HOUR)
    const authTime = async (parameters: Parameters) => {
      const reply = await exchange(emulator, codeGrant(codeOf(await authorizeAgain(emulator, session, parameters))))
      return claims(reply, 'id_token')['auth_time']
    }
    expect(await authTime({ max_age: '86400' })).toBe(NOW / 1000)
    expect(await authTime({})).toBeUndefined()
  })

  it('is kept by the page, for the login that follows', async () => {
    const emulator = atNow()
    const page = await authorizeAgain(emulator, {}, { max_age: '0' })
    expect(page.text).toContain('<input type="hidden" name="max_age" value="0">')
    const code = codeOf(await signIn(emulator, { max_age: '0' }))
    expect(claims(await exchange(emulator, codeGrant(code)), 'id_token')).toMatchObject({ auth_time: NOW / 1000 })
  })
})

describe('a delegated session', () => {
  it('names the actor at other applications that accept delegation, and ends at the same time there', async () => {
    const emulator = atNow(delegating)
    const session = await open(emulator, 'delegated')
    emulator.advance(HOUR)
    const code = codeOf(
      await authorizeAgain(emulator, session, { client_id: 'web-app', scope: 'openid offline_access' }),
    )
    const reply = await exchange(emulator, codeGrant(code, { client_id: 'web-app', client_secret: 'web-app-secret' }))
    expect(claims(reply)).toMatchObject({ sub: 'auth0|alice', act: { sub: 'auth0|bob' } })
    expect(reply.body).toMatchObject({ expires_in: 3600, scope: 'openid' })
    expect(reply.body).not.toHaveProperty('refresh_token')
  })

  it('is not used at an application that does not accept delegation', async () => {
    const emulator = seeded()
    const session = await open(emulator, 'delegated')
    expect((await authorizeAgain(emulator, session, { client_id: 'web-app' })).status).toBe(200)
  })

  it.each([
    ['goes on for two hours', 2 * HOUR - 1, 302],
    ['ends after two hours, used or not', 2 * HOUR, 200],
  ])('%s', async (_rule, elapsed, status) => {
    const emulator = atNow()
    const session = await open(emulator, 'delegated')
    emulator.advance(HOUR)
    await authorizeAgain(emulator, session)
    emulator.advance(elapsed - HOUR)
    expect((await authorizeAgain(emulator, session)).status).toBe(status)
  })

  it.each<['user' | 'delegated']>([['user'], ['delegated']])(
    'does not open over a session of kind %s, and the token stays usable after the logout',
    async (kind) => {
      const emulator = seeded()
      const session = await open(emulator, kind)
      const session_transfer_token = await mint(emulator)
      const refused = await authorizeAgain(emulator, session, { session_transfer_token })
      expect([refused.status, refused.text.includes(OPEN)]).toEqual([400, true])
      await send(emulator, '/v2/logout', { headers: session })
      expect((await authorizeAgain(emulator, session, { session_transfer_token })).status).toBe(302)
    },
  )

  it('opens when the session before it has ended', async () => {
    const emulator = atNow()
    const session = await open(emulator)
    emulator.advance(7 * DAY)
    const session_transfer_token = await mint(emulator)
    expect((await authorizeAgain(emulator, session, { session_transfer_token })).status).toBe(302)
  })
})

describe('with strictLocalhost', () => {
  it.each([
    ['a loopback callback is refused', 'http://127.0.0.1:4711/callback', { error: 'interaction_required' }],
    ['localhost is one', 'http://localhost:4711/callback', { error: 'interaction_required' }],
    ['another callback is not', 'https://customer.example.com/callback', { code: expect.any(String) as string }],
  ])('%s', async (_rule, redirect_uri, expected) => {
    const emulator = seeded({ ...defaultTenant(), strictLocalhost: true })
    const session_transfer_token = await mint(emulator)
    expect(answer(await authorizeAgain(emulator, {}, { session_transfer_token, redirect_uri }))).toMatchObject(expected)
  })
})

describe('a client that requires an organization', () => {
  const required = withClient('customer-app', {
    organizationUsage: 'require',
    sessionTransfer: { allowDelegatedAccess: true, allowedAuthenticationMethods: ['query'] },
  })

  it('gets interaction_required for a session transfer without one', async () => {
    const emulator = seeded(required)
    const session_transfer_token = await mint(emulator)
    expect(answer(await authorizeAgain(emulator, {}, { session_transfer_token }))).toMatchObject({
      error: 'interaction_required',
      error_description: 'The session needs an organization.',
    })
  })

  it.each<[string, Partial<Parameters>, object]>([
    ['none', {}, { error: 'invalid_request', error_description: 'parameter organization is required for this client' }],
    ['one', { organization: 'acme' }, { code: expect.any(String) as string }],
  ])('and for a login with %s', async (_rule, parameters, expected) => {
    expect(answer(await signIn(seeded(required), parameters as Parameters))).toMatchObject(expected)
  })
})
