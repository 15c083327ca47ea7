import type { Action } from '../actions/action.js'
import type { ApiConfig } from './config-apis.js'
import type { ClientConfig, ClientGrantConfig } from './config-clients.js'
import type { ConnectionConfig, GeoIp, OrganizationConfig, UserConfig } from './config-users.js'

export type * from './config-apis.js'
export type * from './config-clients.js'
export type * from './config-users.js'

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
  /** What Actions see as `event.tenant.id`. Without it, the issuer's host. */
  readonly name?: string
  readonly clients: readonly ClientConfig[]
  readonly apis: readonly ApiConfig[]
  readonly users: readonly UserConfig[]
  /** What each client may ask for. On-behalf-of exchanges and client credentials need one; custom exchanges do not. */
  readonly clientGrants?: readonly ClientGrantConfig[]
  readonly tokenExchangeProfiles?: readonly TokenExchangeProfileConfig[]
  readonly organizations?: readonly OrganizationConfig[]
  /** Where users come from. Without it, every name is a connection. */
  readonly connections?: readonly ConnectionConfig[]
  /** The identifier of the API that a custom exchange without `audience` and `resource` is for. */
  readonly defaultAudience?: string
  /** Hosts that name the tenant in the audience of a session transfer, beside the issuer's own. */
  readonly customDomains?: readonly string[]
  /** Where a logout may lead, whether it names a client or none: absolute URLs, compared as callbacks are. */
  readonly allowedLogoutUrls?: readonly string[]
  /** What Actions are told about addresses as `event.request.geoip`, by address. */
  readonly geoip?: Readonly<Record<string, GeoIp>>
  /**
   * Whether a session transfer that is refused gets the codes `setactor_required` and `session_transfer_disabled`,
   * which are announced, instead of `invalid_request`, which is documented. Default false.
   */
  readonly machineReadableSttErrors?: boolean
  /**
   * Whether every DPoP proof at the token endpoint needs a nonce. Those of public clients always do, and those that
   * exchange a token of theirs which is bound to a key. Default false.
   */
  readonly requireDpopNonce?: boolean
  /** How many token requests are answered in a row, and refilled per second. Without it, all. */
  readonly rateLimit?: { readonly requestsPerSecond: number }
  /**
   * Whether an address is blocked after ten subject tokens that an Action rejected as invalid. It gets one more
   * attempt every ten minutes. Default true.
   */
  readonly suspiciousIpThrottling?: boolean
  /** Addresses that are never blocked. */
  readonly suspiciousIpAllowlist?: readonly string[]
  /**
   * Whether reserved token types are refused as documented: a subject token type of a reserved namespace reaches no
   * profile, one of access tokens is always an exchange on behalf of a user, and of reserved actor token types only
   * the one of ID tokens counts. Default false.
   */
  readonly strictTokenTypes?: boolean
  /** Whether an on-behalf-of exchange already refuses a subject token with four actors, instead of five. Default false. */
  readonly strictObo4?: boolean
  /** Whether a session transfer to a loopback callback ends with `interaction_required`. Default false. */
  readonly strictLocalhost?: boolean
}

/** Which Action decides about subject tokens of a type. */
export interface TokenExchangeProfileConfig {
  readonly name?: string
  readonly subjectTokenType: string
  readonly action: Action
  /** What the Action finds in `event.secrets`. */
  readonly secrets?: Readonly<Record<string, string>>
}
