import type { Action } from '../actions/action.js'
import { toClient, type Client } from './clients.js'
import type {
  ApiConfig,
  ConnectionConfig,
  GeoIp,
  OrganizationConfig,
  TenantConfig,
  UserAccessPolicy,
} from '../config/config.js'
import { requireSoundTenant } from '../config/tenant-problems.js'
import { createUserDirectory, type UserDirectory } from './users.js'

const DEFAULT_TOKEN_LIFETIME_SECONDS = 86400

/** A tenant config, checked and indexed. Request strings are only ever looked up in its maps. */
export interface Tenant {
  readonly name: string | undefined
  readonly clients: ReadonlyMap<string, Client>
  readonly apis: ReadonlyMap<string, Api>
  readonly users: UserDirectory
  readonly profiles: ReadonlyMap<string, Profile>
  /** By id and by name. */
  readonly organizations: ReadonlyMap<string, Organization>
  /** Undefined when every name is one. */
  readonly connections: ReadonlyMap<string, ConnectionConfig> | undefined
  readonly defaultAudience: string | undefined
  /** In lower case. */
  readonly customDomains: ReadonlySet<string>
  readonly allowedLogoutUrls: readonly string[]
  readonly geoip: ReadonlyMap<string, GeoIp>
  readonly machineReadableSttErrors: boolean
  readonly requireDpopNonce: boolean
  readonly requestsPerSecond: number | undefined
  readonly suspiciousIpThrottling: boolean
  readonly suspiciousIpAllowlist: ReadonlySet<string>
  readonly strictTokenTypes: boolean
  readonly strictObo4: boolean
  readonly strictLocalhost: boolean
}

export type Api = Required<Omit<ApiConfig, 'scopes' | 'subjectTypeAuthorization' | 'proofOfPossession'>> & {
  readonly scopes: ReadonlySet<string>
  readonly userAccess: UserAccessPolicy
  readonly bindsTokens: boolean
  /** Whose requests need a proof of possession. */
  readonly requiresProofOf: 'all_clients' | 'public_clients' | 'none'
}

/** The Action for subject tokens of a type, with what it may know. */
export interface Profile {
  readonly action: Action
  readonly secrets: Readonly<Record<string, string>>
}

export interface Organization {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly metadata: Readonly<Record<string, string>>
  /** Undefined when everybody is a member. Grows with users who become members. */
  readonly members: Set<string> | undefined
  /** Whether users of a connection become members, by its name. Undefined when every connection will do. */
  readonly connections: ReadonlyMap<string, boolean> | undefined
}

/** @throws TypeError with everything that is wrong. */
export function createTenant(config: TenantConfig): Tenant {
  requireSoundTenant(config)
  const clients = config.clients.map((client) => toClient(client, config.clientGrants ?? []))
  const profiles = config.tokenExchangeProfiles ?? []
  return {
    name: config.name,
    clients: new Map(clients.map((client) => [client.id, client])),
    apis: new Map(config.apis.map((api) => [api.identifier, toApi(api)])),
    users: createUserDirectory(config.users),
    profiles: new Map(
      profiles.map(({ subjectTokenType: type, action, secrets }) => [type, { action, secrets: { ...secrets } }]),
    ),
    organizations: indexOrganizations(config.organizations ?? []),
    connections: config.connections && new Map(config.connections.map((connection) => [connection.name, connection])),
    defaultAudience: config.defaultAudience,
    customDomains: new Set(config.customDomains?.map((domain) => domain.toLowerCase())),
    allowedLogoutUrls: config.allowedLogoutUrls ?? [],
    geoip: new Map(Object.entries(config.geoip ?? {})),
    machineReadableSttErrors: config.machineReadableSttErrors ?? false,
    requireDpopNonce: config.requireDpopNonce ?? false,
    requestsPerSecond: config.rateLimit?.requestsPerSecond,
    suspiciousIpThrottling: config.suspiciousIpThrottling ?? true,
    suspiciousIpAllowlist: new Set(config.suspiciousIpAllowlist),
    strictTokenTypes: config.strictTokenTypes ?? false,
    strictObo4: config.strictObo4 ?? false,
    strictLocalhost: config.strictLocalhost ?? false,
  }
}

function toApi(api: ApiConfig): Api {
  const { mechanism, required = false, requiredFor = 'all_clients' } = api.proofOfPossession ?? { mechanism: 'none' }
  const bindsTokens = mechanism === 'dpop'
  return {
    identifier: api.identifier,
    scopes: new Set(api.scopes),
    tokenLifetimeSeconds: api.tokenLifetimeSeconds ?? DEFAULT_TOKEN_LIFETIME_SECONDS,
    allowOfflineAccess: api.allowOfflineAccess ?? false,
    tokenDialect: api.tokenDialect ?? 'access_token',
    skipConsent: api.skipConsent ?? true,
    allowClientCredentials: api.allowClientCredentials ?? false,
    userAccess: api.subjectTypeAuthorization?.user?.policy ?? 'allow_all',
    bindsTokens,
    requiresProofOf: bindsTokens && required ? requiredFor : 'none',
  }
}

/** An id comes before a name. */
function indexOrganizations(configs: readonly OrganizationConfig[]): ReadonlyMap<string, Organization> {
  const organizations = configs.map(toOrganization)
  return new Map([
    ...organizations.map((organization) => [organization.name, organization] as const),
    ...organizations.map((organization) => [organization.id, organization] as const),
  ])
}

function toOrganization({
  id,
  name = id,
  displayName = name,
  metadata = {},
  members,
  enabledConnections,
}: OrganizationConfig): Organization {
  return {
    id,
    name,
    displayName,
    metadata,
    members: members && new Set(members),
    connections:
      enabledConnections &&
      new Map(
        enabledConnections.map(({ connection, assignMembershipOnLogin = false }) => [
          connection,
          assignMembershipOnLogin,
        ]),
      ),
  }
}
