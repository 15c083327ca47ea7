import { describe, expect, it, vi } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import { START_MS, countedLoad, run, virtualClock } from './support/calls.js'
import { KEYS, never, recordingStore, whileSealing } from './support/stores.js'

const START = START_MS / 1000
const NEVER = 0

/** What a token's and its subject's end, in seconds from now, make of a skew: how long it is kept, in milliseconds. */
const LIFETIMES: readonly (readonly [
  rule: string,
  token: number | undefined,
  subject: number | undefined,
  skew: number | undefined,
  keptMs: number,
])[] = [
  ['the skew is 30 seconds unless said', 3600, undefined, undefined, 3_570_000],
  ['seconds are seconds', 3600, undefined, 0, 3_600_000],
  ['the skew counts once', 60, undefined, 30, 30_000],
  ['the skew counts once when the subject ends first', 3600, 60, 30, 30_000],
  ['the skew counts once when both end together', 60, 60, 30, 30_000],
  ['the subject that ends later changes nothing', 60, 3600, 30, 30_000],
  ['a subject without an end changes nothing', 100, undefined, 10, 90_000],
  ['a subject that never ends changes nothing', 100, Infinity, 10, 90_000],
  ['a fraction of a second counts', 100, 50.5, 10, 40_500],
  ['a fraction of a skew counts', 100, undefined, 0.25, 99_750],
  ['as long as the skew: not kept', 30, undefined, 30, NEVER],
  ['shorter than the skew: not kept', 29, undefined, 30, NEVER],
  ['no lifetime: not kept', 0, undefined, 0, NEVER],
  ['over already: not kept', -5, undefined, 0, NEVER],
  ['the subject is over: not kept', 3600, 0, 0, NEVER],
  ['the subject was over long ago: not kept', 3600, -1000, 0, NEVER],
  ['an unknown lifetime: not kept', undefined, undefined, 0, NEVER],
  ['an unknown lifetime with a known subject: not kept', undefined, 3600, 0, NEVER],
]

function load(token: number | undefined): ReturnType<typeof countedLoad> {
  const loads = countedLoad(token === undefined ? {} : { expiresAt: START + token })
  if (token !== undefined) return loads
  return {
    ...loads,
    load: async () => {
      const { expiresAt: _expiresAt, ...rest } = await loads.load()
      return rest
    },
  }
}

describe('how long a token is kept', () => {
  it.each(LIFETIMES)('%s (token %s s, subject %s s, skew %s s)', async (_rule, token, subject, skew, keptMs) => {
    const store = recordingStore()
    const options = skew === undefined ? {} : { expirySkewSeconds: skew }
    for (const cache of [createExchangeCache(options), createExchangeCache({ ...options, store, keys: KEYS })]) {
      const clock = virtualClock()
      const call = {
        load: load(token).load,
        now: clock.now,
        subjectExpiresAt: () => (subject === undefined ? undefined : START + subject),
      }
      expect(await run(cache, call)).toBe('token-1 miss')
      if (keptMs > 0) {
        clock.advance(keptMs - 1)
        expect(await run(cache, call)).toBe('token-1 hit')
        clock.advance(1)
      }
      expect(await run(cache, call)).toBe('token-2 miss')
    }
    const [first] = store.asked.filter(({ operation }) => operation === 'set')
    expect(first?.ttlMs ?? NEVER).toBe(keptMs)
  })

  it('does not keep a token that ended while it was on its way', async () => {
    const clock = virtualClock()
    const { load } = countedLoad({ expiresAt: START + 60 })
    const slow = async () => {
      clock.advance(45_000)
      return load()
    }
    const cache = createExchangeCache()
    expect(await run(cache, { load: slow, now: clock.now })).toBe('token-1 miss')
    expect(await run(cache, { load, now: clock.now })).toBe('token-2 miss')
  })

  it.each([Number.NaN, Infinity])('does not keep or serve a token while the clock says %s', async (time) => {
    const { load } = countedLoad()
    const cache = createExchangeCache()
    expect(await run(cache, { load, now: () => time })).toBe('token-1 miss')
    expect(await run(cache, { load })).toBe('token-2 miss')
    expect(await run(cache, { load, now: () => time })).toBe('token-3 miss')
  })

  it('gives a store no TTL that overflows its clock', async () => {
    const store = recordingStore()
    const { load } = countedLoad({ expiresAt: Number.MAX_SAFE_INTEGER })
    const cache = createExchangeCache({ store, keys: KEYS })
    await run(cache, { load })
    expect(store.asked.at(-1)).toMatchObject({ operation: 'set', ttlMs: 2_147_483_647 })
    expect(await run(cache, { load })).toBe('token-1 hit')
  })

  it('gives a store a TTL in whole milliseconds, also when the clock has fractions', async () => {
    const store = recordingStore()
    await run(createExchangeCache({ store, keys: KEYS, expirySkewSeconds: 0 }), { now: () => START_MS + 0.25 })
    expect(store.asked.at(-1)).toMatchObject({ operation: 'set', ttlMs: 3_599_999 })
  })

  it('stores nothing that ends while it is being sealed', async () => {
    const clock = virtualClock()
    const store = recordingStore()
    whileSealing(() => {
      clock.advance(3_570_000)
    })
    expect(await run(createExchangeCache({ store, keys: KEYS }), { now: clock.now })).toBe('token miss')
    expect(store.asked.map(({ operation }) => operation)).toEqual(['get'])
  })

  it('looks at the end again when it reads, whatever the store does with the TTL', async () => {
    const clock = virtualClock()
    const { load } = countedLoad()
    // A Map keeps everything for ever.
    const cache = createExchangeCache({ store: new Map<string, string>(), keys: KEYS })
    await run(cache, { load, now: clock.now })
    clock.advance(3_569_999)
    expect(await run(cache, { load, now: clock.now })).toBe('token-1 hit')
    clock.advance(1)
    expect(await run(cache, { load, now: clock.now })).toBe('token-2 miss')
  })

  it('does not give a token that ends while it is still being stored', async () => {
    const clock = virtualClock()
    const store = { ...recordingStore(), set: never }
    const cache = createExchangeCache({ store, keys: KEYS, storeTimeoutMs: 100, storeCooldownMs: 0 })
    const { load, count } = countedLoad({ expiresAt: START + 100 })
    const first = run(cache, { load, now: clock.now })
    await vi.waitUntil(() => count() === 1, { interval: 1 })
    clock.advance(69_999)
    expect(await run(cache, { load, now: clock.now })).toBe('token-1 hit')
    clock.advance(1)
    expect(await run(cache, { load, now: clock.now })).toBe('token-2 miss')
    expect(await first).toBe('token-1 miss')
  })

  it('a reader counts its own skew, once, on what another one stored', async () => {
    const clock = virtualClock()
    const store = new Map<string, string>()
    const { load } = countedLoad({ expiresAt: START + 100 })
    const writer = createExchangeCache({ store, keys: KEYS, expirySkewSeconds: 10 })
    const reader = createExchangeCache({ store, keys: KEYS, expirySkewSeconds: 40 })
    await run(writer, { load, now: clock.now })
    clock.advance(59_999)
    expect(await run(reader, { load, now: clock.now })).toBe('token-1 hit')
    clock.advance(1)
    expect(await run(reader, { load, now: clock.now })).toBe('token-2 miss')
  })
})
