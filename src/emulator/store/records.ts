import type { ActClaim } from '../../../generated/openapi.js'
import type { UserGrant } from '../access/grant.js'
import type { Target } from '../access/target.js'
import type { Organization } from '../tenant/tenant.js'
import type { User } from '../tenant/users.js'

export const SESSION_TRANSFER_SECONDS = 60
export const CODE_SECONDS = 60
export const REFRESH_TOKEN_SECONDS = 30 * 24 * 60 * 60
export const MFA_TOKEN_SECONDS = 10 * 60

/** What a session transfer token stands for. */
export interface SessionTransfer {
  readonly user: User
  /** The one that the Action chose, or that the user signed in by. */
  readonly connection: string
  /** Without one it is the user who goes on in a browser. */
  readonly actor: ActClaim | undefined
  readonly clientId: string
  /** The address of whoever asked for the token. */
  readonly ip: string
  readonly organization: Organization | undefined
}

/** What a browser's cookie stands for. */
export interface Session {
  readonly user: User
  readonly connection: string
  readonly actor: ActClaim | undefined
  /** Whether a session transfer token opened it. */
  readonly isTransferred: boolean
  /** When it was opened, in milliseconds since the epoch. */
  readonly openedAt: number
  /** In milliseconds since the epoch. */
  readonly expiresAt: number
}

/** What an authorization code stands for. */
export interface AuthorizationCode {
  readonly clientId: string
  readonly redirectUri: string
  readonly session: Session
  readonly organization: Organization | undefined
  readonly target: Target
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly maxAge: number | undefined
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
  /** Whether it comes from a session that a session transfer token opened. Such a one leads to no other. */
  readonly isTransferred: boolean
}

/** What a token stands for that was given out with `mfa_required`. */
export interface PendingGrant {
  readonly clientId: string
  readonly grant: UserGrant
}
