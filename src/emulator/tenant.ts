import type { Action } from './action.js'
import { toClient, type Client } from './clients.js'
import type { ApiConfig, OrganizationConfig, TenantConfig } from './config.js'
import { indexBy } from './index-by.js'
import { createUserDirectory, type UserDirectory } from './users.js'

const DEFAULT_TOKEN_LIFETIME_SECONDS = 86400

/** A tenant config, checked and indexed. Request strings are only ever looked up in its maps. */
export interface Tenant {
  readonly clients: ReadonlyMap<string, Client>
  readonly apis: ReadonlyMap<string, Api>
  readonly users: UserDirectory
  readonly profiles: ReadonlyMap<string, Action>
  /** By id and by name. */
  readonly organizations: ReadonlyMap<string, Organization>
  readonly defaultAudience: string | undefined
  /** In lower case. */
  readonly customDomains: ReadonlySet<string>
  readonly machineReadableSttErrors: boolean
  readonly requireDpopNonce: boolean
  readonly requestsPerSecond: number | undefined
  readonly suspiciousIpThrottling: boolean
}

export type Api = Required<Omit<ApiConfig, 'scopes'>> & { readonly scopes: ReadonlySet<string> }

export interface Organization {
  readonly id: string
  readonly name: string
  /** Undefined when everybody is a member. */
  readonly members: ReadonlySet<string> | undefined
}

export function createTenant(config: TenantConfig): Tenant {
  const grants = config.clientGrants ?? []
  const apis = indexBy('API', config.apis.map(toApi), (api) => api.identifier)
  const profiles = indexBy('profile', config.tokenExchangeProfiles ?? [], (profile) => profile.subjectTokenType)
  const clients = config.clients.map((client) => toClient(client, grants))
  const tenant = {
    clients: indexBy('client', clients, (client) => client.id),
    apis,
    users: createUserDirectory(config.users),
    profiles: new Map([...profiles].map(([type, { action }]) => [type, action])),
    organizations: indexOrganizations(config.organizations ?? []),
    defaultAudience: config.defaultAudience,
    customDomains: new Set(config.customDomains?.map((domain) => domain.toLowerCase())),
    machineReadableSttErrors: config.machineReadableSttErrors ?? false,
    requireDpopNonce: config.requireDpopNonce ?? false,
    requestsPerSecond: config.rateLimit?.requestsPerSecond,
    suspiciousIpThrottling: config.suspiciousIpThrottling ?? true,
  }
  for (const grant of grants) {
    if (!tenant.clients.has(grant.clientId)) throw new TypeError(`No client has the clientId ${grant.clientId}`)
    if (!apis.has(grant.audience)) throw new TypeError(`No API has the identifier ${grant.audience}`)
  }
  if (config.defaultAudience !== undefined && !apis.has(config.defaultAudience)) {
    throw new TypeError(`defaultAudience: no API has the identifier ${config.defaultAudience}`)
  }
  if (tenant.requestsPerSecond !== undefined && !(tenant.requestsPerSecond > 0)) {
    throw new TypeError('rateLimit: requestsPerSecond must be more than 0')
  }
  return tenant
}

function toApi(api: ApiConfig): Api {
  return {
    identifier: api.identifier,
    scopes: new Set(api.scopes),
    tokenLifetimeSeconds: api.tokenLifetimeSeconds ?? DEFAULT_TOKEN_LIFETIME_SECONDS,
    allowOfflineAccess: api.allowOfflineAccess ?? false,
    tokenDialect: api.tokenDialect ?? 'access_token',
    skipConsent: api.skipConsent ?? true,
    proofOfPossessionRequired: api.proofOfPossessionRequired ?? false,
    allowClientCredentials: api.allowClientCredentials ?? false,
  }
}

function indexOrganizations(configs: readonly OrganizationConfig[]): ReadonlyMap<string, Organization> {
  const organizations = configs.map(({ id, name, members }) => ({
    id,
    name: name ?? id,
    members: members && new Set(members),
  }))
  return new Map([
    ...indexBy('organization', organizations, (organization) => organization.name),
    ...indexBy('organization', organizations, (organization) => organization.id),
  ])
}
