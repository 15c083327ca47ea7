import { base64url } from 'jose'

/** What hides one cache key and its value from a store. */
export interface Lock {
  /** The key's name in the store. */
  readonly name: string
  seal(text: string): Promise<string>
  /** The text of a value that was sealed under this name; `undefined` for anything else. */
  open(sealed: unknown): Promise<string | undefined>
}

/** The locks of a cache key, one for each secret, that of the first secret first. */
export type Vault = (key: string) => Promise<readonly [Lock, ...Lock[]]>

interface DerivedKeys {
  readonly mac: CryptoKey
  readonly cipher: CryptoKey
}

const VERSION = 1
const NONCE_BYTES = 12
const HEADER_BYTES = 1 + NONCE_BYTES
const encoder = new TextEncoder()

/**
 * Names and encrypts what goes to a store: HMAC-SHA-256 and AES-256-GCM, with keys that HKDF makes of each secret.
 *
 * The name is the ciphertext's associated data, so that a value that was moved to another name does not open. Keys of
 * one purpose open nothing of another.
 */
export function createVault(secrets: readonly [Uint8Array, ...Uint8Array[]], purpose = 'exchange cache'): Vault {
  const deriveFor = (secret: Uint8Array) => derive(secret as Uint8Array<ArrayBuffer>, purpose)
  const [first, ...others] = secrets.map((secret) => new Uint8Array(secret))
  let derived: readonly [Promise<DerivedKeys>, ...Promise<DerivedKeys>[]] | undefined

  return async (key) => {
    derived ??= [deriveFor(first as Uint8Array), ...others.map(deriveFor)]
    const [current, ...older] = derived
    const lock = async (keys: Promise<DerivedKeys>): Promise<Lock> => createLock(await keys, key)
    return Promise.all([lock(current), ...older.map(lock)])
  }
}

async function createLock({ mac, cipher }: DerivedKeys, key: string): Promise<Lock> {
  const name = base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', mac, encoder.encode(key))))
  const parameters = (iv: Uint8Array<ArrayBuffer>) => ({ name: 'AES-GCM', iv, additionalData: encoder.encode(name) })

  return {
    name,
    async seal(text) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
      const encrypted = await crypto.subtle.encrypt(parameters(nonce), cipher, encoder.encode(text))
      const sealed = new Uint8Array(HEADER_BYTES + encrypted.byteLength)
      sealed[0] = VERSION
      sealed.set(nonce, 1)
      sealed.set(new Uint8Array(encrypted), HEADER_BYTES)
      return base64url.encode(sealed)
    },
    async open(sealed) {
      if (typeof sealed !== 'string') return undefined
      try {
        const bytes = new Uint8Array(base64url.decode(sealed))
        // One text for one value: base64 has bits to spare at its end.
        if (bytes[0] !== VERSION || base64url.encode(bytes) !== sealed) return undefined
        const nonce = bytes.slice(1, HEADER_BYTES)
        const decrypted = await crypto.subtle.decrypt(parameters(nonce), cipher, bytes.slice(HEADER_BYTES))
        return new TextDecoder().decode(decrypted)
      } catch {
        return undefined
      }
    },
  }
}

async function derive(secret: Uint8Array<ArrayBuffer>, purpose: string): Promise<DerivedKeys> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const hkdf = (use: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: encoder.encode(`onbehalf ${purpose}: ${use}`),
  })
  const [mac, cipher] = await Promise.all([
    crypto.subtle.deriveKey(hkdf('names'), base, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']),
    crypto.subtle.deriveKey(hkdf('values'), base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  ])
  return { mac, cipher }
}
