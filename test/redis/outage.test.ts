import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NO_OWN_REDIS } from './redis-server.js'
import { createBrowser, createSender, createWorld, type World } from './world.js'
import type { Worker } from './worker-process.js'

if (NO_OWN_REDIS !== undefined) console.log(`Redis is not killed: ${NO_OWN_REDIS}`)

const SIGNED_OUT = '401 Nobody is signed in.'
const UNKNOWN = { code: 'verification_failed', reason: 'replay_unavailable', status: 503 }
/** What hangs does not end within this. */
const TIMEOUT = { timeout: 20_000 }

describe.skipIf(NO_OWN_REDIS !== undefined)('a Redis that', () => {
  let world: World
  let worker: Worker
  let sender: Awaited<ReturnType<typeof createSender>>

  beforeAll(async () => {
    world = await createWorld()
    worker = world.workers[0]
  }, 60_000)
  beforeEach(async () => {
    sender = await createSender(world.emulator.issuer)
  })
  afterAll(async () => {
    await world.close()
  })

  /** What a user of Redis sees when it works: a miss and a hit, a session, and a proof that counts once. */
  async function works(): Promise<void> {
    const token = await world.userToken('alice')
    for (const each of world.workers) await until(async () => (await each.exchange(token)).cache === 'hit')
    const browser = createBrowser()
    expect(await browser.logIn(worker, 'alice')).toBe('303')
    expect(await browser.open(world.workers[1])).toBe('200 Hello Alice.')
    const request = await sender.request()
    const verdicts = [await worker.call(request), await world.workers[1].call(request)]
    expect(verdicts).toMatchObject([{ user: 'auth0|alice' }, { reason: 'invalid_dpop_proof' }])
  }

  it.each([
    ['hangs, and goes on', 'SIGSTOP', 'SIGCONT'],
    ['is killed, and comes back without what it had', 'SIGKILL', undefined],
  ] as const)('%s', TIMEOUT, async (_, end, revive) => {
    await works()
    const token = await world.userToken('alice')
    const { accessToken } = await worker.exchange(token)
    const browser = createBrowser()
    await browser.logIn(worker, 'alice')
    const used = await sender.request()
    expect(await worker.call(used)).toEqual({ user: 'auth0|alice' })

    await world.redis.signal(end)
    const miss = await worker.exchange(token)
    expect([miss.cache, miss.accessToken === accessToken]).toEqual(['miss', false])
    expect(await browser.open(worker)).toBe(SIGNED_OUT)
    expect(await worker.call(used)).toEqual(UNKNOWN)
    expect(await worker.call(await sender.request())).toEqual(UNKNOWN)
    // Nobody is told that something was kept or deleted when it was not.
    expect(await createBrowser().logIn(worker, 'bob')).toBe('503 session_store_failed')
    expect(await browser.logOut(worker)).toBe('503 session_store_failed')

    if (revive) await world.redis.signal(revive)
    else await world.redis.start()
    await works()
  })

  it('is killed while it is in use costs misses, and no wrong answer', TIMEOUT, async () => {
    await works()
    const token = await world.userToken('bob')
    const browser = createBrowser()
    await browser.logIn(worker, 'bob')
    const proofs = await Promise.all(Array.from({ length: 20 }, () => sender.request()))

    const answers = proofs.flatMap((proof, index) => {
      const at = world.workers[index % 2 === 0 ? 0 : 1]
      return [at.exchange(token), browser.open(at), at.call(proof), world.workers[0].call(proof)]
    })
    await Promise.race(answers)
    await world.redis.signal('SIGKILL')
    const verdicts = new Map<string, number>()
    for (const answer of await Promise.all(answers)) {
      const text = typeof answer === 'string' ? answer : 'accessToken' in answer ? 'a token' : JSON.stringify(answer)
      verdicts.set(text, (verdicts.get(text) ?? 0) + 1)
    }
    const refused = JSON.stringify({ ...UNKNOWN, reason: 'invalid_dpop_proof', status: 401 })
    const known = ['a token', '200 Hello Bob.', SIGNED_OUT, '{"user":"auth0|alice"}', refused, JSON.stringify(UNKNOWN)]
    expect([...verdicts.keys()].filter((text) => !known.includes(text))).toEqual([])
    expect(verdicts.get('a token')).toBe(20)
    expect(verdicts.get('{"user":"auth0|alice"}') ?? 0).toBeLessThanOrEqual(20)
    expect(await browser.open(worker)).toBe(SIGNED_OUT)
    await world.redis.start()
    await works()
  })
})

/** A client of Redis connects again when it likes. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}
