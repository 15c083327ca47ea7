import { describe, expect, it } from 'vitest'
import { createExchangeCache, type ExchangeCacheOptions } from '../../src/cache.js'
import { KEYS, recordingStore, secret } from './support/stores.js'

const store = recordingStore()

const REFUSED: readonly (readonly [string, unknown, string])[] = [
  ['null', null, 'needs an options object'],
  ['an unknown name', { ttl: 5 }, 'has no option "ttl"'],
  ['a negative skew', { expirySkewSeconds: -1 }, 'expirySkewSeconds'],
  ['a skew that is no number', { expirySkewSeconds: Number.NaN }, 'expirySkewSeconds'],
  ['a skew without an end', { expirySkewSeconds: Infinity }, 'expirySkewSeconds'],
  ['no entries', { maxEntries: 0 }, 'maxEntries'],
  ['half an entry', { maxEntries: 1.5 }, 'maxEntries'],
  ['entries without an end', { maxEntries: Infinity }, 'maxEntries'],
  ['keys without a store', { keys: KEYS }, 'keys must be left out without a store'],
  ['a deadline without a store', { storeTimeoutMs: 5 }, 'storeTimeoutMs must be left out without a store'],
  ['a cool-down without a store', { storeCooldownMs: 5 }, 'storeCooldownMs must be left out without a store'],
  ['entries with a store', { store, keys: KEYS, maxEntries: 5 }, 'maxEntries must be left out with a store'],
  ['a store that is none', { store: {}, keys: KEYS }, 'store'],
  ['a store that is null', { store: null, keys: KEYS }, 'store'],
  ['a store without delete', { store: { ...store, delete: undefined }, keys: KEYS }, 'store'],
  ['a store without keys', { store }, 'keys.secrets'],
  ['keys with an unknown name', { store, keys: { ...KEYS, secret: secret(1) } }, 'keys has no option "secret"'],
  ['keys that are null', { store, keys: null }, 'keys.secrets'],
  ['no secrets', { store, keys: { secrets: [] } }, 'keys.secrets'],
  ['a short secret', { store, keys: { secrets: new Uint8Array(31) } }, 'keys.secrets'],
  ['a long secret', { store, keys: { secrets: new Uint8Array(33) } }, 'keys.secrets'],
  ['a second secret that is short', { store, keys: { secrets: [secret(1), new Uint8Array(1)] } }, 'keys.secrets'],
  ['a secret that is a text', { store, keys: { secrets: 'a'.repeat(32) } }, 'keys.secrets'],
  ['no deadline', { store, keys: KEYS, storeTimeoutMs: 0 }, 'storeTimeoutMs'],
  ['a deadline that Node cannot count', { store, keys: KEYS, storeTimeoutMs: 2 ** 31 }, 'storeTimeoutMs'],
  ['a skew as a text', { expirySkewSeconds: '30' }, 'expirySkewSeconds'],
  ['a skew that is null', { expirySkewSeconds: null }, 'expirySkewSeconds'],
  ['a deadline as a text', { store, keys: KEYS, storeTimeoutMs: '250' }, 'storeTimeoutMs'],
  ['a cool-down as a text', { store, keys: KEYS, storeCooldownMs: '5000' }, 'storeCooldownMs'],
  ['a cool-down that is null', { store, keys: KEYS, storeCooldownMs: null }, 'storeCooldownMs'],
  ['a negative cool-down', { store, keys: KEYS, storeCooldownMs: -1 }, 'storeCooldownMs'],
]

describe('createExchangeCache', () => {
  it.each(REFUSED)('refuses %s', (_name, options, message) => {
    const create = () => createExchangeCache(options as ExchangeCacheOptions)
    expect(create).toThrow(TypeError)
    expect(create).toThrow(message)
  })

  it.each([
    undefined,
    {},
    { maxEntries: 1, expirySkewSeconds: 0 },
    { store, keys: KEYS },
    { store, keys: { secrets: [secret(1), secret(2), secret(3)] }, storeTimeoutMs: 0.5, storeCooldownMs: 0 },
    { store, keys: { secrets: Buffer.alloc(32) }, storeCooldownMs: Infinity },
  ])('takes %o', (options) => {
    expect(Object.keys(createExchangeCache(options))).toEqual(['run', 'invalidate'])
  })
})
