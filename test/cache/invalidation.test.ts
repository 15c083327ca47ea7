import { describe, expect, it, vi } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import type { ExchangeCache } from '../../src/index.js'
import { controlledLoads, countedLoad, run, settle, tokenResult } from './support/calls.js'
import { KEYS, never, recordingStore, whileSealing } from './support/stores.js'

const CACHES: readonly (readonly [string, () => ExchangeCache])[] = [
  ['in memory', () => createExchangeCache()],
  ['with a store', () => createExchangeCache({ store: recordingStore(), keys: KEYS })],
]

describe.each(CACHES)('invalidate %s', (_name, create) => {
  it('forgets one key, and no other', async () => {
    const cache = create()
    const { load } = countedLoad()
    await run(cache, { key: 'a', load })
    await run(cache, { key: 'b', load })
    await cache.invalidate('a')
    expect(await run(cache, { key: 'b', load })).toBe('token-2 hit')
    expect(await run(cache, { key: 'a', load })).toBe('token-3 miss')
  })

  it('of what is not there does nothing', async () => {
    const cache = create()
    await expect(cache.invalidate('nothing')).resolves.toBeUndefined()
  })

  it('holds for the next call at once, without waiting for it', async () => {
    const cache = create()
    const { load } = countedLoad()
    await run(cache, { load })
    const invalidated = cache.invalidate('key')
    expect(await run(cache, { load })).toBe('token-2 miss')
    await invalidated
    expect(await run(cache, { load })).toBe('token-2 hit')
  })

  it('keeps a request that was on its way from storing, not from answering', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const before = run(cache, { load })
    const older = await begin(1)
    await cache.invalidate('key')
    const after = run(cache, { load })
    ;(await begin(2)).succeed(tokenResult('new'))
    expect(await after).toBe('new miss')
    older.succeed(tokenResult('old'))
    expect(await before).toBe('old miss')
    expect(await run(cache, { load })).toBe('new hit')
  })

  it('keeps such a request from storing also when no call came after it', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const before = run(cache, { load })
    const request = await begin(1)
    await cache.invalidate('key')
    request.succeed(tokenResult('old'))
    expect(await before).toBe('old miss')
    expect(await run(cache, { load: countedLoad().load })).toBe('token-1 miss')
  })
})

it('what is invalidated while it is being sealed never reaches the store, which others read too', async () => {
  const store = recordingStore()
  const cache = createExchangeCache({ store, keys: KEYS })
  let invalidated: Promise<void> | undefined
  whileSealing(() => {
    invalidated = cache.invalidate('key')
  })
  expect(await run(cache)).toBe('token miss')
  await invalidated
  expect(store.asked.map(({ operation }) => operation)).toEqual(['get', 'delete'])
})

describe.each(CACHES)('forceRefresh %s', (_name, create) => {
  it('goes past what is stored, and replaces it', async () => {
    const cache = create()
    const { load } = countedLoad()
    await run(cache, { load })
    expect(await run(cache, { load, forceRefresh: true })).toBe('token-2 miss')
    expect(await run(cache, { load })).toBe('token-2 hit')
  })

  it('does not join a request that was on its way, whose result does not replace the newer one', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const before = run(cache, { load })
    const older = await begin(1)
    const forced = run(cache, { load, forceRefresh: true })
    const after = run(cache, { load })
    ;(await begin(2)).succeed(tokenResult('new'))
    expect(await Promise.all([forced, after])).toEqual(['new miss', 'new coalesced'])
    older.succeed(tokenResult('old'))
    expect(await before).toBe('old miss')
    expect(await run(cache, { load })).toBe('new hit')
  })

  it('wins also when the older request ends first', async () => {
    const cache = create()
    const [older, newer] = [controlledLoads(), controlledLoads()]
    const before = run(cache, { load: older.load })
    const forced = run(cache, { load: newer.load, forceRefresh: true })
    ;(await older.begin(1)).succeed(tokenResult('old'))
    expect(await before).toBe('old miss')
    ;(await newer.begin(1)).succeed(tokenResult('new'))
    expect(await forced).toBe('new miss')
    expect(await run(cache)).toBe('new hit')
  })

  it('that fails leaves nothing', async () => {
    const cache = create()
    await run(cache, { load: countedLoad().load })
    const failing = () => Promise.reject(new Error('down'))
    await expect(run(cache, { load: failing, forceRefresh: true })).rejects.toThrow('down')
    expect(await run(cache)).toBe('token miss')
  })

  it.each([
    ['has no lifetime', { accessToken: 'new', tokenType: 'Bearer' }],
    ['is private', tokenResult('new', { refreshToken: 'private' })],
  ])('whose result %s leaves nothing', async (_why, result) => {
    const cache = create()
    await run(cache, { load: countedLoad().load })
    expect(await run(cache, { load: () => Promise.resolve(result), forceRefresh: true })).toBe('new miss')
    expect(await run(cache)).toBe('token miss')
  })
})

describe('what was invalidated does not come back from a store', () => {
  it('when the store still writes the old value', async () => {
    const store = recordingStore()
    const writes: (() => void)[] = []
    const slow = {
      ...store,
      set: (key: string, value: string, ttlMs: number) =>
        new Promise((resolve) => {
          writes.push(() => {
            resolve(store.set(key, value, ttlMs))
          })
        }),
    }
    const cache = createExchangeCache({ store: slow, keys: KEYS })
    const { load } = countedLoad()
    const first = run(cache, { load })
    const write = await vi.waitUntil(() => writes[0], { interval: 1 })
    const invalidated = cache.invalidate('key')
    await settle()
    write()
    await Promise.all([first, invalidated])
    expect(store.content.size).toBe(0)
    expect(store.asked.map(({ operation }) => operation)).toEqual(['get', 'set', 'delete'])
  })

  it('when the store writes it so late that nobody waits any more', async () => {
    const store = recordingStore()
    const late: (() => void)[] = []
    const set = (key: string, value: string, ttlMs: number) => {
      if (late.length > 0) return store.set(key, value, ttlMs)
      late.push(() => store.set(key, value, ttlMs))
      return never()
    }
    const cache = createExchangeCache({ store: { ...store, set }, keys: KEYS, storeTimeoutMs: 5, storeCooldownMs: 0 })
    const { load } = countedLoad()
    expect(await run(cache, { load })).toBe('token-1 miss')
    await cache.invalidate('key')
    expect(await run(cache, { load })).toBe('token-2 miss')
    late[0]?.()
    expect(await run(cache, { load })).toBe('token-3 miss')
    expect(await run(cache, { load })).toBe('token-3 hit')
  })

  it('when the store does not delete', async () => {
    const store = recordingStore()
    let isDown = false
    const broken = {
      ...store,
      delete: (key: string) => (isDown ? Promise.reject(new Error('down')) : store.delete(key)),
    }
    const cache = createExchangeCache({ store: broken, keys: KEYS, storeCooldownMs: 0 })
    const neighbour = createExchangeCache({ store, keys: KEYS })
    const { load } = countedLoad()
    await run(neighbour, { load })
    expect(await run(cache, { load })).toBe('token-1 hit')
    isDown = true
    await cache.invalidate('key')
    isDown = false
    expect(await run(cache, { load })).toBe('token-2 miss')
    expect(await run(neighbour, { load })).toBe('token-2 hit')
    await run(neighbour, { load, forceRefresh: true })
    expect(await run(cache, { load })).toBe('token-3 hit')
  })

  it('to a reader that asked before', async () => {
    const store = recordingStore()
    const reads: (() => void)[] = []
    const slow = {
      ...store,
      get: (key: string) =>
        new Promise((resolve) => {
          const value = store.content.get(key)
          reads.push(() => {
            resolve(value)
          })
        }),
    }
    const cache = createExchangeCache({ store: slow, keys: KEYS })
    const { load } = countedLoad()
    const first = run(cache, { load })
    ;(await vi.waitUntil(() => reads[0], { interval: 1 }))()
    await first
    const reading = run(cache, { load })
    const read = await vi.waitUntil(() => reads[1], { interval: 1 })
    await cache.invalidate('key')
    read()
    expect(await reading).toBe('token-2 miss')
  })

  it('to another process', async () => {
    const store = recordingStore()
    const [one, two] = [0, 1].map(() => createExchangeCache({ store, keys: KEYS })) as [ExchangeCache, ExchangeCache]
    const { load } = countedLoad()
    await run(one, { load })
    expect(await run(two, { load })).toBe('token-1 hit')
    await one.invalidate('key')
    expect(await run(two, { load })).toBe('token-2 miss')
    expect(await run(one, { load })).toBe('token-2 hit')
  })
})
