import { base64url } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Guard } from './guard.js'
import { createTurns } from './turns.js'
import { remainingMs, type Kept, type Values } from './values.js'
import type { Vault } from './vault.js'

/** Where exchanged tokens may be kept outside of the process: the interface of Keyv, and so of its adapters. */
export interface CacheStore {
  get(key: string): unknown
  set(key: string, value: string, ttlMs: number): unknown
  delete(key: string): unknown
}

/** A result with who stored it, and which of the writer's values it is. */
interface Stored extends Kept {
  readonly writer: string
  readonly order: number
}

/** What is known about a key whose stored value was to go. */
interface Mark {
  /** This cache's values for the key count from this one on. */
  readonly from: number
  /** Others' values count again when the store has surely lost the one that was to go. */
  trustsOthers: boolean
}

const MAX_MARKS = 10_000
/** Some stores count with timers, or add the time of day; no token needs more than these 24 days. */
const MAX_TTL_MS = 2_147_483_647

/** Keeps results in a store, which sees neither keys nor values and may fail in any way. */
export function createStoreValues(store: CacheStore, vault: Vault, guard: Guard, skewSeconds: number): Values {
  const writer = base64url.encode(crypto.getRandomValues(new Uint8Array(12)))
  const marks = new LRUCache<string, Mark>({ max: MAX_MARKS })
  // A store may finish two writes in any order, so those of one key wait for each other.
  const inTurn = createTurns()
  let order = 0

  /** An own value may land late, and a deleted one may still be there: neither must be read again. */
  function isTrusted(key: string, stored: Stored): boolean {
    const mark = marks.get(key)
    if (!mark) return true
    return stored.writer === writer ? stored.order >= mark.from : mark.trustsOthers
  }

  return {
    async read(key, now) {
      for (const lock of await vault(key)) {
        const answer = await guard(() => store.get(lock.name))
        const stored = answer && parse(await lock.open(answer.value))
        if (!stored || !isTrusted(key, stored)) continue
        if (remainingMs(stored.endsAt, skewSeconds, now()) > 0) return Object.freeze(stored.result)
      }
      return undefined
    },

    write(key, kept, { now, isCurrent }) {
      return inTurn(key, async () => {
        const [lock] = await vault(key)
        const stored: Stored = { ...kept, writer, order: ++order }
        const sealed = await lock.seal(JSON.stringify(stored))
        const ttlMs = Math.min(Math.floor(remainingMs(kept.endsAt, skewSeconds, now())), MAX_TTL_MS)
        // A TTL of 0 is "for ever" in many stores.
        if (!isCurrent() || !(ttlMs > 0)) return
        const mark = marks.get(key)
        const answer = await guard(() => store.set(lock.name, sealed, ttlMs))
        if (mark && isDone(answer)) mark.trustsOthers = true
      })
    },

    forget(key) {
      const mark: Mark = { from: ++order, trustsOthers: false }
      marks.set(key, mark)
      return inTurn(key, async () => {
        const locks = await vault(key)
        const answers = await Promise.all(locks.map(({ name }) => guard(() => store.delete(name))))
        mark.trustsOthers = answers.every(isDone)
      })
    },
  }
}

/** Keyv answers `false` for a failure, and for a key that was not there. */
function isDone(answer: { readonly value: unknown } | undefined): boolean {
  return answer !== undefined && answer.value !== false
}

/** What opens was sealed by this code, or by another version of it. */
function parse(text: string | undefined): Stored | undefined {
  if (text === undefined) return undefined
  try {
    const { result, endsAt, writer, order } = JSON.parse(text) as Partial<Stored>
    const isComplete = typeof endsAt === 'number' && typeof writer === 'string' && typeof order === 'number'
    const isResult = typeof result?.accessToken === 'string' && typeof result.tokenType === 'string'
    return isComplete && isResult ? { result, endsAt, writer, order } : undefined
  } catch {
    return undefined
  }
}
