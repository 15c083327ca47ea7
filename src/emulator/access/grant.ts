import type { ActClaim } from '../../../generated/openapi.js'
import type { Target } from './target.js'
import type { Organization } from '../tenant/tenant.js'
import type { User } from '../tenant/users.js'

/** What the checks of a request led to: whom and what an access token is for. */
export interface AccessGrant {
  readonly subject: string
  readonly target: Target
  readonly scopes: readonly string[]
  /** The thumbprint of the key that the token is bound to. */
  readonly jkt: string | undefined
  readonly actor?: ActClaim | undefined
  readonly organization?: Organization | undefined
  /** The vendor's own claim. Source of the values: Auth0, "Access token profiles". */
  readonly gty?: 'client-credentials' | 'refresh_token'
}

/** The same, for a user who may get more than an access token. */
export interface UserGrant extends Omit<AccessGrant, 'subject'> {
  readonly user: User
  /** What was asked for. */
  readonly requested: readonly string[]
  readonly nonce?: string | undefined
  /** When the user signed in, in milliseconds since the epoch, for the ID token. */
  readonly signedInAt?: number | undefined
  /** What a refresh token covers. Without it there is one when `offline_access` was granted, for all scopes. */
  readonly refreshScopes?: readonly string[]
  /** Default ten hours. */
  readonly idTokenSeconds?: number | undefined
  /** Whether a session transfer token opened the session. */
  readonly isTransferred?: boolean
}
