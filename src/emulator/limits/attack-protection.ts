import { fail } from '../http/failure.js'
import type { Tenant } from '../tenant/tenant.js'
import { createTokenBucket, type TokenBucket } from './token-bucket.js'

const MAX_ATTEMPTS = 10
const REFILL_MS = 600_000
const MAX_ADDRESSES = 10_000

/** Suspicious IP throttling: an address that sends one invalid subject token after the other has to wait. */
export interface AttackProtection {
  /** Throws for an address that has no attempts left. */
  readonly refuseBlocked: (ip: string) => void
  readonly countAttempt: (ip: string) => void
}

/** Source of numbers and text: Auth0, "Custom token exchange: attack protection". */
export function createAttackProtection(
  now: () => number,
  { suspiciousIpThrottling: isOn, suspiciousIpAllowlist: allowed }: Tenant,
): AttackProtection {
  const attempts = new Map<string, TokenBucket>()
  return {
    refuseBlocked: (ip) => {
      if ((attempts.get(ip)?.remaining() ?? MAX_ATTEMPTS) >= 1) return
      throw fail(
        429,
        'too_many_attempts',
        'We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.',
      )
    },
    countAttempt: (ip) => {
      if (!isOn || allowed.has(ip)) return
      const bucket = attempts.get(ip) ?? createTokenBucket(now, MAX_ATTEMPTS, REFILL_MS)
      bucket.take()
      // Again at the end, so that the first address is the one that was quiet for longest.
      attempts.delete(ip)
      attempts.set(ip, bucket)
      for (const address of attempts.keys()) {
        if (attempts.size <= MAX_ADDRESSES) break
        attempts.delete(address)
      }
    },
  }
}
