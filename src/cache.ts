import type { ExchangeCache } from './flows/cache-contract.js'
import { createFlights } from './cache/flights.js'
import { createGuard } from './cache/guard.js'
import { createMemory } from './cache/memory.js'
import { createStoreValues, type CacheStore } from './cache/store.js'
import { createVault } from './cache/vault.js'
import { checkOptionNames } from './input/options-object.js'

export type { CachedAnswer, CachedCall, ExchangeCache } from './flows/cache-contract.js'
export type { CacheStore } from './cache/store.js'

/** What hides tokens from a store. */
export interface CacheKeys {
  /**
   * 32 random bytes; or several such secrets to replace one: the first encrypts, all are read, and the last can go when
   * the longest lifetime of a token has passed.
   */
  readonly secrets: Uint8Array | readonly Uint8Array[]
}

interface AnyCacheOptions {
  /** How long before its end a token, or the token that it was exchanged for, is not used any more. Default 30. */
  readonly expirySkewSeconds?: number | undefined
}

/** Tokens in the memory of this process. */
export interface MemoryCacheOptions extends AnyCacheOptions {
  /** The tokens that were not used for longest give way to new ones. Default 10,000. */
  readonly maxEntries?: number | undefined
  readonly store?: undefined
  readonly keys?: undefined
  readonly storeTimeoutMs?: undefined
  readonly storeCooldownMs?: undefined
}

/** Encrypted tokens in a store that processes may share. */
export interface StoreCacheOptions extends AnyCacheOptions {
  /** A Keyv instance, or anything with its `get`, `set` and `delete`. */
  readonly store: CacheStore
  readonly keys: CacheKeys
  /** For each operation of the store, in milliseconds. Default 250. */
  readonly storeTimeoutMs?: number | undefined
  /** How long the store is left alone after an operation failed, in milliseconds. Default 5,000. */
  readonly storeCooldownMs?: number | undefined
  readonly maxEntries?: undefined
}

/** The options of `createExchangeCache`. */
export type ExchangeCacheOptions = MemoryCacheOptions | StoreCacheOptions

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof MemoryCacheOptions | keyof StoreCacheOptions>([
  'expirySkewSeconds',
  'maxEntries',
  'store',
  'keys',
  'storeTimeoutMs',
  'storeCooldownMs',
])
const KEY_NAMES: ReadonlySet<string> = new Set<keyof CacheKeys>(['secrets'])
const SECRET_BYTES = 32
/** Node turns a longer delay into one millisecond. */
const MAX_DELAY_MS = 2_147_483_647

/**
 * Makes a cache of exchanged tokens, for the `cache` of a client.
 *
 * A token is kept until it or its subject's token ends, less the skew; one without a lifetime, or that came with an ID
 * or refresh token, is not kept. Equal calls in flight share one request. In a store, names are HMAC-SHA-256 and values
 * AES-256-GCM; whatever the store does, a call never fails for it. There is no second layer in front of a store: what
 * one process invalidates, no other one still holds. Times are by the client's clock.
 *
 * @param options In memory by default, or with a `store` and its `keys`; lifetimes in seconds, delays in milliseconds.
 * @throws {TypeError} When an option is unknown or cannot work.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1 RFC 8693, section 2.2.1}, `expires_in`.
 * @example
 * ```ts
 * const client = new TokenExchangeClient({
 *   domain: 'tenant.example.com',
 *   clientId: 'mcp-server',
 *   clientAuthentication: clientSecretPost(process.env['CLIENT_SECRET'] ?? ''),
 *   audience: 'https://mcp.example.com',
 *   cache: createExchangeCache({ maxEntries: 50_000 }),
 * })
 * ```
 */
export function createExchangeCache(options: ExchangeCacheOptions = {}): ExchangeCache {
  checkOptionNames('createExchangeCache', options, OPTION_NAMES)
  const {
    store,
    keys,
    expirySkewSeconds = 30,
    maxEntries = 10_000,
    storeTimeoutMs = 250,
    storeCooldownMs = 5000,
  } = options
  check('expirySkewSeconds', 'a number of seconds, 0 or more', isFrom(0, expirySkewSeconds, Number.MAX_VALUE))
  const given: Partial<Record<string, unknown>> = { ...options }
  for (const name of store === undefined ? ['keys', 'storeTimeoutMs', 'storeCooldownMs'] : ['maxEntries']) {
    check(name, `left out ${store === undefined ? 'without' : 'with'} a store`, given[name] === undefined)
  }
  if (store === undefined) {
    check('maxEntries', 'a whole number, 1 or more', Number.isSafeInteger(maxEntries) && maxEntries >= 1)
    return createFlights(createMemory(maxEntries, expirySkewSeconds), expirySkewSeconds)
  }
  check('store', 'an object with get, set and delete', isStore(store))
  check('storeTimeoutMs', 'a positive number of milliseconds', isFrom(Number.MIN_VALUE, storeTimeoutMs, MAX_DELAY_MS))
  check('storeCooldownMs', 'a number of milliseconds, 0 or more', isFrom(0, storeCooldownMs, Infinity))
  const guard = createGuard(storeTimeoutMs, storeCooldownMs)
  const values = createStoreValues(store, createVault(secretsOf(keys)), guard, expirySkewSeconds)
  return createFlights(values, expirySkewSeconds)
}

function secretsOf(keys: unknown): readonly [Uint8Array, ...Uint8Array[]] {
  if (keys instanceof Object) checkOptionNames('keys', keys, KEY_NAMES)
  const secrets = [(keys as Partial<CacheKeys> | null | undefined)?.secrets].flat()
  const areSecrets = secrets.every((secret) => secret instanceof Uint8Array && secret.byteLength === SECRET_BYTES)
  check('keys.secrets', `one secret of ${SECRET_BYTES} bytes, or several`, areSecrets && secrets.length > 0)
  return secrets as [Uint8Array, ...Uint8Array[]]
}

/** A text would pass a comparison, and then be appended to a time instead of added. */
function isFrom(least: number, value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most
}

function isStore(store: unknown): store is CacheStore {
  const { get, set, delete: remove } = (store ?? {}) as Partial<CacheStore>
  return [get, set, remove].every((method) => typeof method === 'function')
}

function check(name: string, what: string, holds: boolean): void {
  if (!holds) throw new TypeError(`createExchangeCache: ${name} must be ${what}`)
}
