import { SignJWT, calculateJwkThumbprint, exportJWK, type JWK } from 'jose'
import { algorithmOf, type DPoPOptions } from './dpop-key.js'
import { sha256 } from './sha256.js'

/** What a proof is for. */
export interface ProofTarget {
  readonly method: string
  readonly url: string
  readonly nonce?: string | undefined
  /** The token that the proof goes with, when it is presented. */
  readonly accessToken?: string
  /** In milliseconds since the epoch. */
  readonly now: number
}

interface PublicKey {
  readonly jwk: JWK
  readonly thumbprint: string
}

const publicKeys = new WeakMap<CryptoKey, Promise<PublicKey>>()

/** A proof of possession for one request (RFC 9449, section 4.2). */
export async function dpopProof({ keyPair }: DPoPOptions, target: ProofTarget): Promise<string> {
  const { jwk } = await publicKeyOf(keyPair.publicKey)
  const { origin, pathname } = new URL(target.url)
  return new SignJWT({
    htm: target.method,
    htu: origin + pathname,
    jti: crypto.randomUUID(),
    nonce: target.nonce,
    ...(target.accessToken === undefined ? {} : { ath: await sha256(target.accessToken) }),
  })
    .setIssuedAt(Math.floor(target.now / 1000))
    .setProtectedHeader({ typ: 'dpop+jwt', alg: algorithmOf(keyPair.publicKey), jwk })
    .sign(keyPair.privateKey)
}

/** The thumbprint that a bound token holds as `cnf.jkt` (RFC 7638). */
export async function dpopThumbprint({ keyPair }: DPoPOptions): Promise<string> {
  return (await publicKeyOf(keyPair.publicKey)).thumbprint
}

function publicKeyOf(key: CryptoKey): Promise<PublicKey> {
  let known = publicKeys.get(key)
  if (!known) {
    known = exportJWK(key).then(async (jwk) => ({ jwk, thumbprint: await calculateJwkThumbprint(jwk) }))
    publicKeys.set(key, known)
  }
  return known
}
