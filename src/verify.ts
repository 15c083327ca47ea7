import type { JWTPayload } from 'jose'
import { verificationFailed, type JwtVerifier } from './key-source.js'

const ACCESS_TOKEN_HEADER_TYPES: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/at+jwt'])

declare const verifiedBrand: unique symbol

/** The claims of a verified access token. */
export type AccessTokenClaims = JWTPayload & { readonly iss: string; readonly sub: string; readonly exp: number }

/** An access token whose signature and claims hold. Only `verifyAccessToken` makes one. */
export interface VerifiedAccessToken {
  readonly claims: AccessTokenClaims
  /** The token itself. Not enumerable, so that it does not get into logs. */
  readonly token: string
  readonly [verifiedBrand]: true
}

/** What an access token must hold. */
export interface VerifyAccessTokenOptions {
  /** Names of claims that must be there. */
  readonly requiredClaims?: readonly string[]
  /** How far clocks may be apart, in seconds. Default 5. */
  readonly clockToleranceSeconds?: number
  /** Passed to the domain resolver, when the client has one. */
  readonly domainContext?: unknown
}

const verifiedTokens = new WeakSet<object>()

/** Whether `value` came out of `verifyAccessToken`; a copy did not. */
export function isVerified(value: unknown): value is VerifiedAccessToken {
  return typeof value === 'object' && value !== null && verifiedTokens.has(value)
}

/** Verifies an access token for the API `audience`; `now` is in milliseconds since the epoch. */
export async function verifyAccessToken(
  token: string,
  { requiredClaims = [], clockToleranceSeconds = 5 }: VerifyAccessTokenOptions,
  verifyJwt: JwtVerifier,
  audience: string,
  now: number,
): Promise<VerifiedAccessToken> {
  const { payload, protectedHeader } = await verifyJwt(token, {
    audience,
    clockToleranceSeconds,
    currentDate: new Date(now),
    requiredClaims: ['sub', 'exp', 'iat', ...requiredClaims],
  })
  const { typ } = protectedHeader
  if (typ !== undefined && !ACCESS_TOKEN_HEADER_TYPES.has(typ.toLowerCase())) {
    throw verificationFailed('typ', 'The token is of another kind than an access token.', 'typ')
  }
  if (typeof payload.sub !== 'string') throw verificationFailed('claim', 'The claim sub is not a string.', 'sub')
  const verified = Object.defineProperty({ claims: payload }, 'token', { value: token }) as VerifiedAccessToken
  verifiedTokens.add(Object.freeze(verified))
  return verified
}
