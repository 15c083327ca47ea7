import { EncryptJWT, jwtDecrypt } from 'jose'
import type { CookieJar } from './cookies.js'
import type { SessionRequest, StoreOptions } from './request.js'

/** Cookies that only this application can read or make. */
export interface SealedCookies {
  /** What a cookie holds; `undefined` when it is not one of ours, not whole, or has ended. */
  read(request: SessionRequest, name: string): Promise<unknown>
  write(store: StoreOptions, name: string, value: unknown, life: CookieLife): Promise<void>
  clear(store: StoreOptions, name: string): void
}

/** How long a cookie lives. */
export interface CookieLife {
  /** In seconds since the epoch. */
  readonly expiresAt: number
  /** Whether it ends with the browser, if that is sooner. */
  readonly isEphemeral?: boolean
}

const encoder = new TextEncoder()

/**
 * Encrypts cookies as JWE (`dir`, A256GCM), with their end inside.
 *
 * HKDF makes a key of each secret for each name and client, so that a cookie of one purpose or application opens nothing
 * of another. The first secret encrypts, and all are tried.
 */
export function createSealedCookies(
  jar: CookieJar,
  secrets: readonly Uint8Array[],
  clientId: string,
  now: () => number,
): SealedCookies {
  const known = new Map<string, Promise<CryptoKey[]>>()

  function keysFor(name: string): Promise<CryptoKey[]> {
    const keys =
      known.get(name) ?? Promise.all(secrets.map((secret) => deriveKey(secret, [jar.prefix, name, clientId])))
    known.set(name, keys)
    return keys
  }

  async function open(text: string, key: CryptoKey): Promise<unknown> {
    const { payload } = await jwtDecrypt(text, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp'],
      currentDate: new Date(now()),
    })
    return payload['value']
  }

  return {
    async read(request, name) {
      const text = jar.read(request, name)
      if (text === undefined) return undefined
      for (const key of await keysFor(name)) {
        const value = await open(text, key).catch(() => undefined)
        if (value !== undefined) return value
      }
      return undefined
    },

    async write(store, name, value, { expiresAt, isEphemeral = false }) {
      const [key] = await keysFor(name)
      const text = await new EncryptJWT({ value })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(expiresAt)
        .encrypt(key as CryptoKey)
      const maxAge = isEphemeral ? undefined : Math.max(0, expiresAt - Math.floor(now() / 1000))
      jar.write(store, name, text, maxAge)
    },

    clear(store, name) {
      jar.clear(store, name)
    },
  }
}

async function deriveKey(secret: Uint8Array, purpose: readonly string[]): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveKey'])
  const info = encoder.encode(`onbehalf session cookie: ${JSON.stringify(purpose)}`)
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  return crypto.subtle.deriveKey(hkdf, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}
