import type { CacheStore } from '../../../src/cache.js'
import { never } from './stores.js'

/** How a store does what it is asked. */
export const MOODS = [
  ...Array<'healthy'>(10).fill('healthy'),
  'throws',
  'rejects',
  'hangs',
  'late',
  'garbage',
  'another value',
  'an old value',
  'forgets to act',
] as const

export type Mood = (typeof MOODS)[number]

/** Later than any deadline of a test that uses this store. */
const LATE_MS = 6

/** A store that does each operation in the next of its moods. */
export function moodyStore(moods: readonly Mood[]): CacheStore {
  const content = new Map<string, string>()
  const old = new Map<string, string[]>()
  let operations = 0

  function inMood(act: () => unknown, lie: (mood: Mood) => unknown): unknown {
    const mood = moods[operations++ % moods.length] ?? 'healthy'
    if (mood === 'throws') throw new Error('the store is broken')
    if (mood === 'rejects') return Promise.reject(new Error('the store is broken'))
    if (mood === 'hangs') return never()
    if (mood === 'late') {
      return new Promise((resolve) =>
        setTimeout(() => {
          resolve(act())
        }, LATE_MS),
      )
    }
    return mood === 'healthy' ? act() : lie(mood)
  }

  return {
    get(key) {
      return inMood(
        () => content.get(key),
        (mood) => {
          if (mood === 'another value') return [...content.values()][operations % (content.size + 1)]
          if (mood === 'an old value') return old.get(key)?.[0]
          return mood === 'garbage' ? `garbage ${operations}` : undefined
        },
      )
    },
    set(key, value) {
      const act = (): boolean => {
        content.set(key, value)
        old.set(key, [...(old.get(key) ?? []), value])
        return true
      }
      return inMood(act, (mood) => mood !== 'garbage')
    },
    delete(key) {
      return inMood(
        () => content.delete(key),
        () => true,
      )
    },
  }
}
