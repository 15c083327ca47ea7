import { EmbeddedJWK, calculateJwkThumbprint, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { JWK, JWTPayload } from 'jose'
import type { TokenExchangeError } from '../errors.js'
import { verificationFailed, type SigningAlgorithm } from '../tokens/key-source.js'
import { sha256 } from '../request/sha256.js'
import { isBlank } from '../text.js'
import { httpUri } from './http-uri.js'

/** What an API takes for a proof. */
export interface ProofRules {
  readonly algorithms: readonly SigningAlgorithm[]
  readonly maxAgeSeconds: number
  readonly leewaySeconds: number
}

/** The request that a proof must be about. */
export interface ProvenRequest {
  readonly method: string
  /** As `publicUri` gives it. */
  readonly uri: string | undefined
  readonly accessToken: string
  /** In milliseconds since the epoch. */
  readonly now: number
}

/** Members that no public key has (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

/**
 * The thumbprint of the key that a proof says it is signed with, before the signature is looked at.
 *
 * @param proof The value of the request's `DPoP` header.
 * @throws {TokenExchangeError} `verification_failed` with the reason `invalid_dpop_proof`, as every check here.
 */
export async function claimedThumbprint(proof: string | null): Promise<string> {
  if (proof === null) throw invalidProof('The request has no proof.', 'DPoP')
  if (proof.includes(',')) throw invalidProof('The request has more than one proof.', 'DPoP')
  try {
    const { jwk } = decodeProtectedHeader(proof)
    if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk ?? {}, name))) throw new Error('private')
    return await calculateJwkThumbprint(jwk as JWK)
  } catch {
    throw invalidProof('The proof is no JWT with a public key in its header.', 'jwk')
  }
}

/** Checks a proof for `request` (RFC 9449, section 4.3), and gives its `jti`; whether that is new is another question. */
export async function checkProof(proof: string, request: ProvenRequest, rules: ProofRules): Promise<string> {
  const now = request.now / 1000
  const { htm, htu, iat, jti, ath } = (await verifySignature(proof, request.now, rules)) as Record<string, unknown>
  if (htm !== request.method) throw invalidProof('The proof is for another method.', 'htm')
  if (typeof htu !== 'string' || request.uri === undefined || httpUri(htu) !== request.uri) {
    throw invalidProof('The proof is for another URL.', 'htu')
  }
  if (typeof iat !== 'number' || iat < now - rules.maxAgeSeconds || iat > now + rules.leewaySeconds) {
    throw invalidProof('The proof was not made just now.', 'iat')
  }
  if (ath !== (await sha256(request.accessToken))) throw invalidProof('The proof is for another token.', 'ath')
  if (typeof jti !== 'string' || isBlank(jti)) throw invalidProof('The proof has no id.', 'jti')
  return jti
}

async function verifySignature(proof: string, now: number, rules: ProofRules): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: rules.algorithms as SigningAlgorithm[],
      clockTolerance: rules.leewaySeconds,
      currentDate: new Date(now),
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEAlgNotAllowed) {
      throw invalidProof('The proof is signed with an algorithm that is not accepted.', 'alg')
    }
    if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
      throw invalidProof(`The proof's ${error.claim} is missing or does not fit.`, error.claim)
    }
    throw invalidProof('The proof is not signed with the key in its header.', 'signature')
  }
}

function invalidProof(message: string, field: string): TokenExchangeError {
  return verificationFailed('invalid_dpop_proof', message, field)
}
