import { toDelegation } from '../tokens/delegation.js'
import { failLogin, type OAuthFailure } from '../http/failure.js'
import { needsConsent } from '../access/interaction.js'
import type { RequestParameters } from '../http/parameters.js'
import type { Session } from '../store/records.js'
import type { RequestLog } from '../journal/request-log.js'
import type { Server } from '../server.js'
import type { AuthorizationRequest } from './authorization-request.js'
import { consentPage } from './login-page.js'
import { redirectToClient } from './redirect.js'

/** What is known of the user's consent: nothing yet, its answer, or that nobody may ask. */
export type Consent = 'open' | 'given' | 'refused' | 'not asked'

/** Sends the code for a session, once the user has consented where that is needed. */
export function finishLogin(
  server: Server,
  authorization: AuthorizationRequest,
  parameters: RequestParameters,
  log: RequestLog,
  session: Session,
  consent: Consent,
): Response {
  const { client, redirectUri, target, scopes, organization, nonce, maxAge, challenge } = authorization
  const isSettled = log.check('user consents', settleConsent, server, authorization, session, consent)
  if (!isSettled) return consentPage(parameters, authorization, session.user)
  log.delegation = toDelegation(session.user.id, session.actor)
  const record = { clientId: client.id, redirectUri, session, organization, target, scopes, nonce, maxAge, challenge }
  return redirectToClient(authorization, { code: server.codes.issue(record) })
}

/** False when the user has to be asked. An answer is remembered for the client and its APIs. */
function settleConsent(
  { consents }: Server,
  { client, target }: AuthorizationRequest,
  { user, actor }: Session,
  consent: Consent,
): boolean {
  const key = JSON.stringify([user.id, client.id, target.apis.map((api) => api.identifier)])
  if (!needsConsent(client, target) || consents.has(key)) return true
  if (actor !== undefined) throw interactionRequired()
  if (consent === 'not asked') throw failLogin('consent_required', 'Consent required')
  if (consent === 'refused') throw failLogin('access_denied', 'User did not authorize the request')
  if (consent === 'given') consents.add(key)
  return consent === 'given'
}

/** Whoever acts for a user can neither consent nor show a second factor. */
export function interactionRequired(): OAuthFailure {
  return failLogin('interaction_required', 'The session needs a second factor or consent.')
}
