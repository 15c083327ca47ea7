import { OAuthFailure } from '../http/failure.js'
import { createTokenBucket } from './token-bucket.js'

const SECOND = 1000

/** Counts a request, and refuses it when there were too many. Gives what the answer says about the limit. */
export type RateLimit = () => Readonly<Record<string, string>>

export function createRateLimit(now: () => number, requestsPerSecond: number | undefined): RateLimit {
  if (requestsPerSecond === undefined) return () => ({})
  const limit = Math.max(1, Math.floor(requestsPerSecond))
  const bucket = createTokenBucket(now, limit, SECOND / requestsPerSecond)
  const headers = () => ({
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(bucket.remaining()),
    'X-RateLimit-Reset': String(Math.ceil(bucket.fullAt() / SECOND)),
  })
  return () => {
    if (bucket.take()) return headers()
    const description = 'Too many requests. Check the X-RateLimit-* headers.'
    throw new OAuthFailure(429, 'too_many_requests', description, {
      ...headers(),
      'Retry-After': String(Math.ceil((bucket.nextAt() - now()) / SECOND)),
    })
  }
}
