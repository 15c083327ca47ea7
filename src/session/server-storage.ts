import { base64url } from 'jose'
import { createGuard } from '../cache/guard.js'
import type { CacheStore } from '../cache/store.js'
import { createTurns } from '../cache/turns.js'
import { createVault } from '../cache/vault.js'
import { TokenExchangeError } from '../errors.js'
import type { SessionRequest } from './request.js'
import type { SealedCookies } from './sealed-cookies.js'
import { readState, type SessionState } from './state.js'
import { SESSION_COOKIE, cookieLife, type SessionStorage } from './storage.js'

const ID_BYTES = 32
/** Some stores count with timers, which do not count further. */
const MAX_TTL_MS = 2_147_483_647

/**
 * Keeps sessions in a store, encrypted and under names that say nothing, and a random id in the browser's cookie.
 *
 * A store that fails, or is slower than the deadline, has no session to read. What cannot be written or deleted is an
 * error, since it would go unseen.
 */
export function createServerStorage(
  store: CacheStore,
  secrets: readonly [Uint8Array, ...Uint8Array[]],
  { cookies, clientId, now, timeoutMs }: ServerStorageOptions,
): SessionStorage {
  const vault = createVault(secrets, 'session store')
  // No cool-down: what failed for one user must not sign out the others.
  const guard = createGuard(timeoutMs, 0)
  // Without it, a logout between the look and the write of a refresh would be undone.
  const inTurn = createTurns()
  const locksOf = (id: string) => vault(JSON.stringify([clientId, id]))

  async function idOf(request: SessionRequest): Promise<string | undefined> {
    const id = await cookies.read(request, SESSION_COOKIE)
    return typeof id === 'string' ? id : undefined
  }

  async function find(id: string): Promise<SessionState | undefined> {
    for (const lock of await locksOf(id)) {
      const answer = await guard(() => store.get(lock.name))
      if (answer === undefined) return undefined
      const state = readState(parse(await lock.open(answer.value)), now())
      if (state) return state
    }
    return undefined
  }

  async function write(id: string, state: SessionState): Promise<boolean> {
    const [lock] = await locksOf(id)
    const sealed = await lock.seal(JSON.stringify(state))
    const ttlMs = Math.min(state.expiresAt * 1000 - now(), MAX_TTL_MS)
    return isDone(await guard(() => store.set(lock.name, sealed, ttlMs)))
  }

  async function erase(id: string): Promise<boolean> {
    const answers = await Promise.all((await locksOf(id)).map(({ name }) => guard(() => store.delete(name))))
    // `false` is also what a store says of what was not there.
    return answers.every((answer) => answer !== undefined)
  }

  return {
    async read(request) {
      const id = await idOf(request)
      return id === undefined ? undefined : find(id)
    },

    async create(options, state) {
      const before = await idOf(options.request)
      if (before !== undefined) await inTurn(before, () => erase(before))
      const id = base64url.encode(crypto.getRandomValues(new Uint8Array(ID_BYTES)))
      if (!(await write(id, state))) throw storeFailed('keep')
      await cookies.write(options, SESSION_COOKIE, id, cookieLife(state))
    },

    async save(request, state) {
      const id = await idOf(request)
      if (id === undefined) return
      await inTurn(id, async () => {
        // A session that was ended while it was being refreshed must stay ended.
        if (await find(id)) await write(id, state)
      })
    },

    send: () => Promise.resolve(),

    async remove(options) {
      const id = await idOf(options.request)
      cookies.clear(options, SESSION_COOKIE)
      if (id !== undefined && !(await inTurn(id, () => erase(id)))) throw storeFailed('delete')
    },
  }
}

/** What a server-side storage needs beside its store. */
export interface ServerStorageOptions {
  readonly cookies: SealedCookies
  readonly clientId: string
  readonly now: () => number
  /** For each operation of the store, in milliseconds. */
  readonly timeoutMs: number
}

/** Keyv answers `false` for what it did not store. */
function isDone(answer: { readonly value: unknown } | undefined): boolean {
  return answer !== undefined && answer.value !== false
}

/** What opens was sealed by this code, or by another version of it. */
function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}

function storeFailed(what: string): TokenExchangeError {
  return new TokenExchangeError('session_store_failed', `The session store did not ${what} the session.`, {
    field: 'store',
    reason: what,
  })
}
