import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReturnTo } from '../../src/session/same-origin.js'
import { thrownBy } from '../support/scripted-server.js'
import { createBrowser } from './support/browser.js'
import { APP, begin, createWorld } from './support/world.js'

const world = await createWorld()
const sessions = world.sessions()

const ELSEWHERE = [
  '',
  ' /',
  'account',
  'https://evil.example/',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,a',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/a\\b',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/a/..//evil.example',
  '/a b',
  '/ä',
  '/a\u0000',
  '?a=b',
  '#a',
  '.',
  `/${'a'.repeat(2000)}`,
]

describe('a returnTo that is no path of the application is refused, and nothing is sent', () => {
  it.each(ELSEWHERE)('%j', async (returnTo) => {
    const browser = createBrowser()
    const error = { code: 'invalid_parameter', field: 'returnTo' }
    expect(await thrownBy(begin(sessions, browser, { returnTo }))).toMatchObject(error)
    const logout = browser.visit('/logout', (store) => sessions.logout({ returnTo }, store))
    expect(await thrownBy(logout)).toMatchObject(error)
    expect([world.tenant.urls, browser.setCookies]).toEqual([[], []])
  })
})

it.each([
  '/',
  '/account',
  '/a/b?c=d&e=//f#g',
  '/a?next=https://evil.example',
  '/a//b',
  '/%2F%2Fevil',
  '/@evil',
  '/:80',
])('the path %s is taken as it is', (returnTo) => {
  expect(() => {
    checkReturnTo(returnTo, APP)
  }).not.toThrow()
})

it('no returnTo that is taken leads a browser elsewhere, from whatever page', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    ':',
    '@',
    '%2f',
    '%5c',
    '?',
    '#',
    'evil.example',
    'a',
    '\t',
    '\n',
    'https:',
  )
  let taken = 0
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.boolean(), (parts, hasSlash) => {
      const returnTo = `${hasSlash ? '/' : ''}${parts.join('')}`
      try {
        checkReturnTo(returnTo, APP)
      } catch {
        return
      }
      taken++
      for (const page of [`${APP}/callback?a=b`, `${APP}/deep/er/page`, `${APP}//odd`]) {
        const url = new URL(returnTo, page)
        expect(url.origin).toBe(APP)
        // An application may send the path alone.
        expect(new URL(url.pathname, page).origin).toBe(APP)
      }
    }),
    { numRuns: 2000 },
  )
  expect(taken).toBeGreaterThan(100)
})
