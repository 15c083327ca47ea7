import type { ConnectionUser } from './action.js'
import { invalidRequest } from '../http/failure.js'
import type { ConnectionChoice, Decision, Metadata } from './run-action.js'
import type { Tenant } from '../tenant/tenant.js'
import { pickProfile, type User, type UserDirectory, type UserIdentity } from '../tenant/users.js'

const MAX_CONNECTION_LENGTH = 512
const MAX_ATTRIBUTES = 24

/** The one user that the Action set. Source of the rules: Auth0, "Custom token exchange API object". */
export function resolveUser(tenant: Tenant, { userChoices }: Decision): User {
  const [choice, second] = userChoices
  if (choice === undefined) throw invalidRequest('The Action did not set a user.')
  if (second !== undefined) throw invalidRequest('The Action set a user more than once.')
  const user = 'userId' in choice ? tenant.users.find(choice.userId) : resolveConnectionUser(tenant, choice)
  if (user === undefined) throw invalidRequest('The user that the Action set does not exist.')
  if (user.blocked) throw invalidRequest('The user that the Action set is blocked.')
  return user
}

/** Only after every check: an exchange that fails changes nobody. */
export function saveMetadata(users: UserDirectory, user: User, { appMetadata, userMetadata }: Decision): void {
  if (appMetadata.size === 0 && userMetadata.size === 0) return
  users.replace({
    ...user,
    appMetadata: merge(user.appMetadata, appMetadata),
    userMetadata: merge(user.userMetadata, userMetadata),
  })
}

function merge(known: Readonly<Record<string, unknown>>, changes: Metadata): Readonly<Record<string, unknown>> {
  const merged = new Map([...Object.entries(known), ...changes])
  return Object.fromEntries([...merged].filter(([, value]) => value !== null))
}

function resolveConnectionUser({ users, connections }: Tenant, choice: ConnectionChoice): User | undefined {
  const { connection, user, options } = choice
  requireConnectionUser(choice)
  if (connection.length > MAX_CONNECTION_LENGTH) {
    throw invalidRequest(`setUserByConnection: a connection has at most ${MAX_CONNECTION_LENGTH} characters.`)
  }
  if (Object.keys(user).length > MAX_ATTRIBUTES) {
    throw invalidRequest(`setUserByConnection: a user has at most ${MAX_ATTRIBUTES} attributes.`)
  }
  const known = connections?.get(connection)
  if (connections !== undefined && known === undefined) {
    throw invalidRequest('setUserByConnection: there is no such connection.')
  }
  if (known?.importMode === true) {
    throw invalidRequest('setUserByConnection: the connection imports users, which is not supported.')
  }
  const existing = users.findByConnection(connection, user.user_id)
  if (existing === undefined) return options.creationBehavior === 'none' ? undefined : users.add(connection, user)
  requireSameIdentity(existing.identity, user)
  return options.updateBehavior === 'replace' ? replaceProfile(users, existing, user) : existing
}

/** An Action may be JavaScript. */
function requireConnectionUser({ connection, user, options }: Readonly<Record<keyof ConnectionChoice, unknown>>): void {
  if (typeof connection !== 'string' || typeof options !== 'object' || options === null) {
    throw invalidRequest('setUserByConnection: it takes the name of a connection, a user and an object of options.')
  }
  const id: unknown = (user as { readonly user_id?: unknown } | null | undefined)?.user_id
  if (typeof id !== 'string' || id === '') throw invalidRequest('setUserByConnection: a user has a user_id.')
}

const IDENTITY = ['email', 'email_verified', 'phone_number', 'phone_verified', 'username'] as const

function requireSameIdentity(identity: UserIdentity, given: ConnectionUser): void {
  const changed = IDENTITY.find((name) => given[name] !== undefined && given[name] !== identity[name])
  if (changed !== undefined) throw invalidRequest(`setUserByConnection: ${changed} cannot be changed.`)
}

function replaceProfile(users: UserDirectory, user: User, given: ConnectionUser): User {
  const updated = { ...user, profile: pickProfile(given) }
  users.replace(updated)
  return updated
}
