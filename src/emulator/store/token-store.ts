import { createExpiringMap } from './expiring-map.js'
import type { RandomId } from '../random.js'

const TOKEN_BYTES = 32

/** Opaque tokens, and what each stands for. */
export interface TokenStore<Value> {
  issue(value: Value): string
  /** Does not use the token up. */
  find(token: string): Value | undefined
  /** Uses the token up: of many who ask, one gets an answer. */
  take(token: string): Value | undefined
}

export function createTokenStore<Value>(
  now: () => number,
  randomId: RandomId,
  lifetimeSeconds: number,
): TokenStore<Value> {
  const values = createExpiringMap<Value>(now, lifetimeSeconds)
  return {
    issue: (value) => {
      const token = randomId(TOKEN_BYTES)
      values.set(token, value)
      return token
    },
    find: (token) => values.get(token),
    take: (token) => values.take(token),
  }
}
