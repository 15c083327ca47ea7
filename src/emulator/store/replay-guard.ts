import { createExpiringMap } from './expiring-map.js'

/** Remembers identifiers that may be used once. */
export interface ReplayGuard {
  /** Whether the identifier is new. From now on it is not. */
  add(...identifier: readonly string[]): boolean
}

/** `lifetimeSeconds` is how long something that carries such an identifier can be valid. */
export function createReplayGuard(now: () => number, lifetimeSeconds: number): ReplayGuard {
  const seen = createExpiringMap<true>(now, lifetimeSeconds)
  return {
    add: (...identifier) => {
      const key = JSON.stringify(identifier)
      if (seen.get(key) === true) return false
      seen.set(key, true)
      return true
    },
  }
}
