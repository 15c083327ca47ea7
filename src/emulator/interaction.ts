import { getParameter } from './parameters.js'
import type { Exchange } from './exchange.js'
import { fail, invalidRequest, OAuthFailure } from './failure.js'
import type { Decision } from './run-action.js'
import type { Target } from './target.js'
import type { User } from './users.js'

const MFA_TOKEN_BYTES = 32

/** An exchange cannot ask for a second factor. Source: Auth0, "Custom token exchange: multi-factor authentication". */
export function requireNoSecondFactor({ server, parameters }: Exchange, user: User, { actor }: Decision): void {
  if (!user.mfaRequired) return
  if (actor !== undefined || getParameter(parameters, 'actor_token') !== undefined) {
    throw invalidRequest('MFA is not supported using actor_token with the requested token exchange profile.')
  }
  const mfaToken = server.randomId(MFA_TOKEN_BYTES)
  throw new OAuthFailure(403, 'mfa_required', 'Multifactor authentication required', {}, { mfa_token: mfaToken })
}

/** An exchange cannot ask for consent. */
export function requireNoConsent(target: Target): void {
  if (needsConsent(target)) throw fail(403, 'consent_required', 'Consent required')
}

export function needsConsent(target: Target): boolean {
  return target.apis.some((api) => !api.skipConsent)
}
