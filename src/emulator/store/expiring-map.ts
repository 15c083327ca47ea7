const MAX_ENTRIES = 100_000

/** Forgets each entry after the same time, and the oldest when there are too many. */
export interface ExpiringMap<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  /** Gives the entry to the first who asks. */
  take(key: string): Value | undefined
}

export function createExpiringMap<Value>(now: () => number, lifetimeSeconds: number): ExpiringMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly expiresAt: number }>()
  const get = (key: string): Value | undefined => {
    const entry = entries.get(key)
    return entry !== undefined && entry.expiresAt > now() ? entry.value : undefined
  }
  const discardOld = (): void => {
    for (const [key, { expiresAt }] of entries) {
      if (expiresAt > now() && entries.size < MAX_ENTRIES) return
      entries.delete(key)
    }
  }
  return {
    get,
    set: (key, value) => {
      discardOld()
      entries.set(key, { value, expiresAt: now() + lifetimeSeconds * 1000 })
    },
    take: (key) => {
      const value = get(key)
      entries.delete(key)
      return value
    },
  }
}
