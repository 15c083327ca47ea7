import type { ConnectionUser } from '../actions/action.js'
import type { ConnectionTokenConfig, UserConfig } from '../config/config.js'

export const DEFAULT_CONNECTION = 'Username-Password-Authentication'
const DEFAULT_OTP = '123456'

/** What identifies a user besides the id. No exchange changes it. */
export interface UserIdentity {
  readonly email?: string
  readonly email_verified: boolean
  readonly phone_number?: string
  readonly phone_verified: boolean
  readonly username?: string
}

/** What an exchange may replace. */
export interface UserProfile {
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly nickname?: string
  readonly picture?: string
}

export interface User {
  readonly id: string
  readonly connection: string
  /** What the connection knows the user by, which may not be what follows the bar of the id. */
  readonly connectionUserId: string
  readonly identity: UserIdentity
  readonly profile: UserProfile
  readonly blocked: boolean
  readonly mfaRequired: boolean
  readonly otp: string
  readonly appMetadata: Readonly<Record<string, unknown>>
  readonly userMetadata: Readonly<Record<string, unknown>>
  readonly connectionTokens: ReadonlyMap<string, ConnectionTokenConfig>
  readonly permissions: ReadonlyMap<string, ReadonlySet<string>>
}

/** The users of one emulator. Actions can add and change some. */
export interface UserDirectory {
  find(userId: string): User | undefined
  findByConnection(connection: string, connectionUserId: string): User | undefined
  add(connection: string, user: ConnectionUser): User
  /** Puts the user in the place of the one with the same id. */
  replace(user: User): void
  all(): readonly User[]
}

export function createUserDirectory(configs: readonly UserConfig[]): UserDirectory {
  const byId = new Map<string, User>()
  const idsByConnection = new Map<string, string>()
  const store = (user: User): User => {
    byId.set(user.id, user)
    idsByConnection.set(connectionKey(user.connection, user.connectionUserId), user.id)
    return user
  }
  for (const config of configs) store(toUser(config))
  return {
    find: (userId) => byId.get(userId),
    findByConnection: (connection, connectionUserId) =>
      byId.get(idsByConnection.get(connectionKey(connection, connectionUserId)) ?? `${connection}|${connectionUserId}`),
    add: (connection, user) => store(toConnectionUser(connection, user)),
    replace: (user) => void byId.set(user.id, user),
    all: () => [...byId.values()],
  }
}

type Given<Members> = { readonly [Name in keyof Members]?: Members[Name] | undefined }

/** Without whatever else an Action, which may be JavaScript, gives. */
export function pickProfile({ name, given_name, family_name, nickname, picture }: Given<UserProfile>): UserProfile {
  return definedMembers({ name, given_name, family_name, nickname, picture })
}

function pickIdentity({ email, email_verified, phone_number, phone_verified, username }: Given<UserIdentity>) {
  const identity: Partial<UserIdentity> = definedMembers({ email, phone_number, username })
  return { ...identity, email_verified: email_verified ?? false, phone_verified: phone_verified ?? false }
}

function toConnectionUser(connection: string, user: ConnectionUser): User {
  const connectionUserId = user.user_id
  const known = toUser({ userId: `${connection}|${connectionUserId}`, connection })
  return { ...known, connectionUserId, identity: pickIdentity(user), profile: pickProfile(user) }
}

function toUser(config: UserConfig): User {
  const { userId, email, username, name, nickname, picture } = config
  return {
    id: userId,
    connection: config.connection ?? DEFAULT_CONNECTION,
    connectionUserId: userId.slice(userId.indexOf('|') + 1),
    identity: pickIdentity({
      email,
      email_verified: config.emailVerified,
      phone_number: config.phoneNumber,
      phone_verified: config.phoneVerified,
      username,
    }),
    profile: pickProfile({ name, given_name: config.givenName, family_name: config.familyName, nickname, picture }),
    blocked: config.blocked ?? false,
    mfaRequired: config.mfaRequired ?? false,
    otp: config.otp ?? DEFAULT_OTP,
    appMetadata: config.appMetadata ?? {},
    userMetadata: config.userMetadata ?? {},
    connectionTokens: new Map(Object.entries(config.connectionTokens ?? {})),
    permissions: new Map(Object.entries(config.permissions ?? {}).map(([api, scopes]) => [api, new Set(scopes)])),
  }
}

function definedMembers(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function connectionKey(connection: string, connectionUserId: string): string {
  return JSON.stringify([connection, connectionUserId])
}
