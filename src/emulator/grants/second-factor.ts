import type { TokenResponse } from '../../../generated/openapi.js'
import type { Exchange } from './exchange.js'
import { fail } from '../http/failure.js'
import { requireNoConsent } from '../access/interaction.js'
import { issueTokens } from '../tokens/issue.js'
import { getParameter, requireParameter, type RequestParameters } from '../http/parameters.js'
import { bindToken, readProof } from '../proof-of-possession/proof-of-possession.js'
import type { PendingGrant } from '../store/records.js'

/**
 * Goes on with an exchange that stopped at `mfa_required`, with a one-time password. A wrong one may be tried again.
 * Source of the parameters: Auth0, "Verify MFA with one-time password"; codes and texts are undocumented.
 */
export async function continueWithOtp(exchange: Exchange): Promise<TokenResponse> {
  const { server, check, client, parameters } = exchange
  check('required parameters are there', requireMfaParameters, parameters)
  const key = await check('proof of possession is valid', readProof, exchange)
  // From here until the token is used up nothing waits, so that of two requests at once one finds it.
  const { grant } = check('MFA token is valid', findPending, exchange)
  check('one-time password is right', requireOtp, parameters, grant.user.otp)
  const jkt = check('proof of possession is there when the API requires it', bindToken, client, grant.target, key)
  check('no consent is needed', requireNoConsent, client, grant.target)
  server.mfaTokens.take(requireParameter(parameters, 'mfa_token'))
  return issueTokens(exchange, { ...grant, jkt })
}

function requireMfaParameters(parameters: RequestParameters): void {
  requireParameter(parameters, 'mfa_token')
  requireParameter(parameters, 'otp')
}

function findPending({ server, client, parameters }: Exchange): PendingGrant {
  const pending = server.mfaTokens.find(requireParameter(parameters, 'mfa_token'))
  const user = server.tenant.users.find(pending?.grant.user.id ?? '')
  if (pending?.clientId !== client.id || user === undefined || user.blocked) {
    throw fail(400, 'invalid_grant', 'Unknown or expired mfa_token.')
  }
  return pending
}

function requireOtp(parameters: RequestParameters, otp: string): void {
  if (getParameter(parameters, 'otp') !== otp) throw fail(403, 'invalid_grant', 'Invalid otp_code.')
}
