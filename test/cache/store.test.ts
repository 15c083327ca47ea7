import Keyv from 'keyv'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createExchangeCache, type CacheStore, type StoreCacheOptions } from '../../src/cache.js'
import { controlledLoads, countedLoad, run } from './support/calls.js'
import { KEYS, never, recordingStore } from './support/stores.js'

function storeCache(store: CacheStore, options: Partial<StoreCacheOptions> = {}) {
  return createExchangeCache({ store, keys: KEYS, storeTimeoutMs: 10, storeCooldownMs: 0, ...options })
}

const boom = (): never => {
  throw new Error('the store is broken')
}
const rejects = () => Promise.reject(new Error('the store is broken'))

const FAILURES: readonly (readonly [string, (healthy: CacheStore) => Partial<CacheStore>])[] = [
  ['get throws', () => ({ get: boom })],
  ['get rejects', () => ({ get: rejects })],
  ['get hangs', () => ({ get: never })],
  ['set throws', () => ({ set: boom })],
  ['set rejects', () => ({ set: rejects })],
  ['set hangs', () => ({ set: never })],
  ['delete throws', () => ({ delete: boom })],
  ['delete rejects', () => ({ delete: rejects })],
  ['delete hangs', () => ({ delete: never })],
  ['everything throws', () => ({ get: boom, set: boom, delete: boom })],
  ['everything rejects', () => ({ get: rejects, set: rejects, delete: rejects })],
  ['everything hangs', () => ({ get: never, set: never, delete: never })],
  ['everything rejects with nothing', () => ({ get: () => Promise.reject(new Error()) })],
  ['get gives a thenable that throws', () => ({ get: () => ({ then: boom }) })],
  ['get gives an object with a broken getter', () => ({ get: () => Object.defineProperty({}, 'then', { get: boom }) })],
]

describe('equal calls', () => {
  it('share one look at the store', async () => {
    const store = recordingStore()
    const { load } = countedLoad()
    const first = await run(storeCache(store), { load })
    store.asked.length = 0
    const cache = storeCache(store)
    const answers = await Promise.all([run(cache, { load }), run(cache, { load }), run(cache, { load })])
    expect(first).toMatch(/ miss$/)
    expect(answers).toEqual(Array(3).fill(first.replace('miss', 'hit')))
    expect(store.asked.map(({ operation }) => operation)).toEqual(['get'])
  })
})

describe('a store that fails costs a miss, never the call', () => {
  it.each(FAILURES)('%s', async (_name, broken) => {
    const healthy = recordingStore()
    const cache = storeCache({ ...healthy, ...broken(healthy) })
    const { load } = countedLoad()
    const seen = [await run(cache, { load }), await run(cache, { load })]
    await expect(cache.invalidate('key')).resolves.toBeUndefined()
    seen.push(await run(cache, { load, forceRefresh: true }), await run(cache, { load }))
    const misses = seen.filter((answer) => answer.endsWith('miss')).length
    expect(misses).toBeGreaterThanOrEqual(2)
    expect(seen.map((answer) => answer.split(' ')[0])).toEqual([...seen].sort().map((answer) => answer.split(' ')[0]))
  })

  it('a late failure is nobody’s unhandled rejection', async () => {
    const seen: unknown[] = []
    const listener = (reason: unknown) => seen.push(reason)
    process.on('unhandledRejection', listener)
    const late = () => new Promise((_resolve, reject) => setTimeout(reject, 20, new Error('late')))
    const cache = storeCache({ get: late, set: late, delete: late }, { storeTimeoutMs: 2 })
    await run(cache)
    await cache.invalidate('key')
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.off('unhandledRejection', listener)
    expect(seen).toEqual([])
  })

  it('answers within the deadline of each operation', async () => {
    const cache = storeCache({ get: never, set: never, delete: never }, { storeTimeoutMs: 30 })
    const start = performance.now()
    await run(cache)
    expect(performance.now() - start).toBeGreaterThanOrEqual(55)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('a store that answers, or fails, in time', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('leaves no timer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await run(storeCache(recordingStore()))
    await run(storeCache({ get: rejects, set: boom, delete: rejects }))
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('after a failure the store is left alone for a while', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([
    ['5 seconds unless said', undefined, 5000],
    ['as long as said', 60_000, 60_000],
  ])('%s', async (_name, storeCooldownMs, expected) => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const store = recordingStore()
    let isDown = true
    const get = (key: string) => (isDown ? rejects() : store.get(key))
    const options = {
      store: { ...store, get },
      keys: KEYS,
      ...(storeCooldownMs === undefined ? {} : { storeCooldownMs }),
    }
    const cache = createExchangeCache(options)
    const { load } = countedLoad()
    await run(cache, { load })
    isDown = false
    vi.advanceTimersByTime(expected - 1)
    expect(await run(cache, { load })).toBe('token-2 miss')
    await cache.invalidate('key')
    expect(store.asked).toEqual([])
    vi.advanceTimersByTime(1)
    expect(await run(cache, { load })).toBe('token-3 miss')
    expect(await run(cache, { load })).toBe('token-3 hit')
    expect(store.asked.map(({ operation }) => operation)).toEqual(['get', 'set', 'get'])
  })

  it('equal calls still share one request', async () => {
    const cache = createExchangeCache({ store: { get: rejects, set: rejects, delete: rejects }, keys: KEYS })
    await run(cache)
    const { load, begin } = controlledLoads()
    const answers = [run(cache, { load }), run(cache, { load })]
    ;(await begin(1)).succeed()
    expect(await Promise.all(answers)).toEqual(['token miss', 'token coalesced'])
  })

  it('its deadline is 250 ms unless said', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const cache = createExchangeCache({ store: { ...recordingStore(), get: never }, keys: KEYS })
    const { load, count } = countedLoad()
    const answer = run(cache, { load })
    await vi.advanceTimersByTimeAsync(249)
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(count()).toBe(0)
    await vi.advanceTimersByTimeAsync(250)
    expect(await answer).toBe('token-1 miss')
  })
})

describe('stores that are in use', () => {
  it('Keyv, which ends values by itself', async () => {
    const keyv = new Keyv<string>()
    const cache = createExchangeCache({ store: keyv, keys: KEYS, expirySkewSeconds: 0 })
    const { load } = countedLoad({ expiresAt: Math.floor(Date.now() / 1000) + 3600 })
    const now = Date.now
    expect(await run(cache, { load, now })).toBe('token-1 miss')
    expect(await run(cache, { load, now })).toBe('token-1 hit')
    await cache.invalidate('key')
    expect(await run(cache, { load, now })).toBe('token-2 miss')
    expect(await run(cache, { load, now, forceRefresh: true })).toBe('token-3 miss')
    expect(await run(createExchangeCache({ store: keyv, keys: KEYS }), { load, now })).toBe('token-3 hit')
  })

  it('Keyv over a store of its own that fails', async () => {
    const broken = new Map<string, unknown>()
    broken.get = boom
    broken.set = boom
    const keyv = new Keyv({ store: broken })
    keyv.on('error', () => undefined)
    const cache = createExchangeCache({ store: keyv, keys: KEYS })
    expect(await run(cache)).toBe('token miss')
    expect(await run(cache)).toBe('token miss')
  })

  it('a Map, which answers at once and has no TTL', async () => {
    const cache = createExchangeCache({ store: new Map<string, string>(), keys: KEYS })
    const { load } = countedLoad()
    expect(await run(cache, { load })).toBe('token-1 miss')
    expect(await run(cache, { load })).toBe('token-1 hit')
  })

  it('a class, whose methods need their object', async () => {
    class Store implements CacheStore {
      readonly #content = new Map<string, string>()
      get(key: string) {
        return this.#content.get(key)
      }
      set(key: string, value: string) {
        this.#content.set(key, value)
      }
      delete(key: string) {
        this.#content.delete(key)
      }
    }
    const cache = createExchangeCache({ store: new Store(), keys: KEYS })
    const { load } = countedLoad()
    await run(cache, { load })
    expect(await run(cache, { load })).toBe('token-1 hit')
    await cache.invalidate('key')
    expect(await run(cache, { load })).toBe('token-2 miss')
  })
})
