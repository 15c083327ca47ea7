import type { JWK } from 'jose'
import type { Action } from './action.js'

/**
 * How an emulator is made. Everything is optional.
 *
 * @example
 *   const config: EmulatorConfig = { seed: 'my-test', now: () => Date.parse('2030-01-01T00:00:00Z') }
 */
export interface EmulatorConfig {
  /**
   * The issuer's origin. https, or http for a loopback host. A missing trailing slash is added. Without it the issuer
   * is `https://tenant.example.com/`, and the loopback origin once the emulator listens.
   */
  readonly issuer?: string
  /**
   * Makes everything random repeatable: keys come from a published file, and identifiers follow from the seed and
   * the order of the requests. Never for anything but tests.
   */
  readonly seed?: string | number
  /** The tenant to emulate. Without it, `defaultTenant()`. */
  readonly tenant?: TenantConfig
  /** The clock, in milliseconds since the epoch. Without it, the system's. `advance()` adds to it. */
  readonly now?: () => number
  /** How many of the newest requests the journal keeps. Default 1000. */
  readonly journalLength?: number
  /**
   * Whether the emulator also answers at `/__emulator/`: a page that shows the exchanges, and what the functions of
   * `Emulator` do. For callers on this machine alone. Default false.
   */
  readonly control?: boolean
}

/** A tenant: plain objects, with Actions as functions. Names are those of the vendor's flags in camelCase. */
export interface TenantConfig {
  readonly clients: readonly ClientConfig[]
  readonly apis: readonly ApiConfig[]
  readonly users: readonly UserConfig[]
  /** What each client may ask for. On-behalf-of exchanges and client credentials need one; custom exchanges do not. */
  readonly clientGrants?: readonly ClientGrantConfig[]
  readonly tokenExchangeProfiles?: readonly TokenExchangeProfileConfig[]
  readonly organizations?: readonly OrganizationConfig[]
  /** The identifier of the API that a custom exchange without `audience` and `resource` is for. */
  readonly defaultAudience?: string
  /** Hosts that name the tenant in the audience of a session transfer, beside the issuer's own. */
  readonly customDomains?: readonly string[]
  /**
   * Whether a session transfer that is refused gets the codes `setactor_required` and `session_transfer_disabled`,
   * which are announced, instead of `invalid_request`, which is documented. Default false.
   */
  readonly machineReadableSttErrors?: boolean
  /** Whether every DPoP proof at the token endpoint needs a nonce. Those of public clients always do. Default false. */
  readonly requireDpopNonce?: boolean
  /** How many token requests are answered in a row, and refilled per second. Without it, all. */
  readonly rateLimit?: { readonly requestsPerSecond: number }
  /**
   * Whether an address is blocked after ten subject tokens that an Action rejected as invalid. It gets one more
   * attempt every ten minutes. Default true.
   */
  readonly suspiciousIpThrottling?: boolean
}

/** How a client proves who it is. */
export type TokenEndpointAuthMethod =
  'none' | 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'tls_client_auth'

/** A kind of exchange that a client must be allowed to use. */
export type TokenExchangeProfileType = 'custom_authentication' | 'on_behalf_of_token_exchange'

/** The access token's shape: the vendor's own, or that of RFC 9068. */
export type TokenDialect = 'access_token' | 'rfc9068_profile'

/** An application. */
export interface ClientConfig {
  readonly clientId: string
  readonly name?: string
  readonly clientSecret?: string
  /** For `private_key_jwt`: the public keys that may sign the client's assertions. */
  readonly publicKeys?: readonly JWK[]
  /** For `tls_client_auth`: SHA-256 thumbprints of the client's certificates, in base64url. */
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
  /** Whether `auth0-forwarded-for` counts when the client authenticates with its secret. Default false. */
  readonly isTokenEndpointIpHeaderTrusted?: boolean
  readonly sessionTransfer?: SessionTransferConfig
}

/** The two sides of a session transfer: who asks for the token, and who takes it. */
export interface SessionTransferConfig {
  /** Whether the client may get session transfer tokens. Default false. */
  readonly canCreateSessionTransferToken?: boolean
  /** Whether a session transfer token with an actor opens a session at this client. Default false. */
  readonly allowDelegatedAccess?: boolean
  /** How the token may come. Delegated access needs `query`. Default none. */
  readonly allowedAuthenticationMethods?: readonly ('cookie' | 'query')[]
}

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
  /** Whether its access tokens are bound to a key, so that requests for them need a DPoP proof. Default false. */
  readonly proofOfPossessionRequired?: boolean
  /** Whether every confidential client gets tokens of its own with all scopes, without a grant. Default false. */
  readonly allowClientCredentials?: boolean
}

/** A user. */
export interface UserConfig {
  readonly userId: string
  /** Default `Username-Password-Authentication`. */
  readonly connection?: string
  readonly email?: string
  readonly name?: string
  readonly blocked?: boolean
  /** Whether a second factor is needed, which no exchange can ask for. Default false. */
  readonly mfaRequired?: boolean
  /** The access tokens that Token Vault has of the user, by connection. */
  readonly connectionTokens?: Readonly<Record<string, ConnectionTokenConfig>>
  /** The scopes that the user may have, by API identifier. An API that is not named gives all of its scopes. */
  readonly permissions?: Readonly<Record<string, readonly string[]>>
}

/** An access token that a connection gave to a user. */
export interface ConnectionTokenConfig {
  readonly accessToken: string
  readonly expiresInSeconds: number
  readonly scope: string
  /** The user's account at the connection. A request with another `login_hint` gets nothing. */
  readonly loginHint?: string
}

/** The scopes that a client may have at an API, on behalf of users or for itself. */
export interface ClientGrantConfig {
  readonly clientId: string
  readonly audience: string
  readonly scope: readonly string[]
  /** Whether the grant is for on-behalf-of exchanges or for client credentials. Default `user`. */
  readonly subjectType?: 'user' | 'client'
}

/** Which Action decides about subject tokens of a type. */
export interface TokenExchangeProfileConfig {
  readonly name?: string
  readonly subjectTokenType: string
  readonly action: Action
}

/** An organization. */
export interface OrganizationConfig {
  readonly id: string
  readonly name?: string
  /** User IDs. Without it, every user is a member. */
  readonly members?: readonly string[]
}
