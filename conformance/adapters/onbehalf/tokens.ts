import type { Observation } from '../../adapter.js'

/** What a call gives, an access token or another. */
interface Result {
  readonly accessToken?: string
  readonly issuedToken?: string
  readonly sessionTransferToken?: string
  readonly tokenType?: string
  readonly issuedTokenType?: string
  readonly expiresIn?: number
  readonly expiresAt?: number
  readonly scope?: string
  readonly idToken?: string
  readonly refreshToken?: string
  readonly act?: object
}

/** A result of the facade under the wire names. */
export function tokensOf(result: Result): Extract<Observation, { outcome: 'tokens' }>['tokens'] {
  return {
    access_token: result.accessToken ?? result.issuedToken ?? result.sessionTransferToken ?? '',
    ...(result.tokenType === undefined ? {} : { token_type: result.tokenType }),
    ...(result.issuedTokenType === undefined ? {} : { issued_token_type: result.issuedTokenType }),
    ...(result.expiresIn === undefined ? {} : { expires_in: result.expiresIn }),
    ...(result.expiresAt === undefined ? {} : { expires_at: result.expiresAt }),
    ...(result.scope === undefined ? {} : { scope: result.scope }),
    ...(result.idToken === undefined ? {} : { id_token: result.idToken }),
    ...(result.refreshToken === undefined ? {} : { refresh_token: result.refreshToken }),
    ...(result.act === undefined ? {} : { act: result.act as Record<string, unknown> }),
  }
}
