import type { JWK } from 'jose'
import type { ClientConfig, ClientGrantConfig, TokenEndpointAuthMethod, TokenExchangeProfileType } from './config.js'
import { indexBy } from './index-by.js'

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
  /** What the client may ask for on behalf of users: scopes by API identifier. */
  readonly userGrants: ReadonlyMap<string, ReadonlySet<string>>
  /** What the client may ask for itself. */
  readonly ownGrants: ReadonlyMap<string, ReadonlySet<string>>
}

export const SECRET_METHODS: ReadonlySet<TokenEndpointAuthMethod> = new Set([
  'client_secret_post',
  'client_secret_basic',
])

const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/

export function toClient(config: ClientConfig, allGrants: readonly ClientGrantConfig[]): Client {
  requireSoundCredentials(config)
  requireSoundUrls(config)
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
    userGrants: indexGrants(clientId, grants, 'user'),
    ownGrants: indexGrants(clientId, grants, 'client'),
  }
}

function indexGrants(clientId: string, grants: readonly ClientGrantConfig[], subjectType: 'user' | 'client') {
  return indexBy(
    `client grant of ${clientId}`,
    grants.filter((grant) => (grant.subjectType ?? 'user') === subjectType),
    (grant) => grant.audience,
    (grant) => new Set(grant.scope),
  )
}

type Credential = 'clientSecret' | 'publicKeys' | 'certificateThumbprints'

const METHODS: readonly (readonly [Credential, readonly TokenEndpointAuthMethod[]])[] = [
  ['clientSecret', [...SECRET_METHODS]],
  ['publicKeys', ['private_key_jwt']],
  ['certificateThumbprints', ['tls_client_auth']],
]

function toAuthMethods(client: ClientConfig): readonly TokenEndpointAuthMethod[] {
  const { clientId, tokenEndpointAuthMethod: method } = client
  if (method === undefined) {
    const methods = METHODS.flatMap(([credential, names]) => (client[credential] === undefined ? [] : names))
    return methods.length === 0 ? ['none'] : methods
  }
  for (const [credential, names] of METHODS) {
    if (names.includes(method) === (client[credential] !== undefined)) continue
    throw new TypeError(`The ${credential} and the tokenEndpointAuthMethod of the client ${clientId} do not fit`)
  }
  return [method]
}

function requireSoundCredentials({ clientId, clientSecret, publicKeys, certificateThumbprints }: ClientConfig): void {
  if (clientSecret === '') throw new TypeError(`The client ${clientId} has an empty clientSecret`)
  if (publicKeys?.some(({ kty, d }) => (kty !== 'RSA' && kty !== 'EC') || d !== undefined) === true) {
    throw new TypeError(`The publicKeys of the client ${clientId} must be public RSA or EC keys`)
  }
  if (certificateThumbprints?.every((thumbprint) => THUMBPRINT.test(thumbprint)) === false) {
    throw new TypeError(`The certificateThumbprints of the client ${clientId} must be SHA-256 in base64url`)
  }
}

function requireSoundUrls({ clientId, callbacks = [], initiateLoginUri }: ClientConfig): void {
  for (const url of [...callbacks, ...(initiateLoginUri === undefined ? [] : [initiateLoginUri])]) {
    if (/^[\x21-\x7e]+$/.test(url) && URL.canParse(url) && !url.includes('#')) continue
    throw new TypeError(`The client ${clientId} has a URL that is not absolute and without a fragment: ${url}`)
  }
}
