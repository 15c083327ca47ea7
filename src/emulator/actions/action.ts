import type { ActClaim } from '../../../generated/openapi.js'
import type { GeoIp } from '../config/config-users.js'

/**
 * Decides about one custom token exchange, as Auth0's `onExecuteCustomTokenExchange` does.
 *
 * It verifies `event.transaction.subject_token` and calls exactly one of the two `setUser` functions, or refuses.
 * When it throws, the exchange fails with `server_error`.
 * Source: Auth0, "Actions triggers: custom-token-exchange".
 *
 * @example
 *   const action: Action = (event, api) => {
 *     if (event.transaction.subject_token === 'known') api.authentication.setUserById('auth0|alice')
 *     else api.access.rejectInvalidSubjectToken('Unknown session.')
 *   }
 */
export type Action = (event: ActionEvent, api: ActionApi) => void | Promise<void>

/** What an Action is told. Names are the vendor's. */
export interface ActionEvent {
  readonly client: {
    readonly client_id: string
    readonly name: string
    /** As the client is configured with. */
    readonly metadata: Readonly<Record<string, string>>
  }
  readonly organization?: {
    readonly id: string
    readonly name: string
    readonly display_name: string
    /** As the organization is configured with. */
    readonly metadata: Readonly<Record<string, string>>
  }
  readonly request: {
    /** Every parameter that was sent but the client's secrets. The object has no prototype. */
    readonly body: Readonly<Record<string, string | readonly string[]>>
    /** What the tenant knows about the address; nothing about one that it does not know. */
    readonly geoip: GeoIp
    readonly hostname: string
    /** The address of the user, when the client may tell it and does, else that of the client. */
    readonly ip: string
    readonly method: string
    readonly language?: string
    readonly user_agent?: string
  }
  readonly resource_server: { readonly identifier: string }
  /** As the profile is configured with. */
  readonly secrets: Readonly<Record<string, string>>
  readonly tenant: { readonly id: string }
  readonly transaction: {
    readonly subject_token: string
    readonly subject_token_type: string
    readonly requested_scopes: readonly string[]
    readonly requested_token_type: string
    readonly actor_token?: string
    readonly actor_token_type?: string
    /** Whose ID token `actor_token` is; the server has verified it. */
    readonly actor_token_user?: ActorTokenUser
  }
}

/** The user of an actor token that is an ID token. */
export interface ActorTokenUser {
  readonly user_id: string
  readonly email?: string
  readonly email_verified: boolean
  readonly phone_number?: string
  readonly phone_verified?: boolean
  readonly username?: string
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly nickname?: string
  readonly picture?: string
  /** The connection that the user comes from, and the id there. */
  readonly identities: readonly { readonly connection: string; readonly user_id: string }[]
  readonly app_metadata: Readonly<Record<string, unknown>>
  readonly user_metadata: Readonly<Record<string, unknown>>
}

/** What an Action can do. Of several refusals the first counts, and none is undone by a later call. */
export interface ActionApi {
  readonly authentication: {
    /** The exchange is about this existing user. */
    setUserById(userId: string): void
    /** The exchange is about this user of a connection. Without such a user one is made, unless told otherwise. */
    setUserByConnection(connection: string, user: ConnectionUser, options?: SetUserByConnectionOptions): void
    /**
     * The exchange belongs to this organization, by id or name. It must be that of the request, if there is one, and
     * take the user's connection; who is not a member becomes one where the organization says so and the user was set
     * by connection.
     */
    setOrganization(organization: string): void
    /**
     * The party that acts for the user: at most 5 actors in all, each with a non-blank `sub` and at most 5 more
     * properties that are strings, booleans or numbers. The last call counts.
     */
    setActor(actor: ActClaim): void
  }
  readonly access: {
    /** Refuses: `server_error` answers with status 500, every other code with 400. */
    deny(code: string, reason: string): void
    /** Refuses with `invalid_request`. */
    rejectInvalidSubjectToken(reason: string): void
  }
  /** Changes the user that the Action set, once the Action has ended well. `null` removes a member. */
  readonly user: {
    setAppMetadata(name: string, value: unknown): void
    setUserMetadata(name: string, value: unknown): void
  }
  /** Keeps values from one exchange to the next. */
  readonly cache: ActionCache
}

/** Values that the Actions of a tenant share. */
export interface ActionCache {
  get(key: string): CachedValue | undefined
  set(key: string, value: string, options?: CacheOptions): CachedValue
  delete(key: string): void
}

/** A value of the cache. */
export interface CachedValue {
  readonly value: string
  /** In milliseconds since the epoch. */
  readonly expires_at: number
}

/** How long the cache keeps a value; the shorter one counts. */
export interface CacheOptions {
  /** In milliseconds. Default 15 minutes. */
  readonly ttl?: number
  /** In milliseconds since the epoch. */
  readonly expires_at?: number
}

/** A user as a connection knows it: at most 24 attributes. `user_id` is without the connection's prefix. */
export interface ConnectionUser {
  readonly user_id: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly phone_number?: string
  readonly phone_verified?: boolean
  readonly username?: string
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly nickname?: string
  readonly picture?: string
  /** Whether a new user gets an email to verify the address. The emulator sends none. */
  readonly verify_email?: boolean
}

/** What `setUserByConnection` does with users. */
export interface SetUserByConnectionOptions {
  /** When the user does not exist. Default `create_if_not_exists`. */
  readonly creationBehavior?: 'create_if_not_exists' | 'none'
  /** When the user exists. Default `none`. */
  readonly updateBehavior?: 'replace' | 'none'
}
