import { generateKeyPair } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { ACCESS_TOKEN_TYPE, clientSecretPost } from '../../src/index.js'
import { isDelegated, type CustomLoginOptions, type SessionClient } from '../../src/session/index.js'
import { thrownBy } from '../support/scripted-server.js'
import { createBrowser, type Browser } from './support/browser.js'
import { createWorld, lastForm, signIn, START, SUBJECT, whoIs, type World } from './support/world.js'

let world: World
let sessions: SessionClient
let browser: Browser

beforeEach(async () => {
  world = await createWorld()
  sessions = world.sessions()
  browser = createBrowser()
})

const ACTOR = { actorToken: 'canary-actor-token', actorTokenType: 'urn:acme:agent' }

describe('a login by custom token exchange', () => {
  it('signs the user of the ID token in', async () => {
    const session = await signIn(sessions, browser)
    expect(session).toMatchObject({ user: { sub: 'auth0|alice', name: 'Alice' }, createdAt: START / 1000 })
    expect(await browser.visit('/', (store) => sessions.getSession(store))).toEqual(session)
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })

  it.each([
    [undefined, 'openid profile email'],
    ['read:data', 'openid read:data'],
    ['read:data openid', 'read:data openid'],
    ['openid2', 'openid openid2'],
  ])('with the scope %s asks for %s', async (scope, sent) => {
    await signIn(sessions, browser, scope === undefined ? {} : { scope })
    expect(lastForm(world)['scope']).toBe(sent)
  })

  it('keeps who acts on the user', async () => {
    const act = { sub: 'auth0|bob', name: 'Bob' }
    world.answerWith({ act })
    const session = await signIn(sessions, browser, ACTOR)
    expect(isDelegated(session) && session.user.act).toEqual(act)
    const user = await browser.visit('/', (store) => sessions.getUser(store))
    expect(user?.act).toEqual(act)
  })

  it('has nobody who acts when act is null', async () => {
    world.answerWith({ act: null })
    const session = await signIn(sessions, browser)
    expect([isDelegated(session), 'act' in session.user]).toEqual([false, false])
  })

  it('is for the token that it was called with, when the options serve another login at once', async () => {
    const options = { ...SUBJECT, subjectToken: 'canary-alice' }
    const login = () =>
      browser.visit('/login', (store) => sessions.loginWithCustomTokenExchange(options, store), { method: 'POST' })
    const first = login()
    options.subjectToken = 'canary-carol'
    await Promise.all([first, login()])
    const sent = world.tenant.tokenRequests.map(({ form }) => new Map(form).get('subject_token'))
    expect(sent).toEqual(['canary-alice', 'canary-carol'])
  })

  it('is bound to the key of the client', async () => {
    world.answerWith({}, { token_type: 'DPoP' })
    await signIn(world.sessions({ dpop: { keyPair: await generateKeyPair('ES256') } }), browser)
    expect(world.tenant.tokenRequests[0]?.headers.has('dpop')).toBe(true)
  })

  it('takes the place of another session', async () => {
    await signIn(sessions, browser)
    world.answerWith({ sub: 'auth0|carol' })
    await signIn(sessions, browser)
    expect(await whoIs(sessions, browser)).toBe('auth0|carol')
  })
})

describe('the calls of the Python SDK, against the emulator', () => {
  const PROFILE = { subjectToken: 'custom-token-from-external-system', subjectTokenType: 'urn:acme:mcp-token' }
  const DELEGATION = {
    subjectToken: 'user-access-token',
    subjectTokenType: ACCESS_TOKEN_TYPE,
    actorToken: 'service-access-token',
    actorTokenType: ACCESS_TOKEN_TYPE,
  }

  it.each<[string, CustomLoginOptions, string | undefined]>([
    ['a login', { ...PROFILE, audience: 'https://api.example.com' }, undefined],
    ['a login in an organization', { ...PROFILE, organization: 'org_abc1234' }, undefined],
    ['a login with parameters of its own', { ...PROFILE, extra: { custom_field: 'custom_value' } }, undefined],
    ['a login with an actor', DELEGATION, 'service'],
  ])('%s', async (_name, options, actor) => {
    const emulator = createEmulator({ seed: 'python' })
    sessions = world.sessions({
      domain: emulator.issuer,
      clientAuthentication: clientSecretPost('web-app-secret'),
      fetch: (url, init) => emulator.fetch(new Request(url, init)),
      now: Date.now,
    })
    const { user } = await browser.visit('/login', (store) => sessions.loginWithCustomTokenExchange(options, store))
    expect([user.sub, user.act?.sub]).toEqual(['auth0|alice', actor])
    expect(await browser.visit('/', (store) => sessions.getUser(store))).toEqual(user)
  })
})

describe('a login whose ID token does not hold signs nobody in', () => {
  it.each<[string, object, object, object]>([
    ['none came', {}, { id_token: undefined }, { code: 'verification_failed', reason: 'no_id_token' }],
    ['it is no JWT', {}, { id_token: 'canary-id-token' }, { code: 'verification_failed', reason: 'malformed' }],
    ['it is for another client', { aud: 'other' }, {}, { code: 'verification_failed', field: 'aud' }],
    ['it is from another issuer', { iss: 'https://evil.example/' }, {}, { code: 'verification_failed', field: 'iss' }],
    ['it has expired', { exp: START / 1000 - 60 }, {}, { code: 'verification_failed', reason: 'expired' }],
    ['its user is blank', { sub: ' ' }, {}, { code: 'verification_failed', field: 'sub' }],
    ['its user is a number', { sub: 1 }, {}, { code: 'verification_failed', field: 'sub' }],
    ['its actor has a blank name', { act: { sub: '' } }, {}, { code: 'invalid_act_claim' }],
    ['its actor is malformed', { act: 'bob' }, {}, { code: 'invalid_act_claim' }],
  ])('%s', async (_name, claims, members, error) => {
    world.answerWith(claims, members)
    expect(await thrownBy(signIn(sessions, browser))).toMatchObject(error)
    expect(browser.setCookies).toEqual([])
    expect(await whoIs(sessions, browser)).toBeUndefined()
  })

  it('the keys cannot be read', async () => {
    world.tenant.keys = () => new Response('', { status: 500 })
    expect(await thrownBy(signIn(sessions, browser))).toMatchObject({ reason: 'keys_unavailable' })
    expect(browser.setCookies).toEqual([])
  })

  it('it names another organization', async () => {
    world.answerWith({ org_id: 'org_2' })
    const error = await thrownBy(signIn(sessions, browser, { organization: 'org_1' }))
    expect(error).toMatchObject({ code: 'organization_mismatch' })
  })

  it('an actor was sent and it names none', async () => {
    expect(await thrownBy(signIn(sessions, browser, ACTOR))).toMatchObject({ code: 'actor_not_recorded' })
    expect(browser.cookies.size).toBe(0)
  })

  it('and the session that there was stays', async () => {
    await signIn(sessions, browser)
    world.answerWith({ sub: 'auth0|carol', aud: 'other' })
    await thrownBy(signIn(sessions, browser))
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })
})

describe('bad options are refused before any request', () => {
  it.each<[string, object, object]>([
    ['a blank token', { subjectToken: ' ' }, { code: 'invalid_token_format' }],
    ['half an actor', { actorToken: 'canary-actor' }, { code: 'missing_actor_token_type' }],
    ['a protected extra', { extra: { Scope: 'a' } }, { code: 'protected_parameter' }],
    ['several audiences', { audience: ['a', 'b'] }, { name: 'TypeError' }],
    ['another token type', { requestedTokenType: 'urn:x' }, { name: 'TypeError' }],
    ['the cache', { cache: true }, { name: 'TypeError' }],
  ])('%s', async (_name, options, error) => {
    expect(await thrownBy(signIn(sessions, browser, options))).toMatchObject(error)
    expect(world.tenant.urls).toEqual([])
  })
})

describe('a session ends', () => {
  it.each<[string, object, number]>([
    ['after a day', {}, 86_400],
    ['after two hours when somebody acts', { act: { sub: 'auth0|bob' } }, 7200],
  ])('%s', async (_name, claims, seconds) => {
    world.answerWith(claims)
    const { createdAt, expiresAt } = await signIn(sessions, browser)
    expect(expiresAt - createdAt).toBe(seconds)
    world.now += seconds * 1000 - 1
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
    world.now += 1
    expect(await whoIs(sessions, browser)).toBeUndefined()
  })

  it('after its lifetime, which is the shorter one of the two when somebody acts', async () => {
    const [short, long] = [world.sessions({ lifetimeSeconds: 60 }), world.sessions({ lifetimeSeconds: 900_000 })]
    world.answerWith({ act: { sub: 'auth0|bob' } })
    expect((await signIn(short, browser)).expiresAt).toBe(START / 1000 + 60)
    expect((await signIn(long, browser)).expiresAt).toBe(START / 1000 + 7200)
  })

  it('with the browser when somebody acts, and else with its lifetime', async () => {
    await signIn(sessions, browser)
    expect(browser.setCookies[0]).toContain('Max-Age=86400')
    world.answerWith({ act: { sub: 'auth0|bob' } })
    await signIn(sessions, browser)
    expect(browser.setCookies[0]).not.toContain('Max-Age')
  })

  it('of a server that is not the one of the application any more is none', async () => {
    await signIn(sessions, browser)
    expect(await whoIs(world.sessions({ domain: 'other.example.com' }), browser)).toBeUndefined()
  })
})
