import { expect, vi } from 'vitest'
import type { AccessTokenResult, CachedAnswer, CachedCall, ExchangeCache } from '../../../src/index.js'

/** The start of every virtual clock, in milliseconds since the epoch. */
export const START_MS = 1_900_000_000_000

/** A clock that a test moves. */
export interface Clock {
  readonly now: () => number
  readonly advance: (ms: number) => void
}

export function virtualClock(): Clock {
  let time = START_MS
  return {
    now: () => time,
    advance: (ms) => {
      time += ms
    },
  }
}

/** A new result that ends an hour after the start. */
export function tokenResult(accessToken = 'token', overrides: Partial<AccessTokenResult> = {}): AccessTokenResult {
  return { accessToken, tokenType: 'Bearer', expiresIn: 3600, expiresAt: START_MS / 1000 + 3600, ...overrides }
}

/** A call whose key is `key`, and that loads what `load` gives. */
export function cachedCall(overrides: Partial<CachedCall<AccessTokenResult>> = {}): CachedCall<AccessTokenResult> {
  return {
    key: 'key',
    subjectExpiresAt: () => undefined,
    forceRefresh: false,
    signal: undefined,
    now: () => START_MS,
    load: () => Promise.resolve(tokenResult()),
    ...overrides,
  }
}

/** A request of which the test decides when and how it ends. */
export interface PendingLoad {
  readonly signal: AbortSignal | undefined
  readonly succeed: (result?: AccessTokenResult) => void
  readonly fail: (error: unknown) => void
}

/** Loads that wait for the test, in the order in which they began. */
export interface ControlledLoads {
  readonly begun: readonly PendingLoad[]
  readonly load: CachedCall<AccessTokenResult>['load']
  /** Waits until so many have begun, and gives the last of them. */
  readonly begin: (count: number) => Promise<PendingLoad>
}

export function controlledLoads(): ControlledLoads {
  const begun: PendingLoad[] = []
  return {
    begun,
    load: (signal) =>
      new Promise((resolve, reject) => {
        const succeed = (result = tokenResult()): void => {
          resolve(result)
        }
        begun.push({ signal, succeed, fail: reject })
      }),
    async begin(count) {
      const last = await vi.waitUntil(() => begun[count - 1], { interval: 1, timeout: 5000 })
      expect(begun).toHaveLength(count)
      return last
    },
  }
}

/** A load that gives `token-1`, `token-2` and so on, and counts. */
export function countedLoad(overrides: Partial<AccessTokenResult> = {}): {
  readonly load: () => Promise<AccessTokenResult>
  readonly count: () => number
} {
  let count = 0
  return {
    load: () => Promise.resolve(tokenResult(`token-${++count}`, overrides)),
    count: () => count,
  }
}

/** What a run gives, in short: the token and where it came from. */
export async function shown(answer: Promise<CachedAnswer<AccessTokenResult>>): Promise<string> {
  const { result, cache, coalesced } = await answer
  return `${result.accessToken} ${coalesced ? 'coalesced' : cache}`
}

/** Gives what should not happen a little time to happen. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setTimeout(resolve, 1))
}

export function run(cache: ExchangeCache, overrides: Partial<CachedCall<AccessTokenResult>> = {}): Promise<string> {
  return shown(cache.run(cachedCall(overrides)))
}
