import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExchangeCache, type CacheStore, type StoreCacheOptions } from '../../src/cache.js'
import { createVault } from '../../src/cache/vault.js'
import { START_MS, cachedCall, countedLoad, run, tokenResult } from './support/calls.js'
import { KEYS, recordingStore, secret } from './support/stores.js'

function storeCache(store: CacheStore, options: Partial<StoreCacheOptions> = {}) {
  return createExchangeCache({ store, keys: KEYS, storeTimeoutMs: 10, storeCooldownMs: 0, ...options })
}

/** The one value that a cache stores for the key `key`, and its name. */
async function sealed(options: Partial<StoreCacheOptions> = {}, key = 'key'): Promise<{ name: string; value: string }> {
  const { content } = recordingStore()
  await run(storeCache(content, options), { key, load: countedLoad().load })
  const [[name, value] = ['', '']] = content
  return { name, value }
}

const GARBAGE: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['an empty text', ''],
  ['a text', 'garbage'],
  ['JSON', JSON.stringify({ result: tokenResult('forged'), endsAt: START_MS, writer: 'w', order: 1 })],
  ['a token', 'eyJhbGciOiJub25lIn0.e30.'],
  ['a number', 42],
  ['an object', { result: tokenResult('forged') }],
  ['a list', ['a']],
  ['bytes', new Uint8Array(64)],
  ['true', true],
  ['a symbol', Symbol('value')],
  ['a function', () => 'value'],
  ['a long text', 'A'.repeat(1_000_000)],
  ['base64 that is too short', 'AQAA'],
  ['base64 of nothing but a header', 'A'.repeat(18)],
]

describe('what a store should not have given is a miss', () => {
  it.each(GARBAGE)('%s', async (_name, garbage) => {
    const store = recordingStore()
    const cache = storeCache({ ...store, get: () => garbage })
    expect(await run(cache, { load: countedLoad().load })).toBe('token-1 miss')
    expect(await run(storeCache(store))).toBe('token-1 hit')
  })

  it('and it is no failure of the store', async () => {
    const store = recordingStore()
    const cache = storeCache({ ...store, get: () => 'garbage' }, { storeCooldownMs: 60_000 })
    await run(cache)
    expect(store.asked.map(({ operation }) => operation)).toEqual(['set'])
  })

  it('a value with any one character changed, cut off or added', async () => {
    const { name, value } = await sealed()
    await fc.assert(
      fc.asyncProperty(
        fc.nat(value.length - 1),
        fc.constantFrom('A', 'Q', 'g', 'w', '_', '-', '9', '.', '=', ' ', 'é'),
        async (index, character) => {
          fc.pre(value[index] !== character)
          const forgeries = [
            value.slice(0, index) + character + value.slice(index + 1),
            value.slice(0, index) + character + value.slice(index),
            value.slice(0, index),
            value + character,
          ]
          for (const forgery of forgeries) {
            expect(await run(storeCache(new Map([[name, forgery]])))).toBe('token miss')
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('another key’s value', async () => {
    const { name } = await sealed()
    const { value } = await sealed({}, 'other')
    expect(await run(storeCache(new Map([[name, value]])))).toBe('token miss')
  })

  it('a value of a secret that is not known any more', async () => {
    const { name } = await sealed()
    const old = await sealed({ keys: { secrets: secret(2) } })
    expect(await run(storeCache(new Map([[name, old.value]])))).toBe('token miss')
    expect(await run(storeCache(new Map([[old.name, old.value]])))).toBe('token miss')
  })

  it('a value of the older of two secrets under the name of the newer one', async () => {
    const { name } = await sealed()
    const old = await sealed({ keys: { secrets: secret(2) } })
    const cache = storeCache(new Map([[name, old.value]]), { keys: { secrets: [secret(1), secret(2)] } })
    expect(await run(cache)).toBe('token miss')
  })

  it('a value that has ended, though the store still has it', async () => {
    const { name, value } = await sealed()
    const now = () => START_MS + 3_570_000
    expect(await run(storeCache(new Map([[name, value]])), { now })).toBe('token miss')
  })

  it('a value of another version', async () => {
    const { name, value } = await sealed()
    const bytes = Buffer.from(value, 'base64url')
    expect(bytes[0]).toBe(1)
    bytes[0] = 2
    expect(await run(storeCache(new Map([[name, bytes.toString('base64url')]])))).toBe('token miss')
    expect(await run(storeCache(new Map([[name, value]])))).toBe('token-1 hit')
  })
})

const STORED = { result: tokenResult('stored'), endsAt: START_MS / 1000 + 3600, writer: 'w', order: 1 }

/** What another version of this code may have stored under the same secret. */
const OTHER_SHAPES: readonly (readonly [string, unknown])[] = [
  ['without a result', { ...STORED, result: undefined }],
  ['whose result is null', { ...STORED, result: null }],
  ['whose access token is a number', { ...STORED, result: { ...STORED.result, accessToken: 1 } }],
  ['without a token type', { ...STORED, result: { ...STORED.result, tokenType: undefined } }],
  ['without an end', { ...STORED, endsAt: undefined }],
  ['whose end is a text', { ...STORED, endsAt: String(STORED.endsAt) }],
  ['without a writer', { ...STORED, writer: undefined }],
  ['without its place in the order', { ...STORED, order: undefined }],
  ['that is a text', 'a'],
  ['that is null', null],
]

describe('a sealed value', () => {
  async function seal(value: unknown): Promise<CacheStore> {
    const [lock] = await createVault([KEYS.secrets])('key')
    return new Map([[lock.name, await lock.seal(JSON.stringify(value))]])
  }

  it.each(OTHER_SHAPES)('%s is a miss', async (_what, value) => {
    expect(await run(storeCache(await seal(value)))).toBe('token miss')
  })

  it('that is complete is a hit', async () => {
    expect(await run(storeCache(await seal(STORED)))).toBe('stored hit')
  })
})

describe('a store sees neither keys nor tokens', () => {
  it('in no form, whatever it is asked', async () => {
    const store = recordingStore()
    const key = JSON.stringify(['v1', 'canary-issuer', 'canary-subject-token', 'canary-actor-token'])
    const cache = storeCache(store)
    const load = () => Promise.resolve(tokenResult('canary-access-token', { scope: 'canary-scope' }))
    await run(cache, { key, load })
    await run(cache, { key, load })
    await run(cache, { key, load, forceRefresh: true })
    await cache.invalidate(key)
    const seen = JSON.stringify(store.asked)
    expect(store.asked).toHaveLength(6)
    const canaries = ['canary', 'issuer', 'subject', 'access', 'scope', 'Bearer', KEYS.secrets.join()]
    for (const canary of canaries) {
      for (const form of [
        canary,
        ...[0, 1, 2].map((shift) => base64Core(canary, shift)),
        Buffer.from(canary).toString('hex'),
      ]) {
        expect(seen).not.toContain(form)
        for (const { value } of store.asked) {
          expect(Buffer.from(value ?? '', 'base64url').includes(form)).toBe(false)
        }
      }
    }
  })

  it('and cannot tell equal values apart from others', async () => {
    const [one, two] = [await sealed(), await sealed()]
    expect(one.name).toBe(two.name)
    expect(one.value).not.toBe(two.value)
    expect((await sealed({}, 'other')).name).not.toBe(one.name)
    expect((await sealed({ keys: { secrets: secret(2) } })).name).not.toBe(one.name)
  })

  it('names are HMAC-SHA-256 in base64url', async () => {
    expect((await sealed()).name).toMatch(/^[\w-]{43}$/)
  })

  it.each(['idToken', 'refreshToken'])('a result with a %s does not reach it', async (name) => {
    const store = recordingStore()
    await run(storeCache(store), { load: () => Promise.resolve(tokenResult('token', { [name]: 'private' })) })
    expect(store.asked.map(({ operation }) => operation)).toEqual(['get'])
  })

  it('a result that comes back from it is whole', async () => {
    const store = recordingStore()
    const result = tokenResult('token-é"\u2028', { scope: 'a b', issuedTokenType: 'urn:t', tokenType: 'DPoP' })
    await run(storeCache(store), { load: () => Promise.resolve(result) })
    expect((await storeCache(store).run(cachedCall())).result).toEqual(result)
  })
})

describe('secrets are replaced', () => {
  const [older, newer] = [secret(2), secret(3)]

  it('while what the older one hid can still be read', async () => {
    const store = recordingStore()
    await run(storeCache(store, { keys: { secrets: older } }), { load: countedLoad().load })
    const rotated = storeCache(store, { keys: { secrets: [newer, older] } })
    expect(await run(rotated)).toBe('token-1 hit')
    expect(await run(storeCache(store, { keys: { secrets: newer } }), { load: countedLoad().load })).toBe(
      'token-1 miss',
    )
  })

  it('the first one hides new values', async () => {
    const store = recordingStore()
    await run(storeCache(store, { keys: { secrets: [newer, older] } }), { load: countedLoad().load })
    expect(await run(storeCache(store, { keys: { secrets: newer } }))).toBe('token-1 hit')
    expect(await run(storeCache(store, { keys: { secrets: older } }))).toBe('token miss')
  })

  it('invalidate and forceRefresh reach what the older one hid', async () => {
    for (const act of ['invalidate', 'forceRefresh'] as const) {
      const store = recordingStore()
      await run(storeCache(store, { keys: { secrets: older } }), { load: countedLoad().load })
      const rotated = storeCache(store, { keys: { secrets: [newer, older] } })
      if (act === 'invalidate') await rotated.invalidate('key')
      else await run(rotated, { forceRefresh: true })
      expect(await run(rotated)).toBe(act === 'invalidate' ? 'token miss' : 'token hit')
    }
  })

  it('and do not change under the cache when the caller wipes its copy', async () => {
    const store = recordingStore()
    const mine = secret(4)
    const cache = storeCache(store, { keys: { secrets: mine } })
    mine.fill(0)
    await run(cache, { load: countedLoad().load })
    expect(await run(storeCache(store, { keys: { secrets: secret(4) } }))).toBe('token-1 hit')
  })
})

/** The base64url characters of `text` that do not depend on what stands before and after it. */
function base64Core(text: string, shift: number): string {
  const encoded = Buffer.from('\0'.repeat(shift) + text).toString('base64url')
  return encoded.slice(shift === 0 ? 0 : shift + 1, -2)
}
