/** The access token's shape: the vendor's own, or that of RFC 9068; `_authz` adds the user's `permissions`. */
export type TokenDialect = 'access_token' | 'access_token_authz' | 'rfc9068_profile' | 'rfc9068_profile_authz'

/** Which clients get tokens of users: all, those with a client grant and for its scopes alone, or none. */
export type UserAccessPolicy = 'allow_all' | 'require_client_grant' | 'deny_all'

/** An API that tokens are issued for. */
export interface ApiConfig {
  readonly identifier: string
  readonly scopes?: readonly string[]
  /** Lifetime of an access token, in seconds. Default 86400. */
  readonly tokenLifetimeSeconds?: number
  /** Whether `offline_access` may be granted. Default false. */
  readonly allowOfflineAccess?: boolean
  /** Default `access_token`. */
  readonly tokenDialect?: TokenDialect
  /** Whether the user need not consent. Where consent is needed, no exchange can collect it. Default true. */
  readonly skipConsent?: boolean
  /** How access tokens are bound to a key. Without it, they are not, whatever proof a request has. */
  readonly proofOfPossession?: {
    /** With `dpop`, to the key of the request's proof. */
    readonly mechanism: 'dpop' | 'none'
    /** Whether a request without a proof is refused. Default false. */
    readonly required?: boolean
    /** Whose requests. Default `all_clients`. */
    readonly requiredFor?: 'all_clients' | 'public_clients'
  }
  /** Whether every confidential client gets tokens of its own with all scopes, without a grant. Default false. */
  readonly allowClientCredentials?: boolean
  /** Default `allow_all`, for users. */
  readonly subjectTypeAuthorization?: { readonly user?: { readonly policy?: UserAccessPolicy } }
}
