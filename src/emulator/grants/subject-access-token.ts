import type { JWTPayload } from 'jose'
import type { ActClaim } from '../../../generated/openapi.js'
import { isActClaim } from '../../../generated/validators/act-claim.js'
import type { Exchange } from './exchange.js'
import { issuedTo } from '../tokens/issue.js'
import { invalidSubjectToken } from '../http/failure.js'
import { isMember } from '../access/organization.js'
import { requireParameter } from '../http/parameters.js'
import type { Organization } from '../tenant/tenant.js'
import type { User } from '../tenant/users.js'

/** What an on-behalf-of exchange takes over from the token that it starts from. */
export interface SubjectAccessToken {
  readonly user: User
  readonly organization: Organization | undefined
  /** The token's own actor, or the client that it was issued to. */
  readonly actor: ActClaim
  /** Whether a proof at its exchange needs a nonce, whoever exchanges it (Auth0, "On-Behalf-Of Token Exchange"). */
  readonly needsNonce: boolean
}

/** An access token of this tenant, for this client's API, about a user. Who or what is wrong is not told. */
export async function verifySubjectAccessToken(exchange: Exchange): Promise<SubjectAccessToken> {
  const { server, client, parameters, now } = exchange
  const keys = await server.keys()
  const claims = await keys.verify(requireParameter(parameters, 'subject_token'), server.issuer, now).catch(() => {
    throw invalidSubjectToken()
  })
  const user = server.tenant.users.find(claims.sub ?? '')
  const actor = readPriorActor(claims)
  if (user === undefined || user.blocked || actor === undefined) throw invalidSubjectToken()
  if (!toArray(claims.aud).includes(client.resourceServerIdentifier)) throw invalidSubjectToken()
  const organization = readOrganization(exchange, claims, user)
  return { user, actor, organization, needsNonce: isBoundToPublicClient(exchange, claims) }
}

/** Undefined for an ID token, which has the same signature but names no client that it was issued to. */
function readPriorActor(claims: JWTPayload): ActClaim | undefined {
  const client = issuedTo(claims)
  if (client === undefined) return undefined
  return isActClaim(claims['act']) ? claims['act'] : { sub: client }
}

function isBoundToPublicClient({ server }: Exchange, claims: JWTPayload): boolean {
  return claims['cnf'] !== undefined && server.tenant.clients.get(issuedTo(claims) ?? '')?.isPublic === true
}

function readOrganization({ server }: Exchange, claims: JWTPayload, user: User): Organization | undefined {
  const { org_id: id } = claims
  if (typeof id !== 'string') return undefined
  const organization = server.tenant.organizations.get(id)
  if (organization === undefined || !isMember(organization, user)) throw invalidSubjectToken()
  return organization
}

function toArray(audience: string | string[] | undefined): readonly (string | undefined)[] {
  return Array.isArray(audience) ? audience : [audience]
}
