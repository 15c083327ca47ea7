import type { JWTPayload } from 'jose'
import type { ActClaim, TokenResponse } from '../../generated/openapi.js'
import { profileClaims } from './claims.js'
import { toDelegation } from './delegation.js'
import type { Exchange } from './exchange.js'
import { endpoint, PATHS } from './paths.js'
import { OFFLINE_ACCESS, OPENID, scopeMember } from './scopes.js'
import type { Target } from './target.js'
import type { Organization } from './tenant.js'
import type { User } from './users.js'

const ID_TOKEN_SECONDS = 36000
const JTI_BYTES = 16

/** What the checks of a request led to: whom and what an access token is for. */
export interface AccessGrant {
  readonly subject: string
  readonly target: Target
  readonly scopes: readonly string[]
  /** The thumbprint of the key that the token is bound to. */
  readonly jkt: string | undefined
  readonly actor?: ActClaim | undefined
  readonly organization?: Organization | undefined
  /** The vendor's own claim, of which only this value is known. */
  readonly gty?: 'client-credentials'
}

/** The same, for a user who may get more than an access token. */
export interface UserGrant extends Omit<AccessGrant, 'subject'> {
  readonly user: User
  /** What was asked for. */
  readonly requested: readonly string[]
  readonly nonce?: string | undefined
  /** What a refresh token covers. Without it there is one when `offline_access` was granted, for all scopes. */
  readonly refreshScopes?: readonly string[]
  /** Default ten hours. */
  readonly idTokenSeconds?: number | undefined
}

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
    ...(dialect === 'rfc9068_profile'
      ? { client_id: client.id }
      : { azp: client.id, ...(grant.gty && { gty: grant.gty }) }),
    ...(grant.scopes.length > 0 && { scope: grant.scopes.join(' ') }),
    ...(grant.jkt !== undefined && { cnf: { jkt: grant.jkt } }),
    ...commonClaims(grant),
  }
  const keys = await server.keys()
  return {
    access_token: await keys.sign(claims, dialect === 'rfc9068_profile' ? 'at+jwt' : 'JWT'),
    token_type: grant.jkt === undefined ? 'Bearer' : 'DPoP',
    expires_in: lifetimeSeconds,
  }
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
      ...profileClaims(grant.user, grant.scopes),
      ...commonClaims(grant),
    },
    'JWT',
  )
}

function issueRefreshToken({ server, client }: Exchange, grant: UserGrant, scopes: readonly string[]): string {
  const { user, organization, target, jkt } = grant
  return server.refreshTokens.issue({
    clientId: client.id,
    user,
    organization,
    target,
    scopes,
    jkt: client.isPublic ? jkt : undefined,
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

function commonClaims({ actor, organization }: Pick<AccessGrant, 'actor' | 'organization'>) {
  return { ...(organization && { org_id: organization.id }), ...(actor && { act: actor }) }
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
