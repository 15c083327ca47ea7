import { decodeJwt } from 'jose'
import { ID_TOKEN_TYPE } from '../../generated/constants.js'
import { TokenExchangeError } from '../errors.js'
import { exchange } from '../flows/exchange.js'
import type { ExchangeTokenOptions } from '../input/exchange-options.js'
import { checkObject } from '../input/options-object.js'
import { verifyIdToken } from '../tokens/id-token.js'
import type { CallReport } from '../observe.js'
import {
  checkSessionTransfer,
  sessionTransferAudience,
  sessionTransferResult,
  type SessionTransferOptions,
  type SessionTransferTokenResult,
} from '../flows/session-transfer.js'
import type { Tenant } from '../tenant/tenant.js'
import { requireConfidentialClient } from '../request/confidential-client.js'
import { lasts } from './kept-tokens.js'
import type { SessionContext } from './context.js'
import type { SessionTransferRequest } from './login-options.js'
import { forbidCaching, forbidReferrer, requireStore, type StoreOptions } from './request.js'
import { requireOwnPost } from './same-origin.js'
import { isDelegated, toSession, type SessionState } from './state.js'

/** Asks for a session transfer token, with the signed-in agent as the actor unless another is given. */
export async function transferSession(
  context: SessionContext,
  options: SessionTransferRequest,
  store: StoreOptions,
  report: CallReport,
): Promise<SessionTransferTokenResult> {
  const { settings, sender, storage, allowedTargets } = context
  checkObject('requestSessionTransferToken', options)
  requireStore('requestSessionTransferToken', store)
  requireOwnPost(store.request, settings.origin)
  requireConfidentialClient('requestSessionTransferToken', sender.clientAuthentication)
  const tenant = await context.tenant(store.request, report)
  // A JavaScript caller may say null for nothing.
  const halves: readonly unknown[] = [options.actorToken, options.actorTokenType]
  const hasActor = halves.some((half) => half !== undefined && half !== null)
  const agent = hasActor ? undefined : requireAgent(await storage.read(store.request), tenant.issuer)
  // Everything is checked before a refresh token is used up.
  const parameters = checkSessionTransfer(withAgent(options, agent?.idToken), allowedTargets)
  const idToken = agent && (await freshIdToken(context, agent, tenant, store))
  const audience = sessionTransferAudience(tenant.issuer)
  const request = { ...withAgent(parameters, idToken), audience } as ExchangeTokenOptions
  const issued = await exchange(sender, tenant, request, options.signal)
  forbidCaching(store)
  forbidReferrer(store)
  return sessionTransferResult(issued)
}

function withAgent(options: object, idToken: string | undefined): SessionTransferOptions {
  const actor = idToken === undefined ? {} : { actorToken: idToken, actorTokenType: ID_TOKEN_TYPE }
  return { ...options, ...actor } as SessionTransferOptions
}

/** Somebody who is signed in, in person, at the domain where the token is asked for. */
function requireAgent(state: SessionState | undefined, issuer: string): SessionState {
  if (!state) throw actorUnavailable('signed_out', 'Nobody is signed in who could act.')
  if (state.issuer !== issuer) {
    throw actorUnavailable('another_domain', 'The agent is signed in at another domain than that of the request.')
  }
  if (isDelegated(toSession(state))) {
    throw actorUnavailable('delegated', 'In a delegated session nobody is there in person who could act.')
  }
  return state
}

/** The agent's ID token, refreshed when it has expired, and verified. */
async function freshIdToken(
  { sender, refreshed }: SessionContext,
  agent: SessionState,
  tenant: Tenant,
  store: StoreOptions,
): Promise<string> {
  const { clientId, now } = sender
  const isMet = ({ idToken }: SessionState): boolean => lasts(decodeJwt(idToken).exp, now())
  // A refresh without parameters brings an ID token along with the access token of the login.
  const fresh = await refreshed(agent, { wanted: {}, isMet }, store).catch(noLogin)
  if (!isMet(fresh)) throw actorUnavailable('expired', 'The refresh of the session brought no new ID token.')
  const { idToken } = fresh
  await verifyIdToken(idToken, { clientId, verifyJwt: tenant.verifyJwt, now: now() })
  return idToken
}

/** A session that needs a new login has nobody who could act. */
function noLogin(error: unknown): never {
  if (!(error instanceof TokenExchangeError) || error.code !== 'login_required') throw error
  const reason = error.reason === 'no_refresh_token' ? 'expired' : 'refresh_refused'
  throw actorUnavailable(reason, "The agent's ID token has expired, and could not be refreshed.")
}

function actorUnavailable(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('actor_unavailable', message, { field: 'actorToken', reason })
}
