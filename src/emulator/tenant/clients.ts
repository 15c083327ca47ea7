import type { JWK } from 'jose'
import { METHODS } from '../client-auth/auth-methods.js'
import type {
  ClientConfig,
  ClientGrantConfig,
  TokenEndpointAuthMethod,
  TokenExchangeProfileType,
} from '../config/config.js'

/** A client, checked and indexed. */
export interface Client {
  readonly id: string
  readonly name: string
  readonly secret: string | undefined
  readonly publicKeys: readonly JWK[]
  readonly certificateThumbprints: ReadonlySet<string>
  readonly authMethods: ReadonlySet<TokenEndpointAuthMethod>
  readonly isPublic: boolean
  /** Undefined when nothing is forbidden. */
  readonly grantTypes: ReadonlySet<string> | undefined
  readonly exchangeTypes: ReadonlySet<TokenExchangeProfileType>
  readonly resourceServerIdentifier: string | undefined
  readonly callbacks: readonly string[]
  readonly isIpHeaderTrusted: boolean
  readonly canCreateSessionTransferToken: boolean
  readonly acceptsDelegatedSessions: boolean
  /** How a session transfer token may come. */
  readonly sessionTransferMethods: ReadonlySet<'cookie' | 'query'>
  readonly bindsSessionTransferTokens: boolean
  readonly allowsRefreshAfterTransfer: boolean
  readonly isFirstParty: boolean
  readonly isOidcConformant: boolean
  readonly organizationUsage: 'allow' | 'require' | 'deny'
  /** Undefined when users of all may sign in. */
  readonly connections: ReadonlySet<string> | undefined
  readonly requiresProof: boolean
  readonly allowedLogoutUrls: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
  /** What the client may ask for on behalf of users: scopes by API identifier. */
  readonly userGrants: ReadonlyMap<string, ReadonlySet<string>>
  /** What the client may ask for itself. */
  readonly ownGrants: ReadonlyMap<string, ReadonlySet<string>>
}

export function toClient(config: ClientConfig, allGrants: readonly ClientGrantConfig[]): Client {
  const { clientId, sessionTransfer } = config
  const grants = allGrants.filter((grant) => grant.clientId === clientId)
  const authMethods = new Set(toAuthMethods(config))
  return {
    id: clientId,
    name: config.name ?? clientId,
    secret: config.clientSecret,
    publicKeys: config.publicKeys ?? [],
    certificateThumbprints: new Set(config.certificateThumbprints),
    authMethods,
    isPublic: authMethods.has('none'),
    grantTypes: config.grantTypes && new Set(config.grantTypes),
    exchangeTypes: new Set(config.tokenExchange?.allowAnyProfileOfType),
    resourceServerIdentifier: config.resourceServerIdentifier,
    callbacks: config.callbacks ?? [],
    isIpHeaderTrusted: config.isTokenEndpointIpHeaderTrusted ?? false,
    canCreateSessionTransferToken: sessionTransfer?.canCreateSessionTransferToken ?? false,
    acceptsDelegatedSessions:
      sessionTransfer?.allowDelegatedAccess === true &&
      sessionTransfer.allowedAuthenticationMethods?.includes('query') === true,
    sessionTransferMethods: new Set(sessionTransfer?.allowedAuthenticationMethods),
    bindsSessionTransferTokens: sessionTransfer?.enforceDeviceBinding !== 'none',
    allowsRefreshAfterTransfer: sessionTransfer?.allowRefreshToken ?? false,
    isFirstParty: config.isFirstParty ?? true,
    isOidcConformant: config.oidcConformant ?? true,
    organizationUsage: config.organizationUsage ?? 'allow',
    connections: config.connections && new Set(config.connections),
    requiresProof: config.requireProofOfPossession ?? false,
    allowedLogoutUrls: config.allowedLogoutUrls ?? [],
    metadata: config.metadata ?? {},
    userGrants: indexGrants(grants, 'user'),
    ownGrants: indexGrants(grants, 'client'),
  }
}

function indexGrants(grants: readonly ClientGrantConfig[], subjectType: 'user' | 'client') {
  const own = grants.filter((grant) => (grant.subjectType ?? 'user') === subjectType)
  return new Map(own.map(({ audience, scope }) => [audience, new Set(scope)]))
}

function toAuthMethods(client: ClientConfig): readonly TokenEndpointAuthMethod[] {
  if (client.tokenEndpointAuthMethod !== undefined) return [client.tokenEndpointAuthMethod]
  const methods = METHODS.flatMap(([credential, names]) => (client[credential] === undefined ? [] : names))
  return methods.length === 0 ? ['none'] : methods
}
