import type { OrganizationConfig, TenantConfig } from './config.js'
import { findClientContradictions, unsoundUrl } from './client-contradictions.js'
import type { Problem } from './problem.js'
import { didYouMean } from './suggestion.js'
import { DEFAULT_CONNECTION } from '../tenant/users.js'

type Path = Problem['path']
/** A tenant from a file has references where one from code has functions. Actions are not looked at. */
export type TenantPlan = Omit<TenantConfig, 'tokenExchangeProfiles'> & {
  readonly tokenExchangeProfiles?: readonly { readonly subjectTokenType: string }[]
}

/** Where the parts of a tenant do not fit together. Each part alone is what the schema says. */
export function findContradictions(tenant: TenantPlan): readonly Problem[] {
  return [
    ...findDuplicates(tenant),
    ...tenant.clients.flatMap(findClientContradictions),
    ...(tenant.allowedLogoutUrls ?? []).flatMap((url, index) => unsoundUrl(url, ['allowedLogoutUrls', index])),
    ...findUnknownNames(tenant),
    ...findUnusableProfiles(tenant),
  ]
}

function findDuplicates(tenant: TenantPlan): Problem[] {
  const { clients, apis, users, clientGrants, tokenExchangeProfiles, organizations, connections } = tenant
  return [
    ...twice('clients', 'clientId', clients, (client) => client.clientId),
    ...twice('apis', 'identifier', apis, (api) => api.identifier),
    ...twice('users', 'userId', users, (user) => user.userId),
    ...twice('clientGrants', undefined, clientGrants, (grant) =>
      [grant.clientId, grant.audience, grant.subjectType ?? 'user'].join(' '),
    ),
    ...twice('tokenExchangeProfiles', 'subjectTokenType', tokenExchangeProfiles, (profile) => profile.subjectTokenType),
    ...twice('organizations', 'id', organizations, (organization) => organization.id),
    ...twice('organizations', 'name', organizations, organizationName),
    ...twice('connections', 'name', connections, (connection) => connection.name),
  ]
}

function organizationName({ id, name }: OrganizationConfig): string {
  return name ?? id
}

function twice<Item>(
  list: string,
  member: string | undefined,
  items: readonly Item[] | undefined,
  key: (item: Item) => string,
): Problem[] {
  const first = new Map<string, number>()
  return (items ?? []).flatMap((item, index) => {
    const known = first.get(key(item))
    if (known === undefined) {
      first.set(key(item), index)
      return []
    }
    const path = member === undefined ? [list, index] : [list, index, member]
    return [{ path, text: `the same as ${list}[${known}]: ${key(item)}` }]
  })
}

/** Members of organizations may be users that an Action will make. */
function findUnknownNames(tenant: TenantPlan): Problem[] {
  const { clients, apis, users, organizations = [], clientGrants = [], connections, defaultAudience } = tenant
  const api = unknown(
    'no API has the identifier',
    apis.map(({ identifier }) => identifier),
  )
  const client = unknown(
    'no client has the clientId',
    clients.map(({ clientId }) => clientId),
  )
  const connection = unknown(
    'no connection has the name',
    connections?.map(({ name }) => name),
  )
  return [
    ...(defaultAudience === undefined ? [] : api(defaultAudience, ['defaultAudience'])),
    ...clients.flatMap((entry, index) =>
      (entry.connections ?? []).flatMap((name, at) => connection(name, ['clients', index, 'connections', at])),
    ),
    ...clientGrants.flatMap((grant, index) => [
      ...client(grant.clientId, ['clientGrants', index, 'clientId']),
      ...api(grant.audience, ['clientGrants', index, 'audience']),
    ]),
    ...users.flatMap((entry, index) => [
      ...connection(entry.connection ?? DEFAULT_CONNECTION, ['users', index, 'connection']),
      ...Object.keys(entry.permissions ?? {}).flatMap((audience) =>
        api(audience, ['users', index, 'permissions', audience]),
      ),
    ]),
    ...organizations.flatMap(({ enabledConnections = [] }, index) =>
      enabledConnections.flatMap((enabled, at) =>
        connection(enabled.connection, ['organizations', index, 'enabledConnections', at, 'connection']),
      ),
    ),
  ]
}

/** Without a list of what is known, everything is. */
function unknown(text: string, known: readonly string[] | undefined) {
  const names = new Set(known)
  return (name: string, path: Path): Problem[] =>
    known === undefined || names.has(name) ? [] : [{ path, text: `${text} ${name}${didYouMean(name, known)}` }]
}

/** Source: Auth0, "Token exchange profiles". */
function findUnusableProfiles({ tokenExchangeProfiles = [], strictTokenTypes = false }: TenantPlan): Problem[] {
  if (!strictTokenTypes) return []
  return tokenExchangeProfiles.flatMap(({ subjectTokenType }, index) => {
    const fits = /^(?:https?:\/\/|urn:)/i.test(subjectTokenType) && /^.{8,100}$/.test(subjectTokenType)
    const path = ['tokenExchangeProfiles', index, 'subjectTokenType']
    return fits ? [] : [{ path, text: 'must be a URL or a URN of 8 to 100 characters' }]
  })
}
