import type { AccessTokenResult } from '../response/result.js'

/** One call that may be answered from a cache. */
export interface CachedCall<R extends AccessTokenResult> {
  /**
   * Everything that shapes the token, as canonical JSON. It holds the tokens themselves: in memory it may serve as the
   * key as it is, outside it must not be seen.
   */
  readonly key: string
  /** When the subject or actor token expires, in seconds since the epoch, when that is known. */
  readonly subjectExpiresAt: () => number | undefined
  /** Forgets what is stored, joins nothing that is on its way, and stores what it gets. */
  readonly forceRefresh: boolean
  /** The caller's. It ends the caller's wait; the request goes on while others wait for it. */
  readonly signal: AbortSignal | undefined
  /** The client's clock, in milliseconds since the epoch. */
  readonly now: () => number
  /** Does the exchange. Its signal ends when nobody waits any more. */
  readonly load: (signal: AbortSignal | undefined) => Promise<R>
}

/** The answer to a cached call, and where it came from. */
export interface CachedAnswer<R extends AccessTokenResult> {
  /** Frozen when other calls may get it too. */
  readonly result: R
  readonly cache: 'hit' | 'miss'
  /** Whether the answer came from another call's request. */
  readonly coalesced: boolean
}

/** Keeps exchanged tokens; made by `createExchangeCache` of `onbehalf/cache`. */
export interface ExchangeCache {
  run<R extends AccessTokenResult>(call: CachedCall<R>): Promise<CachedAnswer<R>>
  /** Forgets what is stored for a call, so that the next one asks the server. */
  invalidate(key: string): Promise<void>
}
