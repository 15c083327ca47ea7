import type { ActClaim } from '../../generated/openapi.js'
import type { Target } from './target.js'
import type { Organization } from './tenant.js'
import type { User } from './users.js'

export const SESSION_TRANSFER_SECONDS = 60
export const CODE_SECONDS = 60
export const REFRESH_TOKEN_SECONDS = 30 * 24 * 60 * 60
/** Of everything that a delegated login leads to. */
export const DELEGATED_SESSION_SECONDS = 2 * 60 * 60

/** What a session transfer token stands for. */
export interface SessionTransfer {
  readonly user: User
  readonly connection: string
  readonly actor: ActClaim
  readonly clientId: string
  readonly ip: string
  readonly organization: Organization | undefined
}

/** What an authorization code stands for. */
export interface AuthorizationCode {
  readonly clientId: string
  readonly redirectUri: string
  readonly user: User
  /** Set when a session transfer token opened the session. */
  readonly actor: ActClaim | undefined
  readonly organization: Organization | undefined
  readonly target: Target
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly challenge: CodeChallenge | undefined
}

/** RFC 7636, section 4.2. */
export interface CodeChallenge {
  readonly method: 'S256' | 'plain'
  readonly value: string
}

/** What a refresh token stands for. */
export interface RefreshToken {
  readonly clientId: string
  readonly user: User
  readonly organization: Organization | undefined
  readonly target: Target
  readonly scopes: readonly string[]
  /** The key that a public client must prove (RFC 9449, section 5). */
  readonly jkt: string | undefined
}
