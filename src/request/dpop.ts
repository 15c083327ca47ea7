import { SignJWT, calculateJwkThumbprint, exportJWK, type CryptoKey, type JWK } from 'jose'
import { TokenExchangeError, TokenExchangeErrorCode } from '../errors.js'
import { sha256 } from './sha256.js'

/** The key that tokens are bound to (RFC 9449). */
export interface DPoPOptions {
  /** An asymmetric pair; `privateKey` may be non-extractable, `publicKey` is sent. */
  readonly keyPair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey }
  /** Whether a token that the server did not bind is accepted (RFC 9449, section 5). Default false. */
  readonly allowBearer?: boolean
}

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
    ...(target.nonce === undefined ? {} : { nonce: target.nonce }),
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

/**
 * Throws when the key cannot sign proofs.
 *
 * @throws {TokenExchangeError} `invalid_configuration`
 */
export function checkDPoP(options: unknown): asserts options is DPoPOptions {
  const keyPair = (options as Partial<DPoPOptions> | null)?.keyPair
  if (!(keyPair?.publicKey instanceof globalThis.CryptoKey) || !(keyPair.privateKey instanceof globalThis.CryptoKey)) {
    throw new TypeError('dpop needs a keyPair of CryptoKeys')
  }
  algorithmOf(keyPair.publicKey)
}

function publicKeyOf(key: CryptoKey): Promise<PublicKey> {
  let known = publicKeys.get(key)
  if (!known) {
    known = exportJWK(key).then(async (jwk) => ({ jwk, thumbprint: await calculateJwkThumbprint(jwk) }))
    publicKeys.set(key, known)
  }
  return known
}

function algorithmOf(key: CryptoKey): string {
  const { name } = key.algorithm
  const curve = (key.algorithm as Partial<EcKeyAlgorithm>).namedCurve
  const hash = (key.algorithm as Partial<RsaHashedKeyAlgorithm>).hash?.name.replace('SHA-', '')
  if (name === 'Ed25519') return 'Ed25519'
  if (name === 'ECDSA' && curve !== undefined) return `ES${curve === 'P-521' ? '512' : curve.slice(2)}`
  if (name === 'RSASSA-PKCS1-v1_5' && hash !== undefined) return `RS${hash}`
  if (name === 'RSA-PSS' && hash !== undefined) return `PS${hash}`
  throw new TokenExchangeError(TokenExchangeErrorCode.INVALID_CONFIGURATION, `A key of ${name} cannot sign proofs.`, {
    field: 'dpop',
    reason: 'algorithm',
  })
}
