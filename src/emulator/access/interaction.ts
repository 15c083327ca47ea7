import type { Client } from '../tenant/clients.js'
import type { Exchange } from '../grants/exchange.js'
import { fail, invalidRequest, OAuthFailure } from '../http/failure.js'
import type { UserGrant } from './grant.js'
import { getParameter } from '../http/parameters.js'
import type { Target } from './target.js'

/**
 * An exchange cannot ask for a second factor, but the client can bring it: the answer holds a token to go on with.
 * Source: Auth0, "Custom token exchange: multi-factor authentication".
 */
export function requireNoSecondFactor({ server, client, parameters }: Exchange, grant: UserGrant): void {
  if (!grant.user.mfaRequired) return
  if (grant.actor !== undefined || getParameter(parameters, 'actor_token') !== undefined) {
    throw invalidRequest('MFA is not supported using actor_token with the requested token exchange profile.')
  }
  if (grant.organization !== undefined) {
    throw invalidRequest('MFA is not supported with an organization.')
  }
  const mfaToken = server.mfaTokens.issue({ clientId: client.id, grant })
  throw new OAuthFailure(403, 'mfa_required', 'Multifactor authentication required', {}, { mfa_token: mfaToken })
}

/** An exchange cannot ask for consent. */
export function requireNoConsent(client: Client, target: Target): void {
  if (needsConsent(client, target)) throw fail(403, 'consent_required', 'Consent required')
}

/** Users consent to every API of an application that is not the tenant's own. */
export function needsConsent({ isFirstParty }: Client, { apis }: Target): boolean {
  return apis.some((api) => !isFirstParty || !api.skipConsent)
}
