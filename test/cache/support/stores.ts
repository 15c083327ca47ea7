import { vi } from 'vitest'
import type { CacheStore } from '../../../src/cache.js'

/** What a store was asked. */
export interface Asked {
  readonly operation: 'get' | 'set' | 'delete'
  readonly key: string
  readonly value?: string
  readonly ttlMs?: number
}

/** A store in memory that tells what it was asked, and whose content can be changed behind its back. */
export interface RecordingStore extends CacheStore {
  readonly asked: Asked[]
  readonly content: Map<string, string>
}

export function recordingStore(): RecordingStore {
  const asked: Asked[] = []
  const content = new Map<string, string>()
  return {
    asked,
    content,
    get(key) {
      asked.push({ operation: 'get', key })
      return Promise.resolve(content.get(key))
    },
    set(key, value, ttlMs) {
      asked.push({ operation: 'set', key, value, ttlMs })
      content.set(key, value)
      return Promise.resolve(true)
    },
    delete(key) {
      asked.push({ operation: 'delete', key })
      return Promise.resolve(content.delete(key))
    },
  }
}

export function never(): Promise<never> {
  return new Promise(() => undefined)
}

/** Does something while the next value is being encrypted. */
export function whileSealing(act: () => void): void {
  const { subtle } = crypto
  const encrypt = subtle.encrypt.bind(subtle)
  const spy = vi.spyOn(subtle, 'encrypt').mockImplementation((...values) => {
    spy.mockRestore()
    act()
    return encrypt(...values)
  })
}

/** A secret that is the same byte 32 times. */
export function secret(byte: number): Uint8Array {
  return new Uint8Array(32).fill(byte)
}

export const KEYS = { secrets: secret(1) }
