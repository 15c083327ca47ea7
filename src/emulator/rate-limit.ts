import { OAuthFailure } from './failure.js'
import { createTokenBucket } from './token-bucket.js'

const SECOND = 1000

/** Counts a request, and refuses it when there were too many. */
export type RateLimit = () => void

export function createRateLimit(now: () => number, requestsPerSecond: number | undefined): RateLimit {
  if (requestsPerSecond === undefined) return () => undefined
  const limit = Math.max(1, Math.floor(requestsPerSecond))
  const bucket = createTokenBucket(now, limit, SECOND / requestsPerSecond)
  return () => {
    if (bucket.take()) return
    const description = 'Too many requests. Check the X-RateLimit-* headers.'
    throw new OAuthFailure(429, 'too_many_requests', description, {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(bucket.remaining()),
      'X-RateLimit-Reset': String(Math.ceil(bucket.fullAt() / SECOND)),
      'Retry-After': String(Math.ceil((bucket.nextAt() - now()) / SECOND)),
    })
  }
}
