import { maxHeaderSize } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createCookieJar } from '../../src/session/cookies.js'
import { cookieHeader, createBrowser, keep } from './support/browser.js'
import { API, begin, createWorld, lastForm, signIn, whoIs } from './support/world.js'
import { thrownBy } from '../support/scripted-server.js'

const world = await createWorld()
const sessions = world.sessions()

/** An ID token that makes a session of about this many bytes. */
const ofSize = (bytes: number) => ({ padding: 'p'.repeat(bytes) })

describe('a session cookie', () => {
  it('is kept from scripts, from other sites, from plain http and from other hosts', async () => {
    const browser = createBrowser()
    await signIn(sessions, browser)
    await begin(sessions, browser)
    const lines = [...browser.setCookies]
    await signIn(sessions, browser)
    lines.push(...browser.setCookies)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) {
      expect(line).toMatch(/^__Host-onbehalf\.(?:session|login)\.\d=/)
      expect(line.split('; ').slice(1).sort()).toEqual([
        'HttpOnly',
        expect.stringMatching(/^Max-Age=\d+$/),
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ])
    }
  })

  it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])(
    'of %s has another name, and no Secure',
    async (appBaseUrl) => {
      const browser = createBrowser(appBaseUrl)
      await signIn(world.sessions({ appBaseUrl }), browser)
      expect(browser.setCookies[0]).toMatch(/^onbehalf\.session\.0=/)
      expect(browser.setCookies.join()).not.toContain('Secure')
    },
  )

  it('begins as the application says', async () => {
    const browser = createBrowser()
    await signIn(world.sessions({ cookieName: 'console' }), browser)
    expect(browser.setCookies[0]).toMatch(/^__Host-console\.session\.0=/)
  })

  it('shows nothing of what it holds', async () => {
    const browser = createBrowser()
    await signIn(sessions, browser)
    expect(browser.setCookies).toHaveLength(1)
    const text = [...browser.cookies.values()].join('')
    for (const part of text.split('.')) expect(atob(toBase64(part))).not.toMatch(/alice|canary/)
  })

  it('goes with an answer that nobody may cache', async () => {
    let headers = new Headers()
    await createBrowser().visit('/login', (store) => {
      headers = store.headers
      return sessions.loginWithCustomTokenExchange({ subjectToken: 'a', subjectTokenType: 'urn:b' }, store)
    })
    expect(headers.get('Cache-Control')).toBe('no-store')
  })
})

describe('a large session', () => {
  it.each([1000, 2500, 4000, 5500])('of %s bytes fits into cookies that a browser takes', async (bytes) => {
    world.answerWith(ofSize(bytes))
    const browser = createBrowser()
    await signIn(world.sessions({ cookieName: 'n'.repeat(40) }), browser)
    for (const line of browser.setCookies) expect(line.length).toBeLessThanOrEqual(4096)
    expect(await whoIs(world.sessions({ cookieName: 'n'.repeat(40) }), browser)).toBe('auth0|alice')
  })

  it('that does not fit is an error, and the session that there was stays', async () => {
    const browser = createBrowser()
    world.answerWith()
    await signIn(sessions, browser)
    world.answerWith({ ...ofSize(20_000), sub: 'auth0|carol' })
    expect(await thrownBy(signIn(sessions, browser))).toMatchObject({ code: 'session_too_large' })
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })

  it('that grows too large loses its oldest access tokens, and never its refresh token', async () => {
    const browser = createBrowser()
    const rotated = (count: number) => ({
      access_token: `${count}-${'a'.repeat(4000)}`,
      refresh_token: `refresh-${count}`,
    })
    world.answerWith({}, rotated(0))
    await signIn(sessions, browser, { scope: 'openid offline_access read:0' })
    const used: (string | undefined)[] = []
    const get = (scope: string) => browser.visit('/', (store) => sessions.getAccessToken({ scope }, store))
    for (const count of [1, 2, 3, 4]) {
      // Longer than what was refreshed a moment ago is remembered beside the cookies.
      world.now += 11_000
      world.answerWith({}, rotated(count))
      expect((await get(`read:${count}`)).accessToken).toMatch(new RegExp(`^${count}-`))
      used.push(lastForm(world)['refresh_token'])
    }
    expect(used).toEqual(['refresh-0', 'refresh-1', 'refresh-2', 'refresh-3'])
    world.now += 11_000
    const requests = world.tenant.tokenRequests.length
    expect((await get('read:4')).accessToken).toMatch(/^4-/)
    expect(world.tenant.tokenRequests).toHaveLength(requests)
    for (const line of browser.setCookies) expect(line.length).toBeLessThanOrEqual(4096)
  })

  it('leaves room for a login and for the other headers of a browser, within what Node takes', async () => {
    const browser = createBrowser()
    for (let bytes = 4000; ; bytes += 100) {
      world.answerWith(ofSize(bytes))
      if (await signIn(sessions, browser).catch(() => undefined)) continue
      expect(bytes).toBeGreaterThan(5000)
      break
    }
    await begin(sessions, browser, { returnTo: `/${'r'.repeat(1999)}`, audience: API, organization: 'org_abc1234' })
    expect(browser.cookies.size).toBe(4)
    expect(cookieHeader(browser.cookies).length).toBeLessThan(maxHeaderSize - 1200)
  })

  it('that grows too large without any access token is an error', async () => {
    const browser = createBrowser()
    world.answerWith({}, { refresh_token: 'canary-refresh' })
    await signIn(sessions, browser)
    world.answerWith(ofSize(20_000))
    const call = browser.visit('/', (store) => sessions.getAccessToken({ scope: 'other' }, store))
    expect(await thrownBy(call)).toMatchObject({ code: 'session_too_large' })
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })

  it('comes back whole, whatever its length', () => {
    const jar = createCookieJar('a', true)
    for (const length of [1, 3797, 3798, 3799, 3800, 7597, 7598, 7599, 7600, 11_397, 11_398]) {
      const headers = new Headers()
      const value = 'v'.repeat(length - 1) + 'w'
      jar.write({ request: new Request('https://app.example.com/'), headers }, 'b', value, undefined)
      const cookies = new Map<string, string>()
      for (const line of headers.getSetCookie()) keep(cookies, line)
      const request = new Request('https://app.example.com/', { headers: { cookie: cookieHeader(cookies) } })
      expect(jar.read(request, 'b')).toBe(value)
    }
  })

  it('leaves no chunk behind when it gets smaller', async () => {
    const browser = createBrowser()
    world.answerWith(ofSize(4000))
    await signIn(sessions, browser)
    const before = browser.cookies.size
    world.answerWith()
    await signIn(sessions, browser)
    expect([before > 1, browser.cookies.size]).toEqual([true, 1])
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })

  it('is read right next to a chunk that was left behind', async () => {
    const browser = createBrowser()
    world.answerWith()
    await signIn(sessions, browser)
    browser.cookies.set('__Host-onbehalf.session.1', 'left-behind')
    expect(await whoIs(sessions, browser)).toBe('auth0|alice')
  })
})

function toBase64(text: string): string {
  return text.replace(/^\d~/, '').replaceAll('-', '+').replaceAll('_', '/')
}
