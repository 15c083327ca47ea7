import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import type { JWTHeaderParameters, JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose'
import { TokenExchangeError, TokenExchangeErrorCode } from './errors.js'
import type { MetadataSource } from './metadata.js'
import type { Limits } from './bounded-fetch.js'
import type { Transport } from './transport.js'

/** Symmetric algorithms are out: whoever can check such a token can also make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** A JWT of the issuer whose signature and claims hold. */
export interface VerifiedJwt {
  readonly payload: JWTPayload
  readonly protectedHeader: JWTHeaderParameters
}

/** Verifies JWTs of one issuer by its published keys. */
export type JwtVerifier = (
  token: string,
  options: Omit<JWTVerifyOptions, 'issuer' | 'algorithms' | 'clockTolerance'> & {
    readonly clockToleranceSeconds: number
  },
) => Promise<VerifiedJwt>

/**
 * Makes a verifier over the issuer's key set, which is read over the same bounded transport as everything else.
 *
 * Its errors are `verification_failed` with a reason; `keys_unavailable` and errors of the transport mean that nothing
 * is known about the token.
 */
export function createJwtVerifier(
  metadata: MetadataSource,
  transport: Transport,
  limits: Omit<Limits, 'signal'>,
): JwtVerifier {
  let keys: { readonly uri: string; readonly get: JWTVerifyGetKey } | undefined

  function keysAt(uri: string): JWTVerifyGetKey {
    if (keys?.uri !== uri) {
      const get = createRemoteJWKSet(new URL(uri), {
        [customFetch]: async (url) => {
          const { status, body } = await transport.getKeys(url, limits)
          return new Response(body, { status })
        },
      })
      keys = { uri, get }
    }
    return keys.get
  }

  return async (token, { clockToleranceSeconds, ...options }) => {
    const { issuer, jwks_uri: uri } = await metadata()
    return jwtVerify(token, keysAt(uri), {
      ...options,
      issuer,
      algorithms: ALGORITHMS,
      clockTolerance: clockToleranceSeconds,
    }).catch((error: unknown) => {
      throw verificationError(error)
    })
  }
}

/** The error for a token that does not hold. */
export function verificationFailed(reason: string, message: string, field?: string): TokenExchangeError {
  return new TokenExchangeError(TokenExchangeErrorCode.VERIFICATION_FAILED, message, { reason, field })
}

function verificationError(error: unknown): TokenExchangeError {
  // The reason is ours: jose's errors carry the claims, which do not belong in a log.
  if (error instanceof TokenExchangeError) return error
  if (error instanceof errors.JWTExpired) return verificationFailed('expired', 'The token has expired.', 'exp')
  if (error instanceof errors.JWTClaimValidationFailed) {
    return verificationFailed('claim', `The claim ${error.claim} is missing or does not fit.`, error.claim)
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
    return verificationFailed('malformed', 'The token is not a signed JWT of a known kind.')
  }
  return verificationFailed('keys_unavailable', "The issuer's keys could not be read.")
}
