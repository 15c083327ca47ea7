import type { JWK } from 'jose'

/** How a client proves who it is. */
export type TokenEndpointAuthMethod =
  | 'none'
  | 'client_secret_post'
  | 'client_secret_basic'
  | 'private_key_jwt'
  | 'tls_client_auth'
  | 'self_signed_tls_client_auth'

/** A kind of exchange that a client must be allowed to use. */
export type TokenExchangeProfileType = 'custom_authentication' | 'on_behalf_of_token_exchange'

/** An application. */
export interface ClientConfig {
  readonly clientId: string
  readonly name?: string
  readonly clientSecret?: string
  /** For `private_key_jwt`: the public keys that may sign the client's assertions. */
  readonly publicKeys?: readonly JWK[]
  /** For both methods with certificates: SHA-256 thumbprints of the client's own, in base64url. */
  readonly certificateThumbprints?: readonly string[]
  /** Without it: every method that the client has a credential for, or `none` when it has no credential. */
  readonly tokenEndpointAuthMethod?: TokenEndpointAuthMethod
  /** The grant types that the client may use. Without it, all. */
  readonly grantTypes?: readonly string[]
  readonly tokenExchange?: { readonly allowAnyProfileOfType: readonly TokenExchangeProfileType[] }
  /** The API that this client is. On-behalf-of needs it: the subject token must be meant for that API. */
  readonly resourceServerIdentifier?: string
  /**
   * Where an authorization code may go: absolute URLs without a fragment, compared as they are, but of an http one
   * with a loopback host any port will do (RFC 8252, section 7.3).
   */
  readonly callbacks?: readonly string[]
  /** Where the application takes a session transfer and sends the browser to `/authorize`. */
  readonly initiateLoginUri?: string
  /** Where a logout of this client may lead: absolute URLs, compared as callbacks are. */
  readonly allowedLogoutUrls?: readonly string[]
  /** Whether the application is the tenant's own. Users consent to others, and those exchange nothing. Default true. */
  readonly isFirstParty?: boolean
  /** Whether the application follows OpenID Connect. Those that do not exchange nothing. Default true. */
  readonly oidcConformant?: boolean
  /** Whether a request may name an organization, must, or must not. Default `allow`. */
  readonly organizationUsage?: 'allow' | 'require' | 'deny'
  /** The names of the connections whose users may sign in. Without it, all. */
  readonly connections?: readonly string[]
  /** Whether every token of a user needs a DPoP proof. Default false. */
  readonly requireProofOfPossession?: boolean
  /** What Actions find in `event.client.metadata`. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Whether `auth0-forwarded-for` counts when the client authenticates with its secret. Default false. */
  readonly isTokenEndpointIpHeaderTrusted?: boolean
  readonly sessionTransfer?: SessionTransferConfig
}

/** The two sides of a session transfer: who asks for the token, and who takes it. */
export interface SessionTransferConfig {
  /** Whether the client may get session transfer tokens, by an exchange or for a refresh token. Default false. */
  readonly canCreateSessionTransferToken?: boolean
  /** Whether a session transfer token with an actor opens a session at this client. Default false. */
  readonly allowDelegatedAccess?: boolean
  /** How the token may come to `/authorize`. Delegated access needs `query`. Default none. */
  readonly allowedAuthenticationMethods?: readonly ('cookie' | 'query')[]
  /**
   * Whether a token that another client got for a refresh token opens a session at this client from the same address
   * alone. One with an actor always does. Default `ip`.
   */
  readonly enforceDeviceBinding?: 'ip' | 'none'
  /** Whether a session from a token without an actor may lead to a refresh token at this client. Default false. */
  readonly allowRefreshToken?: boolean
}

/** The scopes that a client may have at an API, on behalf of users or for itself. */
export interface ClientGrantConfig {
  readonly clientId: string
  readonly audience: string
  readonly scope: readonly string[]
  /** Whether the grant is for on-behalf-of exchanges or for client credentials. Default `user`. */
  readonly subjectType?: 'user' | 'client'
}
