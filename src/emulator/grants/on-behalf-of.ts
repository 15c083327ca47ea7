import { ACCESS_TOKEN_TYPE } from '../../../generated/constants.js'
import type { ActClaim, TokenResponse } from '../../../generated/openapi.js'
import { MAX_ACTORS } from '../tokens/actor.js'
import type { Client } from '../tenant/clients.js'
import { toDelegation } from '../tokens/delegation.js'
import type { Exchange } from './exchange.js'
import { fail, invalidRequest } from '../http/failure.js'
import { requireNoConsent } from '../access/interaction.js'
import { issueAccessToken } from '../tokens/issue.js'
import {
  getParameter,
  missingParameter,
  requestedAudiences,
  requestedScopes,
  requireParameter,
  type RequestParameters,
} from '../http/parameters.js'
import { bindToken, readProof } from '../proof-of-possession/proof-of-possession.js'
import { permittedScopes, scopeMember } from '../access/scopes.js'
import { verifySubjectAccessToken } from './subject-access-token.js'
import { resolveTarget, type Target } from '../access/target.js'
import type { Tenant } from '../tenant/tenant.js'
import { requireUserAccess } from '../access/user-access.js'

/**
 * Whether a request is on behalf of a user. All others go to the profile of their subject token type, and strictly
 * there is none for access tokens.
 */
export function isOnBehalfOf({ strictTokenTypes }: Tenant, parameters: RequestParameters): boolean {
  if (strictTokenTypes) return getParameter(parameters, 'subject_token_type') === ACCESS_TOKEN_TYPE
  return (
    getParameter(parameters, 'subject_token_type') === ACCESS_TOKEN_TYPE &&
    getParameter(parameters, 'requested_token_type') === ACCESS_TOKEN_TYPE &&
    getParameter(parameters, 'actor_token') === undefined &&
    getParameter(parameters, 'actor_token_type') === undefined
  )
}

/** An access token that a user's request carried, for one that the next API accepts. */
export async function exchangeOnBehalfOf(exchange: Exchange): Promise<TokenResponse> {
  const { server, check, parameters, client } = exchange
  const requested = requestedScopes(parameters)

  check('client may exchange on behalf of users', requireOnBehalfOf, exchange)
  const audience = check('required parameters are there', requireSubjectAndAudience, parameters)
  const subject = await check('subject token is valid', verifySubjectAccessToken, exchange)
  exchange.log.delegation = toDelegation(subject.user.id, subject.actor)
  const actor = check('delegation chain is short enough', nestActor, exchange, subject.actor)
  const target = check('audience is known', resolveTarget, server.tenant, [audience])
  const key = await check('proof of possession is valid', readProof, exchange, subject.needsNonce)
  const jkt = check('proof of possession is there when the API requires it', bindToken, client, target, key)
  check('no consent is needed', requireNoConsent, client, target)
  const granted = check('client has a grant for the audience', requireClientGrant, client, target)
  const scopes = check(
    'a scope can be granted',
    grantScopes,
    requested,
    granted,
    permittedScopes(client, target, subject.user),
  )

  const grant = { subject: subject.user.id, organization: subject.organization, target, scopes, actor, jkt }
  return {
    ...(await issueAccessToken(exchange, grant)),
    issued_token_type: ACCESS_TOKEN_TYPE,
    ...scopeMember(requested, scopes),
  }
}

function requireOnBehalfOf({ client }: Exchange): void {
  if (!client.exchangeTypes.has('on_behalf_of_token_exchange')) {
    throw fail(403, 'unauthorized_client', 'The client is not allowed to use on-behalf-of token exchange.')
  }
  if (client.isPublic) {
    throw fail(403, 'unauthorized_client', 'On-behalf-of token exchange needs a client that authenticates.')
  }
  if (client.resourceServerIdentifier === undefined) {
    throw fail(403, 'unauthorized_client', 'On-behalf-of token exchange needs a client that is an API.')
  }
}

function requireSubjectAndAudience(parameters: RequestParameters): string {
  requireParameter(parameters, 'subject_token')
  if (requireParameter(parameters, 'requested_token_type') !== ACCESS_TOKEN_TYPE) {
    throw invalidRequest('The requested_token_type is not supported.')
  }
  if (parameters.has('actor_token') || parameters.has('actor_token_type')) {
    throw invalidRequest('On-behalf-of token exchange takes no actor token.')
  }
  if (!parameters.has('audience')) throw missingParameter('audience')
  const [audience, second] = requestedAudiences(parameters)
  if (audience === undefined) throw missingParameter('audience')
  if (second !== undefined) throw invalidRequest('On-behalf-of token exchange takes one audience.')
  return audience
}

/** The client that exchanges goes outside; whoever acted before it, inside (RFC 8693, section 4.1). */
function nestActor({ server, client }: Exchange, prior: ActClaim): ActClaim {
  let actors = 1
  for (let actor: ActClaim | undefined = prior; actor !== undefined; actor = actor.act) actors++
  const limit = MAX_ACTORS - 1
  // The documentation has five levels in one place, and this text in another.
  if (actors > (server.tenant.strictObo4 ? limit : MAX_ACTORS)) {
    throw invalidRequest(`Delegation chain (\`act\` claim) depth exceeds the maximum allowed limit of ${limit}`)
  }
  return { sub: client.id, act: prior }
}

function requireClientGrant(client: Client, target: Target): ReadonlySet<string> {
  requireUserAccess(client, target)
  const granted = client.userGrants.get(target.identifier)
  if (granted === undefined) throw fail(403, 'unauthorized_client', 'The client has no grant for the audience.')
  return granted
}

/** Asked for nothing, it grants everything. */
function grantScopes(
  requested: readonly string[],
  granted: ReadonlySet<string>,
  permitted: ReadonlySet<string>,
): readonly string[] {
  const wanted = requested.length > 0 ? requested : [...granted]
  const scopes = wanted.filter((scope) => granted.has(scope) && permitted.has(scope))
  if (scopes.length === 0) throw fail(403, 'access_denied', 'None of the scopes can be granted.')
  return scopes
}
