import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SessionClient } from '../../src/session/index.js'
import { createBrowser, type Browser } from './support/browser.js'
import { APP, begin, createWorld, SESSION_METADATA, signIn, whoIs, type World } from './support/world.js'

let world: World
let sessions: SessionClient
let browser: Browser

async function start(metadata: object = SESSION_METADATA): Promise<void> {
  world = await createWorld(metadata)
  sessions = world.sessions()
  browser = createBrowser()
}

beforeEach(() => start())

const logout = (options = {}) => browser.visit('/logout', (store) => sessions.logout(options, store))

describe('a logout', () => {
  it('ends the session, and a login that was begun', async () => {
    await signIn(sessions, browser)
    await begin(sessions, browser)
    expect(browser.cookies.size).toBe(2)
    await logout()
    expect(browser.cookies.size).toBe(0)
    expect(await whoIs(sessions, browser)).toBeUndefined()
  })

  it('leads to the page where the server ends its own session', async () => {
    await signIn(sessions, browser)
    const url = new URL(await logout({ returnTo: '/goodbye' }))
    expect(`${url.origin}${url.pathname}`).toBe(SESSION_METADATA.end_session_endpoint)
    const { id_token_hint: hint = '', ...parameters } = Object.fromEntries(url.searchParams)
    expect(parameters).toEqual({ client_id: 'web-app', post_logout_redirect_uri: `${APP}/goodbye` })
    expect(decodeJwt(hint).sub).toBe('auth0|alice')
  })

  it('of nobody leads there too, without a hint', async () => {
    const url = new URL(await logout())
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'post_logout_redirect_uri'])
  })

  it('forbids that the address which it leads to shows as a referrer', async () => {
    let headers = new Headers()
    await browser.visit('/logout', (store) => {
      headers = store.headers
      return sessions.logout({}, store)
    })
    expect([headers.get('Referrer-Policy'), headers.get('Cache-Control')]).toEqual(['no-referrer', 'no-store'])
  })

  it('ends the session, whatever is wrong with the domain', async () => {
    await signIn(sessions, browser)
    sessions = world.sessions({
      domain: () => {
        throw new RangeError('no such brand')
      },
    })
    await expect(logout()).rejects.toThrow(RangeError)
    expect(browser.cookies.size).toBe(0)
  })

  it('at another domain than that of the session shows the ID token to nobody', async () => {
    await signIn(sessions, browser)
    const other = 'https://other.example.com/'
    sessions = world.sessions({
      domain: () => 'other.example.com',
      fetch: () =>
        Promise.resolve(Response.json({ ...SESSION_METADATA, issuer: other, end_session_endpoint: `${other}logout` })),
    })
    const url = new URL(await logout())
    expect([url.origin, url.searchParams.has('id_token_hint'), browser.cookies.size]).toEqual([
      'https://other.example.com',
      false,
      0,
    ])
  })

  it.each<[string, object]>([
    ['has no such page', { ...SESSION_METADATA, end_session_endpoint: undefined }],
    ['has one over plain http', { ...SESSION_METADATA, end_session_endpoint: 'http://tenant.example.com/logout' }],
    ['has no metadata', {}],
  ])('leads to the application when the server %s', async (_name, metadata) => {
    await signIn(sessions, browser)
    const cookies = new Map(browser.cookies)
    await start(metadata)
    expect([cookies.size, browser.cookies.size]).toEqual([1, 0])
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    expect(await logout({ returnTo: '/goodbye' })).toBe('/goodbye')
    expect(browser.cookies.size).toBe(0)
  })
})
