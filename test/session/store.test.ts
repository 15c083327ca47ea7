import Keyv from 'keyv'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CacheStore, SessionClient } from '../../src/session/index.js'
import { thrownBy } from '../support/scripted-server.js'
import { createBrowser, type Browser } from './support/browser.js'
import { createWorld, OTHER_SECRET, SECRET, signIn, START, whoIs, type World } from './support/world.js'

/** A store that a test can look into and break. */
class TestStore implements CacheStore {
  readonly values = new Map<string, string>()
  readonly ttls: number[] = []
  broken: 'throws' | 'rejects' | 'hangs' | undefined
  /** Runs before a value is read. */
  onGet: () => void = () => undefined
  /** Runs before a value is written. */
  onSet: () => Promise<void> | undefined = () => undefined

  get(key: string): unknown {
    this.onGet()
    return this.#fail() ?? Promise.resolve(this.values.get(key))
  }

  async set(key: string, value: string, ttlMs: number): Promise<unknown> {
    this.ttls.push(ttlMs)
    await (this.#fail() ?? this.onSet())
    return this.values.set(key, value)
  }

  delete(key: string): unknown {
    return this.#fail() ?? Promise.resolve(this.values.delete(key))
  }

  #fail(): Promise<never> | undefined {
    if (this.broken === 'throws') throw new Error('canary-store')
    if (this.broken === 'rejects') return Promise.reject(new Error('canary-store'))
    return this.broken === 'hangs' ? new Promise(() => undefined) : undefined
  }
}

let world: World
let store: TestStore
let sessions: SessionClient
let browser: Browser

beforeEach(async () => {
  world = await createWorld()
  store = new TestStore()
  sessions = world.sessions({ store, storeTimeoutMs: 20 })
  browser = createBrowser()
})

const id = () => browser.cookies.get('__Host-onbehalf.session.0')

describe('a session in a store', () => {
  it('is as one in cookies', async () => {
    const session = await signIn(sessions, browser)
    expect(await browser.visit('/', (visit) => sessions.getSession(visit))).toEqual(session)
    expect([browser.cookies.size, store.values.size, store.ttls]).toEqual([1, 1, [86_400_000]])
  })

  it('may be large', async () => {
    world.answerWith({ padding: 'p'.repeat(100_000) })
    await signIn(sessions, browser)
    expect([browser.cookies.size, await whoIs(sessions, browser)]).toEqual([1, 'auth0|alice'])
  })

  it('can be kept by Keyv', async () => {
    sessions = world.sessions({ store: new Keyv() })
    await signIn(sessions, browser)
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
    await browser.visit('/', (visit) => sessions.logout({}, visit))
    expect(await whoIs(sessions, browser)).toBeUndefined()
  })

  it('shows neither its id nor what it holds', async () => {
    await signIn(sessions, browser)
    const text = JSON.stringify([...store.values])
    for (const part of [...text.matchAll(/[\w-]{20,}/g)].map(([word]) => word)) {
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toMatch(/alice|canary|issuer/)
    }
    expect(text).not.toContain(id()?.slice(2))
  })

  it('has a new id after each login, and the old one is gone (session fixation)', async () => {
    await signIn(sessions, browser)
    const [before, old] = [id(), createBrowser()]
    for (const [name, value] of browser.cookies) old.cookies.set(name, value)
    world.answerWith({ sub: 'auth0|carol' })
    await signIn(sessions, browser)
    expect([id() === before, store.values.size]).toEqual([false, 1])
    expect([await whoIs(sessions, old), await whoIs(sessions, browser)]).toEqual([undefined, 'auth0|carol'])
  })

  it('is not signed in to with an id that somebody chose', async () => {
    browser.cookies.set('__Host-onbehalf.session.0', '1~chosen')
    await signIn(sessions, browser)
    expect(id()).not.toContain('chosen')
  })

  it('is gone for everybody after a logout', async () => {
    await signIn(sessions, browser)
    const stolen = createBrowser()
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value)
    await browser.visit('/logout', (visit) => sessions.logout({}, visit))
    expect([store.values.size, await whoIs(sessions, stolen)]).toEqual([0, undefined])
  })

  it('ends, whatever the store still has', async () => {
    await signIn(sessions, browser)
    world.now += 86_400_000
    expect([store.values.size, await whoIs(sessions, browser)]).toEqual([1, undefined])
  })

  it('is found under the oldest secret, and refreshed under the newest', async () => {
    world.answerWith({}, { refresh_token: 'canary-refresh' })
    await signIn(sessions, browser)
    const both = world.sessions({ store, secrets: [OTHER_SECRET, SECRET] })
    expect(await whoIs(both, browser)).toBe('auth0|alice')
    await browser.visit('/', (visit) => both.getAccessToken({ scope: 'other' }, visit))
    expect(store.values.size).toBe(2)
    await browser.visit('/', (visit) => both.logout({}, visit))
    expect(store.values.size).toBe(0)
  })

  it('is nothing to another client, or to another user', async () => {
    await signIn(sessions, browser)
    expect(await whoIs(world.sessions({ store, clientId: 'other-app' }), browser)).toBeUndefined()
    const [[name = '', value = ''] = []] = store.values
    const other = createBrowser()
    world.answerWith({ sub: 'auth0|carol' })
    await signIn(sessions, other)
    const otherName = [...store.values.keys()].find((key) => key !== name) ?? ''
    store.values.set(otherName, value)
    expect([name === otherName, await whoIs(sessions, other)]).toEqual([false, undefined])
  })
})

describe('a refreshed session in a store', () => {
  const refreshed = () => browser.visit('/', (visit) => sessions.getAccessToken({ scope: 'other' }, visit))

  beforeEach(async () => {
    world.answerWith({}, { refresh_token: 'canary-refresh' })
    await signIn(sessions, browser)
  })

  it('is kept, and the cookie stays as it is', async () => {
    const before = id()
    await refreshed()
    const requests = world.tenant.tokenRequests.length
    await refreshed()
    expect([id(), world.tenant.tokenRequests.length]).toEqual([before, requests])
  })

  it('that was ended meanwhile stays ended', async () => {
    const { answer } = world.tenant
    world.tenant.answer = async (request) => {
      await browser.visit('/logout', (visit) => sessions.logout({}, visit))
      return answer(request)
    }
    await refreshed()
    expect(store.values.size).toBe(0)
  })

  it('that is ended while it is being written stays ended', async () => {
    let logout: Promise<unknown> = Promise.resolve()
    store.onSet = async () => {
      logout = browser.visit('/logout', (visit) => sessions.logout({}, visit))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await refreshed()
    await logout
    expect(store.values.size).toBe(0)
  })

  it('is of use even when the store does not keep it', async () => {
    const { answer } = world.tenant
    world.tenant.answer = (request) => {
      store.broken = 'rejects'
      return answer(request)
    }
    expect((await refreshed()).accessToken).toBe('canary-access-token')
  })
})

describe.each(['throws', 'rejects', 'hangs'] as const)('with a store that %s', (how) => {
  it('nobody is signed in, and everybody is again when it works', async () => {
    await signIn(sessions, browser)
    store.broken = how
    expect(await whoIs(sessions, browser)).toBeUndefined()
    store.broken = undefined
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })

  it('a login is an error, and sets no cookie', async () => {
    store.broken = how
    const error = { code: 'session_store_failed', reason: 'keep' }
    expect(await thrownBy(signIn(sessions, browser))).toMatchObject(error)
    expect(browser.setCookies).toEqual([])
  })

  it('a logout clears the cookie, and says that the session is still there', async () => {
    await signIn(sessions, browser)
    store.broken = how
    const logout = browser.visit('/logout', (visit) => sessions.logout({}, visit))
    expect(await thrownBy(logout)).toMatchObject({ code: 'session_store_failed', reason: 'delete' })
    expect(browser.cookies.size).toBe(0)
  })
})

it.each<[string, unknown]>([
  ['nothing', null],
  ['a number', 1],
  ['an object', { user: 'auth0|bob' }],
  ['other text', 'AQAA'],
  ['text of the store', JSON.stringify({ createdAt: START })],
])('a store that gives %s has no session', async (_name, value) => {
  await signIn(sessions, browser)
  const broken = { get: () => value, set: () => true, delete: () => true }
  expect(await whoIs(world.sessions({ store: broken }), browser)).toBeUndefined()
})
