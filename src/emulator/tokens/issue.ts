import type { JWTPayload } from 'jose'
import type { TokenResponse } from '../../../generated/openapi.js'
import { profileClaims } from './claims.js'
import type { TokenDialect } from '../config/config.js'
import { toDelegation } from './delegation.js'
import type { Exchange } from '../grants/exchange.js'
import type { AccessGrant, UserGrant } from '../access/grant.js'
import { endpoint, PATHS } from '../http/paths.js'
import { OFFLINE_ACCESS, OPENID, permittedScopes, scopeMember } from '../access/scopes.js'

const ID_TOKEN_SECONDS = 36000
const JTI_BYTES = 16

/** The access token, and what else the scopes open. */
export async function issueTokens(exchange: Exchange, grant: UserGrant): Promise<TokenResponse> {
  const { user, requested, scopes } = grant
  const refreshScopes = grant.refreshScopes ?? (scopes.includes(OFFLINE_ACCESS) ? scopes : undefined)
  return {
    ...(await issueAccessToken(exchange, { ...grant, subject: user.id })),
    ...(scopes.includes(OPENID) && { id_token: await issueIdToken(exchange, grant) }),
    ...(refreshScopes && { refresh_token: issueRefreshToken(exchange, grant, refreshScopes) }),
    ...scopeMember(requested, scopes),
  }
}

/** The members that every response has. */
export async function issueAccessToken(exchange: Exchange, grant: AccessGrant): Promise<TokenResponse> {
  const { server, log, client, now } = exchange
  log.delegation = toDelegation(grant.subject, grant.actor)
  log.grantedScopes = grant.scopes
  const { dialect, lifetimeSeconds } = grant.target
  const issuedAt = toSeconds(now)
  const claims = {
    iss: server.issuer,
    sub: grant.subject,
    aud: toAudience(server.issuer, grant),
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    jti: server.randomId(JTI_BYTES),
    ...(isRfc9068(dialect) ? { client_id: client.id } : { azp: client.id, ...(grant.gty && { gty: grant.gty }) }),
    ...(grant.scopes.length > 0 && { scope: grant.scopes.join(' ') }),
    ...(dialect.endsWith('_authz') && { permissions: readPermissions(exchange, grant) }),
    ...(grant.jkt !== undefined && { cnf: { jkt: grant.jkt } }),
    ...commonClaims(grant),
  }
  const keys = await server.keys()
  return {
    access_token: await keys.sign(claims, isRfc9068(dialect) ? 'at+jwt' : 'JWT'),
    token_type: grant.jkt === undefined ? 'Bearer' : 'DPoP',
    expires_in: lifetimeSeconds,
  }
}

/** What the user may do at the API, whatever was asked for. A client may do what it was granted. */
function readPermissions({ server, client }: Exchange, { subject, target, scopes }: AccessGrant): readonly string[] {
  const user = server.tenant.users.find(subject)
  return user === undefined ? scopes : [...permittedScopes(client, target, user)]
}

function isRfc9068(dialect: TokenDialect): boolean {
  return dialect.startsWith('rfc9068_profile')
}

/** The client that an access token names. ID tokens name none. */
export function issuedTo({ azp, client_id: clientId }: JWTPayload): string | undefined {
  const client = azp ?? clientId
  return typeof client === 'string' ? client : undefined
}

/** OpenID Connect Core, section 2, with `act` as in the access token. */
async function issueIdToken({ server, client, now }: Exchange, grant: UserGrant): Promise<string> {
  const issuedAt = toSeconds(now)
  const keys = await server.keys()
  return keys.sign(
    {
      iss: server.issuer,
      sub: grant.user.id,
      aud: client.id,
      iat: issuedAt,
      exp: issuedAt + (grant.idTokenSeconds ?? ID_TOKEN_SECONDS),
      ...(grant.nonce !== undefined && { nonce: grant.nonce }),
      ...(grant.signedInAt !== undefined && { auth_time: toSeconds(grant.signedInAt) }),
      ...profileClaims(grant.user, grant.scopes),
      ...commonClaims(grant),
    },
    'JWT',
  )
}

function issueRefreshToken({ server, client }: Exchange, grant: UserGrant, scopes: readonly string[]): string {
  const { user, organization, target, jkt, isTransferred = false } = grant
  return server.refreshTokens.issue({
    clientId: client.id,
    user,
    organization,
    target,
    scopes,
    jkt: client.isPublic ? jkt : undefined,
    isTransferred,
  })
}

/** With `openid`, and when there is no API, the token is for the claims of the user. */
function toAudience(issuer: string, { target, scopes }: AccessGrant): string | string[] {
  const identifiers = target.apis.map((api) => api.identifier)
  const opensClaims = scopes.includes(OPENID) || identifiers.length === 0
  const audience = opensClaims ? [...identifiers, endpoint(issuer, PATHS.userInfo)] : identifiers
  const [first] = audience
  return first !== undefined && audience.length === 1 ? first : audience
}

/** A request may name an organization, so tokens name it, too: a client compares what it asked for. */
function commonClaims({ actor, organization }: Pick<AccessGrant, 'actor' | 'organization'>) {
  return {
    ...(organization && { org_id: organization.id }),
    ...(organization && organization.name !== organization.id && { org_name: organization.name }),
    ...(actor && { act: actor }),
  }
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
