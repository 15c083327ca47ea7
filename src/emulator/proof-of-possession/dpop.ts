import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWK } from 'jose'
import { sha256 } from '../hash.js'
import { parseUrl } from '../../url.js'

export const PROOF_ALGORITHMS = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const

const MAX_AGE_SECONDS = 300

/** A proof that holds, but for its `jti` and `nonce`, which only the server can judge. */
export interface Proof {
  /** The thumbprint of the key. */
  readonly jkt: string
  readonly jti: string
  readonly nonce: string | undefined
}

/** What a proof must be about. */
export interface ProofSubject {
  readonly method: string
  /** Without query and fragment. */
  readonly url: string
  /** At a protected resource. */
  readonly accessToken?: string
}

/** Checks a proof (RFC 9449, section 4.3). Gives what is wrong when it does not hold. */
export async function verifyProof(jwt: string, subject: ProofSubject, now: number): Promise<Proof | string> {
  const verified = await jwtVerify(jwt, EmbeddedJWK, {
    typ: 'dpop+jwt',
    algorithms: [...PROOF_ALGORITHMS],
    currentDate: new Date(now),
  }).catch(() => undefined)
  if (verified === undefined) return 'it is not one JWT of that type, signed with the key in its header'
  const { htm, htu, iat, jti, ath, nonce } = verified.payload as Readonly<Record<string, unknown>>
  if (htm !== subject.method) return 'htm is not the method of the request'
  if (normalizeUrl(htu) !== subject.url) return 'htu is not the URL of the request'
  if (typeof iat !== 'number' || Math.abs(now / 1000 - iat) > MAX_AGE_SECONDS) return 'iat is not now'
  if (typeof jti !== 'string' || jti === '') return 'jti is missing'
  if (subject.accessToken !== undefined && ath !== (await sha256(subject.accessToken))) {
    return 'ath is not the hash of the access token'
  }
  return {
    jkt: await calculateJwkThumbprint(verified.protectedHeader.jwk as JWK),
    jti,
    nonce: typeof nonce === 'string' ? nonce : undefined,
  }
}

function normalizeUrl(htu: unknown): string | undefined {
  if (typeof htu !== 'string' || !parseUrl(htu)) return undefined
  const { origin, pathname } = new URL(htu)
  return origin + pathname
}
