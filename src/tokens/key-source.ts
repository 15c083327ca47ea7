import { errors, jwtVerify } from 'jose'
import type { JWTHeaderParameters, JWTPayload, JWTVerifyOptions } from 'jose'
import { TokenExchangeError } from '../errors.js'
import {
  checkClaims,
  isNamedBy,
  malformedToken,
  misfit,
  tooEarly,
  unverifiedClaims,
  verificationFailed,
} from './jwt-claims.js'
import type { ClaimRules } from './jwt-claims.js'
import { createKeySource, type KeySet } from './key-set.js'

export { verificationFailed } from './jwt-claims.js'

/** Symmetric algorithms are out: whoever can check such a token can also make one. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

const REQUIRED_CLAIMS = ['exp', 'iat']
const MAX_HEADERS = 100

/** An asymmetric algorithm (RFC 7518, section 3.1; RFC 8037, section 3.1; RFC 9864). */
export type SigningAlgorithm = (typeof ALGORITHMS)[number]

/** A JWT of the issuer whose signature and claims hold. */
export interface VerifiedJwt {
  readonly payload: JWTPayload
  readonly protectedHeader: JWTHeaderParameters
}

/** What a JWT must hold, beside `iss`, `exp` and `iat`. */
export interface JwtRules extends ClaimRules {
  readonly audience: string | readonly string[]
  readonly algorithms?: readonly SigningAlgorithm[] | undefined
}

/** Verifies JWTs of one issuer by its published keys. */
export type JwtVerifier = (token: string, rules: JwtRules) => Promise<VerifiedJwt>

/**
 * Makes a verifier over the issuer's key set, which is read over the same bounded transport as everything else.
 *
 * Its errors are `verification_failed` with a reason; `keys_unavailable` and errors of the transport mean that nothing
 * is known about the token. A token that does not name `issuer` leads to no request.
 */
export function createJwtVerifier(issuer: string, ...keys: Parameters<typeof createKeySource>): JwtVerifier {
  const keySource = createKeySource(...keys)

  /** With keys that may have to be read first. */
  async function verifyWithRequests(token: string, rules: JwtRules): Promise<VerifiedJwt> {
    if (!isNamedBy(unverifiedClaims(token).iss, issuer)) throw misfit('iss')
    try {
      return await verifyWith(await keySource.current(), token, rules)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      return verifyWith(await keySource.newer(), token, rules)
    }
  }

  return async (token, rules) => {
    try {
      const known = keySource.fresh()
      const key = known?.byHeader.get(encodedHeader(token))
      const verified =
        known && key ? await jwtVerify(token, key, verifyOptions(rules, known)) : await verifyWithRequests(token, rules)
      checkClaims(verified.payload, rules)
      return verified
    } catch (error) {
      throw verificationError(error)
    }
  }
}

function encodedHeader(token: string): string {
  return token.slice(0, token.indexOf('.'))
}

function verifyOptions(rules: JwtRules, { issuer }: KeySet): JWTVerifyOptions {
  return {
    issuer,
    audience: rules.audience as string | string[],
    algorithms: (rules.algorithms ?? ALGORITHMS) as string[],
    clockTolerance: rules.clockToleranceSeconds,
    currentDate: rules.currentDate,
    requiredClaims: REQUIRED_CLAIMS,
  }
}

async function verifyWith(keys: KeySet, token: string, rules: JwtRules): Promise<VerifiedJwt> {
  const options = verifyOptions(rules, keys)
  try {
    const verified = await jwtVerify(token, keys.find, options)
    // Only what the issuer signed gets here, and even that is not without bounds.
    if (keys.byHeader.size < MAX_HEADERS) keys.byHeader.set(encodedHeader(token), verified.key as CryptoKey)
    return verified
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    // Keys may share an id, or the token may name none: one of the issuer's keys must hold.
    for await (const key of error) {
      const verified = await jwtVerify(token, key, options).catch(unlessSignature)
      if (verified) return verified
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

function unlessSignature(error: unknown): undefined {
  if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error
}

function verificationError(error: unknown): TokenExchangeError {
  // The reason is ours: jose's errors carry the claims, which do not belong in a log.
  if (error instanceof TokenExchangeError) return error
  if (error instanceof errors.JWTExpired) return verificationFailed('expired', 'The token has expired.', 'exp')
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'nbf' && error.reason === 'check_failed' ? tooEarly('nbf') : misfit(error.claim)
  }
  if (error instanceof errors.JWKSNoMatchingKey)
    return verificationFailed('key', 'No key of the issuer fits the token.')
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return verificationFailed('algorithm', 'The token is signed with an algorithm that is not accepted.')
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return verificationFailed('signature', 'The signature does not hold.')
  }
  if (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JOSENotSupported
  ) {
    return malformedToken()
  }
  return verificationFailed('keys_unavailable', "The issuer's keys could not be read.")
}
