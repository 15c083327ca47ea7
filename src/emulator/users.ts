import type { ConnectionUser } from './action.js'
import type { ConnectionTokenConfig, UserConfig } from './config.js'

const DEFAULT_CONNECTION = 'Username-Password-Authentication'

export interface User {
  readonly id: string
  readonly connection: string
  readonly email: string | undefined
  readonly name: string | undefined
  readonly blocked: boolean
  readonly mfaRequired: boolean
  readonly connectionTokens: ReadonlyMap<string, ConnectionTokenConfig>
  readonly permissions: ReadonlyMap<string, ReadonlySet<string>>
}

/** The users of one emulator. Actions can add some. */
export interface UserDirectory {
  find(userId: string): User | undefined
  findByConnection(connection: string, connectionUserId: string): User | undefined
  add(connection: string, user: ConnectionUser): User
  all(): readonly User[]
}

export function createUserDirectory(configs: readonly UserConfig[]): UserDirectory {
  const byId = new Map<string, User>()
  const byConnection = new Map<string, User>()
  const store = (user: User, connectionUserId: string): User => {
    byId.set(user.id, user)
    byConnection.set(connectionKey(user.connection, connectionUserId), user)
    return user
  }
  for (const config of configs) {
    if (byId.has(config.userId)) throw new TypeError(`Two entries are the user ${config.userId}`)
    store(toUser(config), config.userId.slice(config.userId.indexOf('|') + 1))
  }
  return {
    find: (userId) => byId.get(userId),
    findByConnection: (connection, connectionUserId) =>
      byConnection.get(connectionKey(connection, connectionUserId)) ?? byId.get(`${connection}|${connectionUserId}`),
    add: (connection, { user_id: connectionUserId, email, name }) => {
      const profile = { ...(email !== undefined && { email }), ...(name !== undefined && { name }) }
      return store(toUser({ ...profile, userId: `${connection}|${connectionUserId}`, connection }), connectionUserId)
    },
    all: () => [...byId.values()],
  }
}

function toUser(config: UserConfig): User {
  return {
    id: config.userId,
    connection: config.connection ?? DEFAULT_CONNECTION,
    email: config.email,
    name: config.name,
    blocked: config.blocked ?? false,
    mfaRequired: config.mfaRequired ?? false,
    connectionTokens: new Map(Object.entries(config.connectionTokens ?? {})),
    permissions: new Map(Object.entries(config.permissions ?? {}).map(([api, scopes]) => [api, new Set(scopes)])),
  }
}

function connectionKey(connection: string, connectionUserId: string): string {
  return JSON.stringify([connection, connectionUserId])
}
