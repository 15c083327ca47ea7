import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SessionClient } from '../../src/session/index.js'
import { ISSUER, thrownBy } from '../support/scripted-server.js'
import { createBrowser, type Browser } from './support/browser.js'
import {
  APP,
  begin,
  comeBack,
  createWorld,
  lastForm,
  SESSION_METADATA,
  signIn,
  whoIs,
  type World,
} from './support/world.js'

let world: World
let sessions: SessionClient
let browser: Browser

beforeEach(async () => {
  world = await createWorld()
  sessions = world.sessions()
  browser = createBrowser()
})

/** Begins a login, lets the server answer with its nonce, and gives what the browser comes back with. */
async function answered(options = {}, claims = {}, path = '/login', at = browser): Promise<Record<string, string>> {
  const { searchParams } = await begin(sessions, at, options, path)
  world.answerWith({ nonce: searchParams.get('nonce'), ...claims })
  return { code: 'canary-code', state: searchParams.get('state') ?? '' }
}

describe('the beginning of a login', () => {
  it('sends the browser to the server with everything that the answer is checked against', async () => {
    const url = await begin(sessions, browser, { scope: 'read:data', audience: 'https://api.example.com' })
    expect(`${url.origin}${url.pathname}`).toBe(SESSION_METADATA.authorization_endpoint)
    const random = expect.stringMatching(/^[\w-]{43}$/) as string
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'web-app',
      redirect_uri: `${APP}/callback`,
      response_type: 'code',
      scope: 'openid read:data',
      audience: 'https://api.example.com',
      state: random,
      nonce: random,
      code_challenge: random,
      code_challenge_method: 'S256',
    })
  })

  it('asks for a refresh token when it is told to', async () => {
    const { searchParams } = await begin(sessions, browser, { scope: 'offline_access' })
    expect(searchParams.get('scope')).toBe('openid offline_access')
  })

  it.each(['scope', 'audience', 'organization'])('is refused with a blank %s', async (field) => {
    const error = { code: 'invalid_parameter', field, reason: 'blank' }
    expect(await thrownBy(begin(sessions, browser, { [field]: ' ' }))).toMatchObject(error)
  })

  it('is another one each time', async () => {
    const urls = [await begin(sessions, browser), await begin(sessions, browser)]
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(new Set(urls.map((url) => url.searchParams.get(name))).size).toBe(2)
    }
  })

  it('passes a session transfer token and its organization on, and asks for no refresh token', async () => {
    const path = '/login?session_transfer_token=canary-stt&session_transfer_token=other&organization=org_1&next=/'
    const url = await begin(sessions, browser, { scope: 'openid offline_access' }, path)
    const { session_transfer_token: token, organization, scope } = Object.fromEntries(url.searchParams)
    expect([token, organization, scope]).toEqual(['canary-stt', 'org_1', 'openid'])
  })

  it('passes on no organization that comes without one', async () => {
    const url = await begin(sessions, browser, {}, '/login?organization=org_1')
    expect(url.searchParams.has('organization')).toBe(false)
  })

  it('keeps no session transfer token, and lets no page that follows see it', async () => {
    let headers = new Headers()
    await browser.visit('/login?session_transfer_token=canary-stt', (store) => {
      headers = store.headers
      return sessions.startInteractiveLogin({}, store)
    })
    expect([headers.get('Referrer-Policy'), headers.get('Cache-Control')]).toEqual(['no-referrer', 'no-store'])
  })

  it('with a session transfer token is refused over a session', async () => {
    await signIn(sessions, browser)
    let headers = new Headers()
    const login = browser.visit('/login?session_transfer_token=canary-stt', (store) => {
      headers = store.headers
      return sessions.startInteractiveLogin({}, store)
    })
    expect(await thrownBy(login)).toMatchObject({ code: 'session_exists' })
    // The page that says so has the token in its address.
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    expect([browser.setCookies, await whoIs(sessions, browser)]).toEqual([[], 'auth0|alice'])
  })

  it.each([
    ['no endpoint', undefined, 'missing'],
    ['an endpoint over plain http', 'http://tenant.example.com/authorize', 'insecure'],
    ['an endpoint that is none', 'authorize', 'insecure'],
  ])('at a server with %s fails', async (_name, endpoint, reason) => {
    world = await createWorld({ ...SESSION_METADATA, authorization_endpoint: endpoint })
    const error = await thrownBy(begin(world.sessions(), browser))
    expect(error).toMatchObject({ code: 'invalid_metadata', field: 'authorization_endpoint', reason })
  })
})

describe('the answer to a login', () => {
  it('signs the user in and leads on', async () => {
    const answer = await answered({ returnTo: '/account?tab=1#top' })
    const { session, returnTo } = await comeBack(sessions, browser, answer)
    expect([session.user.sub, returnTo]).toEqual(['auth0|alice', '/account?tab=1#top'])
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })

  it('is redeemed with the verifier of the challenge, by the one request path', async () => {
    const { searchParams } = await begin(sessions, browser)
    world.answerWith({ nonce: searchParams.get('nonce') })
    await comeBack(sessions, browser, { code: 'canary-code', state: searchParams.get('state') ?? '' })
    const { code_verifier: verifier = '', ...form } = lastForm(world)
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(searchParams.get('code_challenge'))
    expect(form).toEqual({
      client_id: 'web-app',
      client_secret: 'canary-client-secret',
      grant_type: 'authorization_code',
      code: 'canary-code',
      redirect_uri: `${APP}/callback`,
    })
  })

  it('lets no page that follows see the code', async () => {
    const query = new URLSearchParams(await answered())
    let headers = new Headers()
    await browser.visit(`/callback?${query.toString()}`, (store) => {
      headers = store.headers
      return sessions.completeInteractiveLogin(store)
    })
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
  })

  it('counts once', async () => {
    const answer = await answered()
    await comeBack(sessions, browser, answer)
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ reason: 'no_login' })
  })

  it('of a delegated login has an actor and lasts two hours', async () => {
    const answer = await answered({}, { act: { sub: 'auth0|bob' } }, '/login?session_transfer_token=canary-stt')
    const { session } = await comeBack(sessions, browser, answer)
    expect([session.user.act, session.expiresAt - session.createdAt]).toEqual([{ sub: 'auth0|bob' }, 7200])
  })

  it('of a session transfer is refused over a session that came in between', async () => {
    const answer = await answered({}, {}, '/login?session_transfer_token=canary-stt')
    await signIn(sessions, browser)
    const before = world.tenant.tokenRequests.length
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ code: 'session_exists' })
    expect(world.tenant.tokenRequests).toHaveLength(before)
  })

  it('of the organization that came with the session transfer must belong to it', async () => {
    const path = '/login?session_transfer_token=canary-stt&organization=org_1'
    const answer = await answered({}, { org_id: 'org_2' }, path)
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ code: 'organization_mismatch' })
  })

  it('takes a session that was there before away', async () => {
    await signIn(sessions, browser)
    await comeBack(sessions, browser, await answered({}, { sub: 'auth0|carol' }))
    expect(await whoIs(sessions, browser)).toBe('auth0|carol')
  })
})

describe('an answer that does not belong to the login signs nobody in', () => {
  type Query = Record<string, string>

  it.each<[string, (answer: Query) => Query, { readonly reason: string; readonly oauth?: object }]>([
    ['without a state', ({ code = '' }) => ({ code }), { reason: 'state' }],
    ['with another state', (answer) => ({ ...answer, state: 'other' }), { reason: 'state' }],
    ['with an empty state', (answer) => ({ ...answer, state: '' }), { reason: 'state' }],
    ['without a code', ({ state = '' }) => ({ state }), { reason: 'malformed' }],
    ['with a blank code', (answer) => ({ ...answer, code: ' ' }), { reason: 'malformed' }],
    ['of another issuer', (answer) => ({ ...answer, iss: 'https://evil.example/' }), { reason: 'issuer' }],
    ['of an issuer that lacks its slash', (answer) => ({ ...answer, iss: ISSUER.slice(0, -1) }), { reason: 'issuer' }],
    [
      'that is a refusal',
      ({ state = '' }) => ({ state, error: 'access_denied', error_description: 'canary-text' }),
      { reason: 'refused', oauth: { error: 'access_denied', errorDescription: 'canary-text' } },
    ],
    [
      'that is a refusal by another issuer',
      ({ state = '' }) => ({ state, error: 'access_denied', iss: 'https://evil.example/' }),
      { reason: 'issuer' },
    ],
  ])('%s', async (_name, change, error) => {
    const answer = change(await answered())
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ code: 'login_failed', ...error })
    expect(world.tenant.tokenRequests).toEqual([])
    // Any page can send a browser here: only an answer with the state ends the login.
    expect(browser.cookies.size).toBe(error.reason === 'state' ? 1 : 0)
  })

  it.each(['state', 'code'])('with two of %s', async (name) => {
    const query = new URLSearchParams(await answered())
    query.append(name, query.get(name) ?? '')
    const login = browser.visit(`/callback?${query.toString()}`, (store) => sessions.completeInteractiveLogin(store))
    expect(await thrownBy(login)).toMatchObject({ code: 'login_failed' })
  })

  it('in a browser that began none (login CSRF)', async () => {
    const answer = await answered({}, {}, '/login', createBrowser())
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ reason: 'no_login' })
  })

  it('in a browser that began another one', async () => {
    const answer = await answered({}, {}, '/login', createBrowser())
    await begin(sessions, browser)
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ reason: 'state' })
  })

  it('and the login that was begun goes on', async () => {
    const answer = await answered()
    expect(await thrownBy(comeBack(sessions, browser, { ...answer, state: 'other' }))).toMatchObject({
      reason: 'state',
    })
    expect(await comeBack(sessions, browser, answer)).toMatchObject({ session: { user: { sub: 'auth0|alice' } } })
  })

  it('later than a quarter of an hour', async () => {
    const answer = await answered()
    world.now += 15 * 60 * 1000
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ reason: 'no_login' })
  })

  it.each<[string, object, string]>([
    ['another nonce', { nonce: 'other' }, 'nonce'],
    ['no nonce', { nonce: undefined }, 'nonce'],
    ['another audience', { aud: 'other' }, 'aud'],
  ])('with an ID token that has %s', async (_name, claims, field) => {
    const answer = await answered({}, claims)
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ code: 'verification_failed', field })
    expect(await whoIs(sessions, browser)).toBeUndefined()
  })
})

describe('the issuer in an answer', () => {
  const announced = { ...SESSION_METADATA, authorization_response_iss_parameter_supported: true }

  beforeEach(async () => {
    world = await createWorld(announced)
    sessions = world.sessions()
  })

  it('that is announced must be there', async () => {
    expect(await thrownBy(comeBack(sessions, browser, await answered()))).toMatchObject({ reason: 'issuer' })
  })

  it('and is right when it is the one of the metadata', async () => {
    const { session } = await comeBack(sessions, browser, { ...(await answered()), iss: ISSUER })
    expect(session.user.sub).toBe('auth0|alice')
  })

  it('of a login that began at another domain never gets its code (mix-up)', async () => {
    let domain = 'tenant.example.com'
    sessions = world.sessions({ domain: () => domain })
    const answer = await answered()
    domain = 'other.example.com'
    const urls = world.tenant.urls.length
    expect(await thrownBy(comeBack(sessions, browser, answer))).toMatchObject({ reason: 'issuer' })
    expect([world.tenant.tokenRequests, world.tenant.urls]).toMatchObject([[], { length: urls }])
  })
})
