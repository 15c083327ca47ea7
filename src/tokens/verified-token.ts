import type { JWTPayload } from 'jose'
import type { ActClaim } from '../act/claim.js'

declare const verifiedBrand: unique symbol

/** The claims of a verified access token. */
export type AccessTokenClaims = JWTPayload & {
  readonly iss: string
  readonly sub: string
  readonly exp: number
  readonly iat: number
  readonly scope?: string
  /** Names the client in Auth0's own profile. */
  readonly azp?: string
  /** Names the client in that of RFC 9068. */
  readonly client_id?: string
}

/** An access token whose signature and claims hold. Only a verifier makes one. */
export interface VerifiedAccessToken {
  readonly claims: AccessTokenClaims
  /** Who acts for the subject, the current actor outermost; absent when nobody does. */
  readonly act: ActClaim | undefined
  /** The client that the token was issued to, whichever profile names it. */
  readonly clientId: string | undefined
  /** The members of the claim `scope`. */
  readonly scopes: readonly string[]
  /** The token itself. Not enumerable, so that it does not get into logs. */
  readonly token: string
  readonly [verifiedBrand]: true
}

const verifiedTokens = new WeakSet<object>()

/** Whether `value` came out of a verifier; a copy did not. */
export function isVerified(value: unknown): value is VerifiedAccessToken {
  return verifiedTokens.has(value as object)
}

/** Makes `members` a verified access token. Only for those who did verify it. */
export function markVerified<T extends { readonly claims: AccessTokenClaims }>(
  members: T,
  token: string,
): T & VerifiedAccessToken {
  const verified = Object.defineProperty(members, 'token', { value: token }) as T & VerifiedAccessToken
  verifiedTokens.add(Object.freeze(verified))
  return verified
}
