import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose'
import type { JsonWebKeySet } from '../../../generated/openapi.js'
import { SEEDED_KEYS } from './seeded-keys.js'

export const SIGNING_ALGORITHM = 'RS256'

/** The keys that sign tokens. The newest one signs, and those before it are published until they are retired. */
export interface SigningKeys {
  readonly publicKeys: JsonWebKeySet
  sign(claims: JWTPayload, type: 'JWT' | 'at+jwt'): Promise<string>
  /** Checks signature, issuer and times. Throws jose's errors. */
  verify(token: string, issuer: string, now: number): Promise<JWTPayload>
  rotate(): Promise<void>
  retire(): void
}

interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly published: JsonWebKeySet['keys'][number]
}

export async function createSigningKeys(seeded: boolean): Promise<SigningKeys> {
  const prepared: readonly JWK[] = seeded ? SEEDED_KEYS : []
  let made = 0
  const makeKey = (): Promise<SigningKey> => {
    const jwk = prepared[made++]
    return jwk === undefined ? generateKey() : importKey(jwk)
  }

  let current = await makeKey()
  let keys: readonly SigningKey[] = [current]
  return {
    get publicKeys() {
      return { keys: keys.map((key) => key.published) }
    },
    sign: (claims, type) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: type, kid: current.kid })
        .sign(current.privateKey),
    verify: async (token, issuer, now) => {
      const selectKey = ({ kid }: { readonly kid?: string }): CryptoKey => {
        const key = keys.find((candidate) => candidate.kid === kid)
        if (key === undefined) throw new errors.JWSSignatureVerificationFailed()
        return key.publicKey
      }
      const { payload } = await jwtVerify(token, selectKey, {
        issuer,
        algorithms: [SIGNING_ALGORITHM],
        currentDate: new Date(now),
        requiredClaims: ['sub', 'aud', 'exp'],
      })
      return payload
    },
    rotate: async () => {
      current = await makeKey()
      keys = [current, ...keys]
    },
    retire: () => {
      keys = [current]
    },
  }
}

async function generateKey(): Promise<SigningKey> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM)
  return toSigningKey(pair.privateKey, pair.publicKey, await calculateJwkThumbprint(pair.publicKey))
}

async function importKey(jwk: JWK): Promise<SigningKey> {
  const { kid = '', kty = '', n = '', e = '' } = jwk
  return toSigningKey(await importRsaKey(jwk), await importRsaKey({ kty, n, e }), kid)
}

async function toSigningKey(privateKey: CryptoKey, publicKey: CryptoKey, kid: string): Promise<SigningKey> {
  const { kty, n, e } = (await exportJWK(publicKey)) as JWK & { kty: string; n: string; e: string }
  return { kid, privateKey, publicKey, published: { kty, kid, use: 'sig', alg: SIGNING_ALGORITHM, n, e } }
}

async function importRsaKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM)
  if (key instanceof Uint8Array) throw new TypeError('An RSA key is not a secret')
  return key
}
