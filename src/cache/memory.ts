import { LRUCache } from 'lru-cache'
import { remainingMs, type Kept, type Values } from './values.js'

/** Keeps results in this process, up to a number; those that were not used for longest go first. */
export function createMemory(maxEntries: number, skewSeconds: number): Values {
  // Without its TTL: that has another clock, and takes 0 for "for ever".
  const entries = new LRUCache<string, Kept>({ max: maxEntries })

  return {
    read(key, now) {
      const kept = entries.get(key)
      if (!kept) return undefined
      if (remainingMs(kept.endsAt, skewSeconds, now()) > 0) return kept.result
      entries.delete(key)
      return undefined
    },
    write(key, kept) {
      entries.set(key, kept)
    },
    forget(key) {
      entries.delete(key)
    },
  }
}
