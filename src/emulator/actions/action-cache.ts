import type { ActionCache, CachedValue } from './action.js'

const DEFAULT_TTL_MS = 15 * 60 * 1000
const MAX_ENTRIES = 1000

/** Source of the default: Auth0, "Custom token exchange API object". When it is full, the oldest entry goes. */
export function createActionCache(now: () => number): ActionCache {
  const entries = new Map<string, CachedValue>()
  return {
    get: (key) => {
      const entry = entries.get(key)
      return entry !== undefined && entry.expires_at > now() ? entry : undefined
    },
    set: (key, value, { ttl = DEFAULT_TTL_MS, expires_at = Infinity } = {}) => {
      const entry = { value, expires_at: Math.min(now() + ttl, expires_at) }
      entries.delete(key)
      entries.set(key, entry)
      const [oldest] = entries.keys()
      if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest)
      return entry
    },
    delete: (key) => void entries.delete(key),
  }
}
