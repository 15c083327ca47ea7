import type { ConnectionUser } from '../actions/action.js'
import type { ConnectionTokenConfig, UserConfig } from '../config/config.js'

export const DEFAULT_CONNECTION = 'Username-Password-Authentication'
const DEFAULT_OTP = '123456'

/** What identifies a user besides the id. No exchange changes it. */
export interface UserIdentity {
  readonly email?: string
  readonly email_verified?: boolean
  readonly phone?: string
  readonly phone_verified?: boolean
  readonly username?: string
}

export interface User {
  readonly id: string
  readonly connection: string
  readonly identity: UserIdentity
  readonly email: string | undefined
  readonly name: string | undefined
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
  // A user is known to a connection by an id that may not be the one after the bar.
  const idsByConnection = new Map<string, string>()
  const store = (user: User, connectionUserId: string): User => {
    byId.set(user.id, user)
    idsByConnection.set(connectionKey(user.connection, connectionUserId), user.id)
    return user
  }
  for (const config of configs) store(toUser(config), config.userId.slice(config.userId.indexOf('|') + 1))
  return {
    find: (userId) => byId.get(userId),
    findByConnection: (connection, connectionUserId) =>
      byId.get(idsByConnection.get(connectionKey(connection, connectionUserId)) ?? `${connection}|${connectionUserId}`),
    add: (connection, user) => store(toUser(toConfig(connection, user)), user.user_id),
    replace: (user) => void byId.set(user.id, user),
    all: () => [...byId.values()],
  }
}

function toConfig(connection: string, user: ConnectionUser): UserConfig {
  const {
    user_id: id,
    email,
    email_verified: emailVerified,
    phone,
    phone_verified: phoneVerified,
    username,
    name,
  } = user
  const userId = `${connection}|${id}`
  return definedMembers({
    userId,
    connection,
    email,
    emailVerified,
    phone,
    phoneVerified,
    username,
    name,
  }) as UserConfig
}

function toUser(config: UserConfig): User {
  const { email, emailVerified, phone, phoneVerified, username } = config
  return {
    id: config.userId,
    connection: config.connection ?? DEFAULT_CONNECTION,
    identity: definedMembers({ email, email_verified: emailVerified, phone, phone_verified: phoneVerified, username }),
    email,
    name: config.name,
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
