import type { AccessTokenResult } from '../response/result.js'

/** A result, and until when it may be given to a call. */
export interface Kept {
  readonly result: AccessTokenResult
  /** When the result or what it was exchanged for ends, in seconds since the epoch. */
  readonly endsAt: number
}

/** How a result is stored. */
export interface WriteOptions {
  /** In milliseconds since the epoch. */
  readonly now: () => number
  /** Asked right before the value is stored: a result that was overtaken is not. */
  readonly isCurrent: () => boolean
}

/** Where results are kept. No method ever fails. */
export interface Values {
  /** What is kept for `key` and still good: at once from memory, later from a store. */
  read(key: string, now: () => number): AccessTokenResult | undefined | Promise<AccessTokenResult | undefined>
  write(key: string, kept: Kept, options: WriteOptions): void | Promise<void>
  /** From the moment of the call on, nothing that was kept before it is read again. */
  forget(key: string): void | Promise<void>
}

/**
 * How much longer a result is kept, in milliseconds; not positive, or NaN, when it is not.
 *
 * The one place where the skew counts.
 */
export function remainingMs(endsAt: number, skewSeconds: number, now: number): number {
  return (endsAt - skewSeconds) * 1000 - now
}
