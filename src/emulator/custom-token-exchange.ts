import { ACCESS_TOKEN_TYPE, SESSION_TRANSFER_TOKEN_TYPE } from '../../generated/constants.js'
import type { TokenResponse } from '../../generated/openapi.js'
import type { Action, ActionEvent } from './action.js'
import { createActionEvent } from './action-event.js'
import { requireActorPair, verifyActorIdToken } from './actor-token.js'
import type { Exchange } from './exchange.js'
import { fail, invalidRequest } from './failure.js'
import { requireNoConsent, requireNoSecondFactor } from './interaction.js'
import { issueTokens } from './issue.js'
import { requireMembership, resolveOrganization } from './organization.js'
import {
  getParameter,
  requestedAudiences,
  requestedScopes,
  requireParameter,
  type RequestParameters,
} from './parameters.js'
import { readProof, requireProof } from './proof-of-possession.js'
import { RejectedSubjectToken, resolveUser, runAction, type Decision } from './run-action.js'
import { allowsRefresh, grantRequestedScopes, permittedScopes } from './scopes.js'
import { isSessionTransfer, issueSessionTransferToken, requireSessionTransfer } from './session-transfer.js'
import { resolveTarget, type Target } from './target.js'
import type { Organization } from './tenant.js'
import type { User } from './users.js'

/** A token of any kind for the tenant's own, as an Action decides. */
export async function exchangeCustomToken(exchange: Exchange): Promise<TokenResponse> {
  const { server, check, parameters } = exchange
  const audiences = requestedAudiences(parameters)

  check('address is not blocked', server.attackProtection.refuseBlocked, exchange.ip)
  check('client may exchange custom tokens', requireCustomExchange, exchange)
  check('required parameters are there', requireSubject, parameters)
  check('actor token and its type come together', requireActorPair, parameters)
  const action = check('a profile exists for the subject token type', selectAction, exchange)
  check('requested token type is supported', requireSupportedType, exchange, audiences)
  check('session transfer is enabled', requireSessionTransfer, exchange, audiences)
  const target = isSessionTransfer(server, audiences)
    ? undefined
    : check('audience is known', resolveTarget, server.tenant, audiences)
  const outcome = await decide(exchange, action, target)
  return target === undefined ? issueSessionTransferToken(exchange, outcome) : issueForTarget(exchange, target, outcome)
}

/** What the Action and the checks around it lead to. */
interface Outcome extends Decision {
  readonly user: User
  readonly organization: Organization | undefined
  readonly jkt: string | undefined
}

/** Without a target the exchange is for a session transfer token, which is bound to no key. */
async function decide(exchange: Exchange, action: Action, target: Target | undefined): Promise<Outcome> {
  const { server, check, parameters } = exchange
  const { tenant } = server
  const organization = check('organization is known', resolveOrganization, tenant, parameters)
  const actorUser = await check('actor ID token is valid', verifyActorIdToken, exchange)
  const jkt = target && (await requireKey(exchange, target))
  const resourceServer = target?.identifier ?? requestedAudiences(parameters)[0] ?? ''
  const event = createActionEvent(exchange, resourceServer, organization, actorUser)
  const decision = await check('Action allows it', runCountedAction, exchange, action, event)
  const user = check('Action set one user', resolveUser, tenant.users, decision)
  check('user is a member of the organization', requireMembership, organization, user)
  return { ...decision, user, organization, jkt }
}

async function requireKey(exchange: Exchange, target: Target): Promise<string | undefined> {
  const jkt = await exchange.check('proof of possession is valid', readProof, exchange)
  exchange.check('proof of possession is there when the API requires it', requireProof, target, jkt)
  return jkt
}

async function runCountedAction({ server, ip }: Exchange, action: Action, event: ActionEvent): Promise<Decision> {
  try {
    return await runAction(action, event)
  } catch (error) {
    if (error instanceof RejectedSubjectToken) server.attackProtection.countAttempt(ip)
    throw error
  }
}

async function issueForTarget(exchange: Exchange, target: Target, outcome: Outcome): Promise<TokenResponse> {
  const { check, parameters } = exchange
  const { user, actor, organization, jkt } = outcome
  check('no second factor is needed', requireNoSecondFactor, exchange, user, outcome)
  check('no consent is needed', requireNoConsent, target)
  const requested = requestedScopes(parameters)
  const scopes = grantRequestedScopes(requested, permittedScopes(target, user), mayRefresh(exchange, target, outcome))
  const response = await issueTokens(exchange, { user, target, requested, scopes, actor, organization, jkt })
  return { ...response, issued_token_type: ACCESS_TOKEN_TYPE }
}

function requireCustomExchange({ client }: Exchange): void {
  if (client.exchangeTypes.has('custom_authentication')) return
  throw fail(403, 'unauthorized_client', 'The client is not allowed to use custom token exchange.')
}

function requireSubject(parameters: RequestParameters): void {
  requireParameter(parameters, 'subject_token')
  requireParameter(parameters, 'subject_token_type')
}

function selectAction({ server, parameters }: Exchange): Action {
  const action = server.tenant.profiles.get(requireParameter(parameters, 'subject_token_type'))
  if (action === undefined) throw invalidRequest('No token exchange profile exists for the subject_token_type.')
  return action
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
