import { beforeEach, describe, expect, it } from 'vitest'
import type { ExchangeEvent } from '../../src/index.js'
import type { AccessTokenOptions, SessionClient } from '../../src/session/index.js'
import { ISSUER, thrownBy, type SentRequest } from '../support/scripted-server.js'
import { createBrowser, type Browser } from './support/browser.js'
import { API, createWorld, lastForm, signIn, START, whoIs, type World } from './support/world.js'

const OTHER_API = 'https://other.example.com'

let world: World
let sessions: SessionClient
let browser: Browser
let refreshes: number

beforeEach(async () => {
  world = await createWorld()
  sessions = world.sessions()
  browser = createBrowser()
  refreshes = 0
  world.answerWith({}, { refresh_token: 'canary-refresh-1' })
})

const get = (options: AccessTokenOptions = {}, at = browser) =>
  at.visit('/', (store) => sessions.getAccessToken(options, store))

/** A token endpoint that gives access tokens for what was asked, and uses up each refresh token. */
function rotate(members: (form: URLSearchParams) => object = () => ({})): void {
  let current = 'canary-refresh-1'
  world.tenant.answer = async ({ body }: SentRequest) => {
    const form = new URLSearchParams(body)
    if (form.get('refresh_token') !== current) return Response.json({ error: 'invalid_grant' }, { status: 403 })
    refreshes++
    current = `canary-refresh-${refreshes + 1}`
    const aud = form.get('audience') ?? API
    const token = await world.tenant.sign({ iss: ISSUER, aud, scope: form.get('scope'), jti: String(refreshes) })
    const answer = { access_token: token, token_type: 'Bearer', expires_in: 3600, refresh_token: current }
    return Response.json({ ...answer, ...members(form) })
  }
}

describe('the access token of a session', () => {
  it('is the one of the login, for its audience and scopes', async () => {
    await signIn(sessions, browser, { audience: API, scope: 'read write' })
    const token = { accessToken: 'canary-access-token', tokenType: 'Bearer', expiresAt: START / 1000 + 3600 }
    for (const options of [{}, { audience: API }, { audience: API, scope: 'write' }, { scope: 'write read' }]) {
      expect(await get(options)).toEqual({ ...token, scope: 'openid read write' })
      expect(browser.setCookies, 'nothing is new').toEqual([])
    }
    expect(world.tenant.tokenRequests).toHaveLength(1)
  })

  it('is another one for another audience', async () => {
    await signIn(sessions, browser, { audience: API })
    rotate()
    const [own, other] = [await get({ audience: API }), await get({ audience: OTHER_API })]
    expect([own.accessToken, refreshes]).toEqual(['canary-access-token', 1])
    expect(other.accessToken).not.toBe(own.accessToken)
    expect(await get({ audience: OTHER_API })).toEqual(other)
    expect(await get({ audience: API })).toEqual(own)
    expect(refreshes).toBe(1)
  })

  it('is another one for scopes that it does not have', async () => {
    await signIn(sessions, browser, { audience: API, scope: 'read' })
    rotate()
    await get({ audience: API, scope: 'write' })
    expect(lastForm(world)).toMatchObject({ grant_type: 'refresh_token', audience: API, scope: 'write' })
  })

  it('is another one for scopes of which it has some', async () => {
    await signIn(sessions, browser, { audience: API, scope: 'read' })
    rotate(() => ({ scope: 'a' }))
    for (const scope of ['read write', 'a b', 'a c', 'a b d']) await get({ scope })
    expect(refreshes).toBe(4)
  })

  it('is another one for the same scopes of another audience', async () => {
    await signIn(sessions, browser, { audience: API })
    rotate()
    for (const audience of [OTHER_API, API, OTHER_API]) await get({ audience, scope: 'x' })
    expect(refreshes).toBe(2)
  })

  it('has the scopes of the login when it is refreshed for the audience of the login, and there alone', async () => {
    await signIn(sessions, browser, { audience: API, scope: 'read write' })
    rotate()
    world.now += 3600 * 1000
    await get()
    await get({ audience: API, scope: 'write' })
    expect(refreshes).toBe(1)
    await get({ audience: OTHER_API })
    await get({ audience: OTHER_API, scope: 'write' })
    expect(refreshes).toBe(3)
  })

  it('may be for several audiences', async () => {
    await signIn(sessions, browser, { audience: API })
    const token = await world.tenant.sign({ iss: ISSUER, aud: [API, OTHER_API] })
    rotate(() => ({ access_token: token }))
    expect((await get({ audience: OTHER_API })).accessToken).toBe(token)
  })

  it('is not asked for again when the server grants less', async () => {
    await signIn(sessions, browser, { audience: API })
    rotate(() => ({ scope: 'read' }))
    const tokens = [await get({ scope: 'read write' }), await get({ scope: 'write read' })]
    expect([tokens[0], tokens[0]?.scope, refreshes]).toEqual([tokens[1], 'read', 1])
  })

  it.each<[string, unknown]>([
    ['is for another audience', OTHER_API],
    ['names no audience', undefined],
  ])('that the server gave for another one is an error when it %s', async (_name, aud) => {
    await signIn(sessions, browser, { audience: API })
    const token = await world.tenant.sign({ iss: ISSUER, ...(aud === undefined ? {} : { aud: aud as string }) })
    rotate(() => ({ access_token: token }))
    const error = await thrownBy(get({ audience: 'https://third.example.com' }))
    expect(error).toMatchObject({ code: 'invalid_response', field: 'access_token' })
  })

  it('that nobody can read is an error when it is for another audience', async () => {
    await signIn(sessions, browser, { audience: API })
    rotate(() => ({ access_token: 'canary-opaque' }))
    expect(await thrownBy(get({ audience: OTHER_API }))).toMatchObject({ code: 'invalid_response' })
    // The session goes on with the next refresh token.
    expect((await get({ audience: API, scope: 'more' })).accessToken).toBe('canary-opaque')
  })

  it('of nobody needs a login', async () => {
    expect(await thrownBy(get())).toMatchObject({ code: 'login_required', reason: 'signed_out' })
  })

  it('of a delegated session is that of the login, and there is no refresh token', async () => {
    world.answerWith({ act: { sub: 'auth0|bob' } }, { refresh_token: 'canary-refresh-1' })
    await signIn(sessions, browser, { audience: API })
    expect((await get()).accessToken).toBe('canary-access-token')
    world.now += 3600 * 1000
    expect(await thrownBy(get())).toMatchObject({ code: 'login_required', reason: 'no_refresh_token' })
    expect(world.tenant.tokenRequests).toHaveLength(1)
  })
})

describe('an access token that ends', () => {
  it('is refreshed before, and the session goes on', async () => {
    await signIn(sessions, browser, { audience: API })
    rotate()
    world.now += (3600 - 31) * 1000
    expect((await get()).accessToken).toBe('canary-access-token')
    world.now += 1000
    const token = await get()
    expect([token.expiresAt, refreshes]).toEqual([world.now / 1000 + 3600, 1])
    // Longer than a refresh is remembered beside the cookies.
    world.now += 10_001
    expect(await get()).toEqual(token)
    expect(refreshes).toBe(1)
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })

  it('is given to its end when there is no refresh token', async () => {
    world.answerWith()
    await signIn(sessions, browser)
    world.now += 3600 * 1000 - 1
    expect((await get()).accessToken).toBe('canary-access-token')
    world.now += 1
    expect(await thrownBy(get())).toMatchObject({ code: 'login_required', reason: 'no_refresh_token' })
  })

  it('and whose refresh is refused needs a login', async () => {
    await signIn(sessions, browser)
    world.tenant.answer = () => Response.json({ error: 'invalid_grant' }, { status: 403 })
    const error = await thrownBy(get({ scope: 'other' }))
    expect(error).toMatchObject({ code: 'login_required', reason: 'refresh_refused', status: 403 })
  })

  it('without a lifetime is used as it is', async () => {
    world.answerWith({}, { expires_in: undefined, refresh_token: 'canary-refresh-1' })
    await signIn(sessions, browser)
    world.now += 80_000_000
    expect((await get()).accessToken).toBe('canary-access-token')
    expect(world.tenant.tokenRequests).toHaveLength(1)
  })

  it('sooner than it can be used is given all the same', async () => {
    await signIn(sessions, browser, { audience: API })
    rotate(() => ({ expires_in: 10 }))
    expect((await get({ scope: 'short' })).expiresAt).toBe(START / 1000 + 10)
  })
})

describe('a refreshed session', () => {
  it.each<[string, object, object]>([
    ['is about somebody else', { sub: 'auth0|carol' }, { field: 'sub' }],
    ['belongs to another organization', { org_id: 'org_2' }, { field: 'org_id' }],
    ['names an actor', { act: { sub: 'auth0|bob' } }, { field: 'act' }],
    ['is for another client', { aud: 'other' }, { field: 'aud' }],
  ])('whose ID token %s is none', async (_name, claims, error) => {
    await signIn(sessions, browser)
    world.answerWith(claims)
    expect(await thrownBy(get({ scope: 'other' }))).toMatchObject({ code: 'verification_failed', ...error })
  })

  it('ends when the session would have ended', async () => {
    const { expiresAt } = await signIn(sessions, browser)
    rotate()
    world.now += 80_000_000
    await get()
    expect((await browser.visit('/', (store) => sessions.getSession(store)))?.expiresAt).toBe(expiresAt)
  })

  it('tells an observer, without a token', async () => {
    const events: ExchangeEvent[] = []
    sessions = world.sessions({ onEvent: (event) => events.push(event) })
    await signIn(sessions, browser)
    rotate()
    await get({ scope: 'other' })
    expect(events).toMatchObject([
      { flow: 'exchange', outcome: 'success', issuer: ISSUER },
      { flow: 'refresh', outcome: 'success', issuer: ISSUER, scope: 'other' },
    ])
    expect(JSON.stringify(events)).not.toContain('canary')
  })
})

describe('concurrent calls of a session', () => {
  it('that want the same share one request', async () => {
    await signIn(sessions, browser)
    rotate()
    const tokens = await Promise.all(Array.from({ length: 100 }, () => get({ audience: OTHER_API })))
    expect([new Set(tokens.map(({ accessToken }) => accessToken)).size, refreshes]).toEqual([1, 1])
  })

  it('that want different things do not use a refresh token twice', async () => {
    await signIn(sessions, browser, { audience: API })
    rotate()
    const audiences = Array.from({ length: 5 }, (_, index) => `https://api-${index}.example.com`)
    await Promise.all([...audiences, ...audiences].map((audience) => get({ audience })))
    expect(refreshes).toBe(5)
  })

  it('that were sent before the new cookie came get the new tokens, for ten seconds', async () => {
    await signIn(sessions, browser)
    rotate()
    const late = createBrowser()
    for (const [name, value] of browser.cookies) late.cookies.set(name, value)
    const later = createBrowser()
    for (const [name, value] of browser.cookies) later.cookies.set(name, value)
    const token = await get({ scope: 'a' })
    world.now += 10_000
    expect(await get({ scope: 'a' }, late)).toEqual(token)
    await get({ scope: 'b' }, late)
    expect(refreshes).toBe(2)
    world.now += 10_001
    expect(await thrownBy(get({ scope: 'a' }, later))).toMatchObject({ reason: 'refresh_refused' })
  })

  it('of two users share nothing, whatever the server gave them', async () => {
    const other = createBrowser()
    await signIn(sessions, browser)
    world.answerWith({ sub: 'auth0|carol' }, { refresh_token: 'canary-refresh-1' })
    await signIn(sessions, other)
    world.tenant.answer = () => {
      refreshes++
      return Response.json({ access_token: `canary-${refreshes}`, token_type: 'Bearer', expires_in: 60 })
    }
    const [one, two] = await Promise.all([get({ scope: 'a' }), get({ scope: 'a' }, other)])
    expect(one.accessToken).not.toBe(two.accessToken)
    expect([await whoIs(sessions, browser), await whoIs(sessions, other)]).toEqual(['auth0|alice', 'auth0|carol'])
  })
})

describe('bad options are refused before anything is looked at', () => {
  it.each<[string, object, object]>([
    ['a blank audience', { audience: ' ' }, { code: 'invalid_parameter', field: 'audience' }],
    ['a blank scope', { scope: '' }, { code: 'invalid_parameter', field: 'scope' }],
    ['several audiences', { audience: ['a'] }, { name: 'TypeError' }],
    ['an unknown option', { resource: 'a' }, { name: 'TypeError' }],
  ])('%s', async (_name, options, error) => {
    expect(await thrownBy(get(options))).toMatchObject(error)
  })
})
