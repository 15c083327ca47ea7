/** A user. */
export interface UserConfig {
  readonly userId: string
  /** Default `Username-Password-Authentication`. */
  readonly connection?: string
  readonly email?: string
  /** Default false, as `phoneVerified` is. */
  readonly emailVerified?: boolean
  readonly phoneNumber?: string
  readonly phoneVerified?: boolean
  readonly username?: string
  readonly name?: string
  readonly givenName?: string
  readonly familyName?: string
  readonly nickname?: string
  readonly picture?: string
  readonly blocked?: boolean
  /** Whether a second factor is needed. Default false. */
  readonly mfaRequired?: boolean
  /** The one-time password that counts. Default `123456`. */
  readonly otp?: string
  /** JSON objects that Actions read and write. */
  readonly appMetadata?: Readonly<Record<string, unknown>>
  readonly userMetadata?: Readonly<Record<string, unknown>>
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

/** An organization. */
export interface OrganizationConfig {
  readonly id: string
  readonly name?: string
  /** The name that people read. Default `name`. */
  readonly displayName?: string
  /** What Actions find in `event.organization.metadata`. */
  readonly metadata?: Readonly<Record<string, string>>
  /** User IDs. Without it, every user is a member. */
  readonly members?: readonly string[]
  /** Without it, users of every connection may be members. */
  readonly enabledConnections?: readonly EnabledConnectionConfig[]
}

/** A connection whose users an organization takes. */
export interface EnabledConnectionConfig {
  readonly connection: string
  /** Whether who comes through `setUserByConnection` becomes a member. Default false. */
  readonly assignMembershipOnLogin?: boolean
}

/** A source of users. */
export interface ConnectionConfig {
  readonly name: string
  /** Whether users are imported from a custom database, which an exchange does not support. Default false. */
  readonly importMode?: boolean
}

/** What is known about an address. Names are the vendor's. */
export interface GeoIp {
  readonly cityName?: string
  readonly continentCode?: string
  readonly countryCode?: string
  readonly countryCode3?: string
  readonly countryName?: string
  /** In degrees. */
  readonly latitude?: number
  /** In degrees. */
  readonly longitude?: number
  readonly subdivisionCode?: string
  readonly subdivisionName?: string
  readonly timeZone?: string
}
