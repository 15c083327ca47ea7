import { createClient } from '@keyv/redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_REDIS } from './redis-server.js'
import { createBrowser, createSender, createWorld, type World } from './world.js'

if (NO_REDIS !== undefined) console.log(`Nothing is shared through Redis: ${NO_REDIS}`)

const SIGNED_OUT = '401 Nobody is signed in.'

describe.skipIf(NO_REDIS !== undefined)('two processes with one Redis', { timeout: 60_000 }, () => {
  let world: World
  /** Every token and cookie that a test saw. */
  const secrets: string[] = []
  let keysBefore: ReadonlySet<string>

  beforeAll(async () => {
    world = await createWorld()
    keysBefore = new Set((await contentOf(world.redis.url)).keys())
  }, 60_000)
  afterAll(async () => {
    await world.close()
  })

  it('what one has exchanged is a hit for the other', async () => {
    const [first, second] = world.workers
    const token = await world.userToken('alice')
    const asked = world.exchanges()
    const miss = await first.exchange(token)
    const hit = await second.exchange(token)
    secrets.push(token, miss.accessToken)
    expect([miss.cache, hit.cache]).toEqual(['miss', 'hit'])
    expect(hit.accessToken).toBe(miss.accessToken)
    expect(world.exchanges() - asked).toBe(1)
  })

  it('another token of the same user is none', async () => {
    const [first, second] = world.workers
    const tokens = [await world.userToken('bob'), await world.userToken('alice')] as const
    const answers = [await first.exchange(tokens[0]), await second.exchange(tokens[1])]
    secrets.push(...tokens, ...answers.map(({ accessToken }) => accessToken))
    expect(answers.map(({ cache }) => cache)).toEqual(['miss', 'miss'])
    expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(2)
  })

  it('who signs in at one is signed in at the other, and signed out of both', async () => {
    const [first, second] = world.workers
    const browser = createBrowser()
    expect(await browser.open(second)).toBe(SIGNED_OUT)
    expect(await browser.logIn(first, 'alice')).toBe('303')
    secrets.push(...browser.cookies.values())
    const copy = new Map(browser.cookies)
    expect(await browser.open(second)).toBe('200 Hello Alice.')

    expect(await browser.logOut(second)).toBe('303')
    expect(browser.cookies.size).toBe(0)
    // A copy of the cookie is worth nothing either.
    for (const [name, value] of copy) browser.cookies.set(name, value)
    expect([await browser.open(first), await browser.open(second)]).toEqual([SIGNED_OUT, SIGNED_OUT])
  })

  it('two users at two processes each stay who they are', async () => {
    const [first, second] = world.workers
    const [alice, bob] = [createBrowser(), createBrowser()]
    await Promise.all([alice.logIn(first, 'alice'), bob.logIn(second, 'bob')])
    secrets.push(...alice.cookies.values(), ...bob.cookies.values())
    const pages = await Promise.all([alice.open(second), bob.open(first), alice.open(first), bob.open(second)])
    expect(pages).toEqual(['Alice', 'Bob', 'Alice', 'Bob'].map((name) => `200 Hello ${name}.`))
  })

  it('a proof that one has taken is refused by the other', async () => {
    const [first, second] = world.workers
    const sender = await createSender(world.emulator.issuer)
    const request = await sender.request()
    secrets.push(sender.accessToken, request.headers['DPoP'] ?? '')
    const refused = { code: 'verification_failed', reason: 'invalid_dpop_proof', status: 401 }
    expect(await first.call(request)).toEqual({ user: 'auth0|alice' })
    expect(await second.call(request)).toEqual(refused)
    expect(await first.call(request)).toEqual(refused)
    expect(await second.call(await sender.request())).toEqual({ user: 'auth0|alice' })
  })

  it('of a proof that both get at once, one takes it', async () => {
    const sender = await createSender(world.emulator.issuer)
    for (let round = 0; round < 20; round++) {
      const request = await sender.request()
      const verdicts = await Promise.all([0, 1, 0, 1].map((index) => world.workers[index as 0 | 1].call(request)))
      expect(verdicts.filter((verdict) => 'user' in verdict)).toHaveLength(1)
    }
  })

  it('all of it ends by itself, and none of it can be read in Redis', async () => {
    const all = await contentOf(world.redis.url)
    const content = [...all].filter(([key]) => !keysBefore.has(key))
    const kinds = content.map(([key]) => key.slice(0, key.indexOf(':')))
    expect(new Set(kinds)).toEqual(new Set(['my-app', 'dpop-proof']))
    expect(content.length).toBeGreaterThan(20)
    expect(secrets.length).toBeGreaterThan(10)

    // None of them is short, and made of letters alone: that occurs in any long ciphertext.
    const words = ['auth0|', 'alice@', '"Alice"', 'example.com', 'mcp-server', '"sub"', 'accessToken', 'eyJhbGciOi']
    // Of a token, each part is a secret of its own.
    const parts = secrets.flatMap((secret) => secret.split(/[.~]/)).filter((part) => part.length > 10)
    for (const [key, { value, ttlMs }] of content) {
      expect(ttlMs).toBeGreaterThan(0)
      for (const text of textsOf(key, value)) {
        expect(words.filter((word) => text.includes(word))).toEqual([])
        expect(parts.filter((part) => text.includes(part))).toEqual([])
      }
    }
  })
})

interface Entry {
  readonly value: string
  readonly ttlMs: number
}

async function contentOf(url: string): Promise<ReadonlyMap<string, Entry>> {
  const redis = createClient({ url })
  await redis.connect()
  const content = new Map<string, Entry>()
  for await (const keys of redis.scanIterator()) {
    for (const key of keys) {
      if ((await redis.type(key)) !== 'string') continue
      content.set(key, { value: (await redis.get(key)) ?? '', ttlMs: await redis.pTTL(key) })
    }
  }
  redis.destroy()
  return content
}

/** A name and a value as they are, and as what they may be the base64 of. */
function textsOf(key: string, value: string): readonly string[] {
  const words = `${key} ${value}`.match(/[\w+/-]{16,}/g) ?? []
  return [key, value, ...words.map((word) => Buffer.from(word, 'base64').toString('latin1'))]
}
