import { ACCESS_TOKEN_TYPE, JWT_TOKEN_TYPE, SESSION_TRANSFER_TOKEN_TYPE } from '../../generated/constants.js'
import type { ActOnResult } from '../tokens/id-token.js'
import { isNotApplicable, unexpectedMember, type ParsedTokenResponse } from './response.js'

/** An access token and what came with it. */
export interface AccessTokenResult {
  readonly accessToken: string
  /** How to present it: `Bearer` or `DPoP`, as the server spells it. */
  readonly tokenType: string
  readonly issuedTokenType?: string
  /** Lifetime in seconds, counted from the request. */
  readonly expiresIn?: number
  /** In seconds since the epoch; absent when the server gave no lifetime. */
  readonly expiresAt?: number
  /** The granted scopes, when the server named them. */
  readonly scope?: string
  readonly idToken?: string
  readonly refreshToken?: string
}

/** What `exchangeToken` gives: an access token, and who acts by the ID token that came with it. */
export interface ExchangeTokenResult extends AccessTokenResult, ActOnResult {}

/** A token that is not an access token, from an exchange that asked for one of another type. */
export interface IssuedTokenResult {
  readonly issuedToken: string
  readonly issuedTokenType: string
  readonly tokenType?: string
  /** Lifetime in seconds, counted from the request. */
  readonly expiresIn?: number
  /** In seconds since the epoch. */
  readonly expiresAt?: number
  readonly scope?: string
}

/** What the server issued, and when that ends. */
export interface Issued {
  readonly response: ParsedTokenResponse
  /** In seconds since the epoch. */
  readonly expiresAt?: number
}

/** Whether what was issued is an access token, by what the server says of it (RFC 8693, section 2.2.1). */
export function isAccessToken({ response }: Issued): boolean {
  const { issued_token_type: type, token_type: usage } = response
  return (type === undefined || type === ACCESS_TOKEN_TYPE || type === JWT_TOKEN_TYPE) && !isNotApplicable(usage)
}

/**
 * Narrows what was issued to an access token.
 *
 * @throws {TokenExchangeError} `invalid_response` when the server issued something that is not used as one.
 */
export function accessTokenResult(issued: Issued): AccessTokenResult {
  const { response } = issued
  if (!isAccessToken(issued)) {
    const field = isNotApplicable(response.token_type) ? 'token_type' : 'issued_token_type'
    throw unexpectedMember(field, 'The server issued a token that is not an access token.')
  }
  if (response.token_type === undefined) throw unexpectedMember('token_type', 'The answer has no token_type.')
  const result: Writable<AccessTokenResult> = { accessToken: response.access_token, tokenType: response.token_type }
  if (response.issued_token_type !== undefined) result.issuedTokenType = response.issued_token_type
  addLifetime(result, issued)
  if (response.id_token !== undefined) result.idToken = response.id_token
  if (response.refresh_token !== undefined) result.refreshToken = response.refresh_token
  return result
}

/**
 * What was issued, as the token of another type that it is.
 *
 * @throws {TokenExchangeError} `invalid_response` for a session transfer token, which has a call of its own, and when
 *   the server does not say what it issued.
 */
export function issuedTokenResult(issued: Issued): IssuedTokenResult {
  const { access_token: issuedToken, issued_token_type: issuedTokenType, token_type: tokenType } = issued.response
  if (issuedTokenType === undefined || issuedTokenType === SESSION_TRANSFER_TOKEN_TYPE) {
    throw unexpectedMember('issued_token_type', 'The server did not issue the type of token that was asked for.')
  }
  const result: Writable<IssuedTokenResult> = { issuedToken, issuedTokenType }
  if (tokenType !== undefined) result.tokenType = tokenType
  addLifetime(result, issued)
  return result
}

/** The same members, while the object is being made. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Adds the members that every result has, when the server gave them. */
export function addLifetime(
  result: { expiresIn?: number; expiresAt?: number; scope?: string },
  { response, expiresAt }: Issued,
): void {
  if (response.expires_in !== undefined) result.expiresIn = response.expires_in
  if (expiresAt !== undefined) result.expiresAt = expiresAt
  if (response.scope !== undefined) result.scope = response.scope
}
