import fc from 'fast-check'
import Keyv from 'keyv'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SessionClient } from '../../src/session/index.js'
import { createBrowser } from './support/browser.js'
import { begin, createWorld, OTHER_SECRET, SECRET, signIn, type World } from './support/world.js'

type Cookies = Readonly<Record<string, string>>

const NAME = '__Host-onbehalf.session'
const LARGE = { padding: 'p'.repeat(2500) }

let world: World
/** The cookies of two users of one application, each in two chunks. */
let alice: Cookies
let bob: Cookies
let login: Cookies

async function cookiesOf(sessions: SessionClient, sub: string): Promise<Cookies> {
  const browser = createBrowser()
  world.answerWith({ ...LARGE, sub })
  await signIn(sessions, browser)
  return Object.fromEntries(browser.cookies)
}

beforeAll(async () => {
  world = await createWorld()
  alice = await cookiesOf(world.sessions(), 'auth0|alice')
  bob = await cookiesOf(world.sessions(), 'auth0|bob')
  const browser = createBrowser()
  await begin(world.sessions(), browser)
  login = Object.fromEntries(browser.cookies)
})

async function userOf(sessions: SessionClient, cookie: string): Promise<string | undefined> {
  const request = { method: 'GET', url: '/', headers: { cookie } }
  return (await sessions.getUser({ request }))?.sub
}

const header = (cookies: Cookies) =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')

/** The value of a chunk, which is there. */
const chunk = (cookies: Cookies, index: number): string => cookies[`${NAME}.${index}`] ?? expect.fail('no such chunk')

/** What a browser may send, and who is signed in then. */
const ROWS: readonly (readonly [what: string, cookie: () => string, user: string | undefined])[] = [
  ['both chunks', () => header(alice), 'auth0|alice'],
  ['both chunks in the other order', () => header(Object.fromEntries(Object.entries(alice).reverse())), 'auth0|alice'],
  ['other cookies around them', () => `a=b; ${header(alice)}; ; =; c; d=%`, 'auth0|alice'],
  ['nothing', () => '', undefined],
  ['the first chunk alone', () => `${NAME}.0=${chunk(alice, 0)}`, undefined],
  ['the second chunk alone', () => `${NAME}.1=${chunk(alice, 1)}`, undefined],
  ['the chunks swapped', () => `${NAME}.0=${chunk(alice, 1)}; ${NAME}.1=${chunk(alice, 0)}`, undefined],
  ['a chunk of another user', () => header({ ...alice, [`${NAME}.1`]: chunk(bob, 1) }), undefined],
  ['the first chunk of another user', () => header({ ...alice, [`${NAME}.0`]: chunk(bob, 0) }), undefined],
  ['a chunk cut short', () => header({ ...alice, [`${NAME}.1`]: chunk(alice, 1).slice(0, -1) }), undefined],
  ['an empty chunk', () => header({ ...alice, [`${NAME}.1`]: '' }), undefined],
  ['a longer chunk', () => header({ ...alice, [`${NAME}.1`]: `${chunk(alice, 1)}A` }), undefined],
  ['fewer chunks announced', () => header(alice).replace('=2~', '=1~'), undefined],
  ['more chunks announced', () => header(alice).replace('=2~', '=4~'), undefined],
  ['more chunks announced than there may be', () => header(alice).replace('=2~', '=9~'), undefined],
  ['no number of chunks', () => header(alice).replace('=2~', '='), undefined],
  ['a name in other letters', () => header(alice).replaceAll('session', 'Session'), undefined],
  ['the name that plain http has', () => header(alice).replaceAll('__Host-', ''), undefined],
  ['a login as a session', () => header(login).replaceAll('.login.', '.session.'), undefined],
  ['an endless chunk', () => header({ ...alice, [`${NAME}.1`]: 'A'.repeat(1_000_000) }), undefined],
  ['a JWE with a key of its own', () => `${NAME}.0=1~${unsealed({ alg: 'none' })}`, undefined],
  ['a JWE with a password', () => `${NAME}.0=1~${unsealed({ alg: 'PBES2-HS256+A128KW', p2c: 1e9 })}`, undefined],
  ['no JWE', () => `${NAME}.0=1~{"user":"auth0|bob"}`, undefined],
  ['another user after this one', () => `${header(alice)}; ${header(bob)}`, 'auth0|alice'],
]

function unsealed(head: object): string {
  const part = btoa(JSON.stringify({ enc: 'A256GCM', ...head }))
  return [part, '', 'AAAA', 'AAAA', 'AAAA'].join('.').replaceAll('=', '')
}

describe.each([
  ['in cookies', {}],
  ['of an application with several secrets', { secrets: [SECRET, OTHER_SECRET] }],
])('a session %s: a request with', (_where, config) => {
  it.each(ROWS)('%s', async (_what, cookie, user) => {
    expect(await userOf(world.sessions(config), cookie())).toBe(user)
  })
})

describe('cookies that were changed in any way are those of their user, or of nobody', () => {
  /** What somebody with the cookies of two users, or of none, can put together. */
  const changed = () => {
    const values = [...Object.values(alice), ...Object.values(bob), ...Object.values(login)]
    const names = [0, 1, 2, 3].flatMap((index) => [`${NAME}.${index}`, `__Host-onbehalf.login.${index}`])
    const piece = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...values) },
      fc
        .tuple(fc.constantFrom(...values), fc.nat(8000), fc.nat(8000))
        .map(([value, from, to]) => value.slice(0, from) + value.slice(to)),
      fc
        .tuple(fc.constantFrom(...values), fc.nat(4000), fc.string({ maxLength: 3 }))
        .map(([value, at, text]) => value.slice(0, at) + text + value.slice(at + text.length)),
      fc.string({ unit: 'binary', maxLength: 50 }),
    )
    return fc.array(fc.tuple(fc.constantFrom(...names), piece), { maxLength: 6 })
  }

  it('whatever they are', async () => {
    const sessions = world.sessions()
    const seen = new Set<string | undefined>()
    await fc.assert(
      fc.asyncProperty(changed(), async (pairs) => {
        // The first of several cookies with one name counts.
        const first = new Map([...pairs].reverse())
        const user = await userOf(sessions, pairs.map(([name, value]) => `${name}=${value}`).join('; '))
        seen.add(user)
        const whole = owners().find(([, cookies]) =>
          [0, 1].every((n) => first.get(`${NAME}.${n}`) === chunk(cookies, n)),
        )
        if (whole) expect(user).toBe(whole[0])
        else if (user !== undefined) expect(bytesOf(Object.fromEntries(first))).toBe(bytesOf(ownedBy(user)))
      }),
      {
        numRuns: 300,
        examples: [[Object.entries(alice)], [Object.entries(bob)], [[]]],
      },
    )
    expect(seen).toEqual(new Set(['auth0|alice', 'auth0|bob', undefined]))
  })

  it('down to each byte', async () => {
    const sessions = world.sessions()
    const whole = chunk(alice, 1)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 63 }), async (at, distance) => {
        const other = alphabet[(alphabet.indexOf(whole[at] ?? '') + distance) % 64] ?? ''
        const cookies = { ...alice, [`${NAME}.1`]: whole.slice(0, at) + other + whole.slice(at + 1) }
        const isSame = bytesOf(cookies) === bytesOf(alice)
        expect(await userOf(sessions, header(cookies))).toBe(isSame ? 'auth0|alice' : undefined)
      }),
      { numRuns: 300, examples: [[whole.length - 1, 1]] },
    )
  })

  const owners = () => [['auth0|alice', alice] as const, ['auth0|bob', bob] as const]
  const ownedBy = (user: string) => owners().find(([owner]) => owner === user)?.[1] ?? expect.fail(user)

  /** Base64 has bits to spare at its end, so that several texts are the same bytes. */
  function bytesOf(cookies: Cookies): string {
    const value = `${chunk(cookies, 0).slice(2)}${chunk(cookies, 1)}`
    return value
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('hex'))
      .join('.')
  }
})

describe('secrets', () => {
  const both = { secrets: [OTHER_SECRET, SECRET] }

  it('the oldest one still opens', async () => {
    expect(await userOf(world.sessions(both), header(alice))).toBe('auth0|alice')
  })

  it('the newest one closes', async () => {
    const cookies = await cookiesOf(world.sessions(both), 'auth0|alice')
    expect(await userOf(world.sessions({ secrets: OTHER_SECRET }), header(cookies))).toBe('auth0|alice')
    expect(await userOf(world.sessions(), header(cookies))).toBeUndefined()
  })

  it('one that is gone opens nothing', async () => {
    expect(await userOf(world.sessions({ secrets: OTHER_SECRET }), header(alice))).toBeUndefined()
  })

  it('open nothing of another client', async () => {
    expect(await userOf(world.sessions({ clientId: 'other-app' }), header(alice))).toBeUndefined()
  })

  it('open nothing under another name', async () => {
    const renamed = header(alice).replaceAll('onbehalf', 'other')
    expect(await userOf(world.sessions({ cookieName: 'other' }), renamed)).toBeUndefined()
  })

  it('do not change with the bytes that they were given as', async () => {
    const secret = SECRET.slice()
    const sessions = world.sessions({ secrets: secret })
    secret.fill(0)
    expect(await userOf(sessions, header(alice))).toBe('auth0|alice')
  })
})

describe('sessions in cookies and in a store', () => {
  it('are nothing to each other', async () => {
    const stored = world.sessions({ store: new Keyv() })
    const id = await cookiesOf(stored, 'auth0|bob')
    expect(await userOf(stored, header(id))).toBe('auth0|bob')
    expect(await userOf(stored, header(alice))).toBeUndefined()
    expect(await userOf(world.sessions(), header(id))).toBeUndefined()
  })
})
