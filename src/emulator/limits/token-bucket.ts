/** Lets `capacity` through at once, and one more each time `refillMs` have passed. */
export interface TokenBucket {
  /** How many would get through now, as a whole number. */
  remaining(): number
  /** Takes one, if there is one. */
  take(): boolean
  /** When one will get through, in milliseconds since the epoch. */
  nextAt(): number
  /** When it will be full, in milliseconds since the epoch. */
  fullAt(): number
}

export function createTokenBucket(now: () => number, capacity: number, refillMs: number): TokenBucket {
  // One moment says it all: when the bucket will be full, were nothing else taken.
  let fullAt = now()
  const missing = (): number => Math.max(0, (fullAt - now()) / refillMs)
  return {
    remaining: () => Math.floor(capacity - missing()),
    take: () => {
      if (capacity - missing() < 1) return false
      fullAt = Math.max(fullAt, now()) + refillMs
      return true
    },
    nextAt: () => Math.max(now(), fullAt - (capacity - 1) * refillMs),
    fullAt: () => Math.max(now(), fullAt),
  }
}
