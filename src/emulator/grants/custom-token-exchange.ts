import { ACCESS_TOKEN_TYPE, SESSION_TRANSFER_TOKEN_TYPE } from '../../../generated/constants.js'
import type { TokenResponse } from '../../../generated/openapi.js'
import type { ActionEvent } from '../actions/action.js'
import { createActionEvent } from '../actions/action-event.js'
import { resolveUser, saveMetadata } from '../actions/action-user.js'
import { requireActorPair, verifyActorIdToken } from './actor-token.js'
import type { Client } from '../tenant/clients.js'
import type { Exchange } from './exchange.js'
import { fail, invalidRequest } from '../http/failure.js'
import { requireNoConsent, requireNoSecondFactor } from '../access/interaction.js'
import type { UserGrant } from '../access/grant.js'
import { issueTokens } from '../tokens/issue.js'
import { requireMembership, resolveOrganization, settleOrganization } from '../access/organization.js'
import {
  getParameter,
  requestedAudiences,
  requestedScopes,
  requireParameter,
  type RequestParameters,
} from '../http/parameters.js'
import { bindToken, readProof } from '../proof-of-possession/proof-of-possession.js'
import { RejectedSubjectToken, runAction, type Decision } from '../actions/run-action.js'
import { allowsRefresh, grantRequestedScopes, permittedScopes } from '../access/scopes.js'
import { isSessionTransfer, issueSessionTransferToken, requireSessionTransfer } from './session-transfer.js'
import { resolveTarget, type Target } from '../access/target.js'
import type { Organization, Profile } from '../tenant/tenant.js'
import { findProfile, requireUsableActorType } from './token-types.js'
import { requireUserAccess } from '../access/user-access.js'
import type { User } from '../tenant/users.js'

/** A token of any kind for the tenant's own, as an Action decides. */
export async function exchangeCustomToken(exchange: Exchange): Promise<TokenResponse> {
  const { server, check, client, parameters } = exchange
  const audiences = requestedAudiences(parameters)

  check('address is not blocked', server.attackProtection.refuseBlocked, exchange.ip)
  check('client may exchange custom tokens', requireCustomExchange, exchange)
  check('required parameters are there', requireSubject, parameters)
  check('actor token and its type come together', requireActorPair, parameters)
  check('actor token type is not reserved', requireUsableActorType, server.tenant, parameters)
  const profile = check('a profile exists for the subject token type', findProfile, server.tenant, parameters)
  check('requested token type is supported', requireSupportedType, exchange, audiences)
  check('session transfer is enabled', requireSessionTransfer, exchange, audiences)
  const target = isSessionTransfer(server, audiences)
    ? undefined
    : check('audience is known', resolveTarget, server.tenant, audiences)
  if (target !== undefined) check('client has a grant for the audience', requireUserAccess, client, target)
  const outcome = await decide(exchange, profile, target)
  return target === undefined ? issueForSession(exchange, outcome) : issueForTarget(exchange, target, outcome)
}

/** What the Action and the checks around it lead to. */
interface Outcome extends Decision {
  readonly user: User
  readonly organization: Organization | undefined
  readonly jkt: string | undefined
}

/** Without a target the exchange is for a session transfer token, which is bound to no key. */
async function decide(exchange: Exchange, profile: Profile, target: Target | undefined): Promise<Outcome> {
  const { server, check, client, parameters } = exchange
  const { tenant } = server
  const requested = check('organization is known', resolveOrganization, tenant, client, parameters)
  const actorUser = await check('actor ID token is valid', verifyActorIdToken, exchange)
  const jkt = target && (await requireKey(exchange, target))
  const resourceServer = target?.identifier ?? requestedAudiences(parameters)[0] ?? ''
  const event = createActionEvent(exchange, profile.secrets, resourceServer, requested, actorUser)
  const decision = await check('Action allows it', runCountedAction, exchange, profile, event)
  const user = check('Action set one user', resolveUser, tenant, decision)
  const organization = check('organization is that of the request', settleOrganization, exchange, requested, decision)
  check('user is a member of the organization', requireMembership, organization, user, decision)
  return { ...decision, user, organization, jkt }
}

async function requireKey(exchange: Exchange, target: Target): Promise<string | undefined> {
  const { check, client } = exchange
  const key = await check('proof of possession is valid', readProof, exchange)
  return check('proof of possession is there when the API requires it', bindToken, client, target, key)
}

async function runCountedAction({ server, ip }: Exchange, profile: Profile, event: ActionEvent): Promise<Decision> {
  try {
    return await runAction(profile.action, event, server.actionCache)
  } catch (error) {
    if (error instanceof RejectedSubjectToken) server.attackProtection.countAttempt(ip)
    throw error
  }
}

function issueForSession(exchange: Exchange, outcome: Outcome): TokenResponse {
  const { server, check, client } = exchange
  check('connection is enabled for the client', requireConnection, client, outcome.user)
  const response = issueSessionTransferToken(exchange, outcome)
  saveMetadata(server.tenant.users, outcome.user, outcome)
  return response
}

async function issueForTarget(exchange: Exchange, target: Target, outcome: Outcome): Promise<TokenResponse> {
  const { server, check, client, parameters } = exchange
  const { user, actor, organization, jkt } = outcome
  const requested = requestedScopes(parameters)
  const permitted = permittedScopes(client, target, user)
  const scopes = grantRequestedScopes(requested, permitted, mayRefresh(exchange, target, outcome))
  const grant: UserGrant = { user, target, requested, scopes, actor, organization, jkt }
  check('no second factor is needed', requireNoSecondFactor, exchange, grant)
  check('no consent is needed', requireNoConsent, client, target)
  saveMetadata(server.tenant.users, user, outcome)
  return { ...(await issueTokens(exchange, grant)), issued_token_type: ACCESS_TOKEN_TYPE }
}

function requireCustomExchange({ client }: Exchange): void {
  if (!client.exchangeTypes.has('custom_authentication')) {
    throw fail(403, 'unauthorized_client', 'The client is not allowed to use custom token exchange.')
  }
  if (!client.isFirstParty || !client.isOidcConformant) {
    throw fail(403, 'unauthorized_client', 'Custom token exchange needs a first-party client that conforms to OIDC.')
  }
}

function requireSubject(parameters: RequestParameters): void {
  requireParameter(parameters, 'subject_token')
  requireParameter(parameters, 'subject_token_type')
}

function requireConnection(client: Client, user: User): void {
  if (client.connections?.has(user.connection) ?? true) return
  throw invalidRequest("The user's connection is not enabled for the client.")
}

/** The audience decides what is issued, and the requested type may only agree with it. */
function requireSupportedType({ server, parameters }: Exchange, audiences: readonly string[]): void {
  const type = getParameter(parameters, 'requested_token_type')
  if (type === undefined || type === ACCESS_TOKEN_TYPE) return
  if (type === SESSION_TRANSFER_TOKEN_TYPE && isSessionTransfer(server, audiences)) return
  throw invalidRequest('The requested_token_type is not supported.')
}

/** Auth0 documents both the actor token and the set actor as what suppresses a refresh token. */
function mayRefresh({ client, parameters }: Exchange, target: Target, { actor }: Decision): boolean {
  return allowsRefresh(target, client) && getParameter(parameters, 'actor_token') === undefined && actor === undefined
}
