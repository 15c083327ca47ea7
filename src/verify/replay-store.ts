import { verificationFailed } from '../tokens/key-source.js'

/**
 * Remembers which proofs were used, for all processes that share it.
 *
 * @example
 * ```ts
 * interface Redis {
 *   set(key: string, value: string, options: { NX: true; PX: number }): Promise<string | null>
 * }
 * function redisReplayStore(redis: Redis): ReplayStore {
 *   return { addIfAbsent: async (key, ttlMs) => (await redis.set(key, '1', { NX: true, PX: ttlMs })) === 'OK' }
 * }
 * ```
 */
export interface ReplayStore {
  /**
   * Keeps `key` for `ttlMs` milliseconds unless it is there, in one step; tells whether it was absent.
   *
   * A proof is refused unless this gives `true` within a second; anything but `true` and `false` is a failure.
   */
  addIfAbsent(key: string, ttlMs: number): Promise<boolean>
}

/** The options of `createMemoryReplayStore`. */
export interface MemoryReplayStoreOptions {
  /** How many proofs are remembered at a time. When there are more, new ones are refused. Default 100,000. */
  readonly maxEntries?: number | undefined
  /** The clock, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

const DEADLINE_MS = 1_000

/**
 * Makes a replay store in the memory of this process, which is enough for an API of one process.
 *
 * What is remembered is never dropped early: when the store is full, proofs are refused.
 *
 * @throws {TypeError} When `maxEntries` is not a positive integer.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-11.1 RFC 9449, section 11.1}
 * @example
 * ```ts
 * const verifier = createAccessTokenVerifier({
 *   domain: 'tenant.example.com',
 *   audience: 'https://api.example.com',
 *   dpop: { mode: 'required', replayStore: createMemoryReplayStore({ maxEntries: 1_000_000 }) },
 * })
 * ```
 */
export function createMemoryReplayStore(options: MemoryReplayStoreOptions = {}): ReplayStore {
  const { maxEntries = 100_000, now = Date.now } = options
  if (!Number.isSafeInteger(maxEntries) || maxEntries < 1) throw new TypeError('maxEntries must be a positive integer')
  const expiries = new Map<string, number>()

  // Oldest first. One that lasts longer than those behind it holds them back, which costs memory only.
  function forgetExpired(): void {
    for (const [key, expiry] of expiries) {
      if (expiry > now()) return
      expiries.delete(key)
    }
  }

  function add(key: string, ttlMs: number): boolean {
    forgetExpired()
    if ((expiries.get(key) ?? 0) > now()) return false
    if (expiries.size >= maxEntries) throw new Error('The replay store is full.')
    expiries.delete(key)
    expiries.set(key, now() + ttlMs)
    return true
  }

  return {
    addIfAbsent: (key, ttlMs) =>
      new Promise((resolve) => {
        resolve(add(key, ttlMs))
      }),
  }
}

/**
 * Throws unless `store` says that `key` is new. A store that fails or is late says nothing of the kind.
 *
 * @throws {TokenExchangeError} `verification_failed` with the reason `invalid_dpop_proof` or `replay_unavailable`.
 */
export async function requireUnused(store: ReplayStore, key: string, ttlMs: number): Promise<void> {
  const isNew = await inTime(() => store.addIfAbsent(key, ttlMs)).catch((cause: unknown) => {
    const message = 'Whether the proof was used before could not be found out.'
    throw verificationFailed('replay_unavailable', message, 'jti', cause)
  })
  if (!isNew) throw verificationFailed('invalid_dpop_proof', 'The proof was used before.', 'jti')
}

function inTime(operation: () => Promise<boolean>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`No answer within ${DEADLINE_MS} ms.`))
    }, DEADLINE_MS)
    // A store may throw where it should reject.
    void new Promise<unknown>((settle) => {
      settle(operation())
    })
      .then((value) => {
        // Redis says OK for what was absent: taken for false, every proof would have been used before.
        if (typeof value === 'boolean') resolve(value)
        else reject(new TypeError('addIfAbsent must give true or false.'))
      }, reject)
      .finally(() => {
        clearTimeout(timer)
      })
  })
}
