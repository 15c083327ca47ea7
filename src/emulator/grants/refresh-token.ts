import type { TokenResponse } from '../../../generated/openapi.js'
import type { Exchange } from './exchange.js'
import { fail } from '../http/failure.js'
import { issueTokens } from '../tokens/issue.js'
import { requestedAudiences, requestedScopes, requireParameter } from '../http/parameters.js'
import { bindToken, readProof } from '../proof-of-possession/proof-of-possession.js'
import type { RefreshToken } from '../store/records.js'
import { isSessionTransfer, issueNativeToWebToken, requireNativeToWeb } from './session-transfer.js'

/** RFC 6749, section 6, with rotation: each refresh token works once, and its answer holds the next one. */
export async function exchangeRefreshToken(exchange: Exchange): Promise<TokenResponse> {
  const { check, parameters, server, client } = exchange
  const refreshToken = check('required parameters are there', requireParameter, parameters, 'refresh_token')
  const key = await check('proof of possession is valid', readProof, exchange)
  // From here until the token is used up nothing waits, so that of two requests at once one finds it.
  const token = check('refresh token is valid', findToken, exchange, key)
  if (isSessionTransfer(server, requestedAudiences(parameters))) return exchangeForSessionTransfer(exchange, token)
  check('audience is that of the refresh token', requireSameAudience, exchange, token)
  const scopes = check('scopes are those of the refresh token', selectScopes, exchange, token)
  const jkt = check('proof of possession is there when the API requires it', bindToken, client, token.target, key)
  server.refreshTokens.take(refreshToken)
  const { user, organization, target, scopes: refreshScopes, isTransferred } = token
  const grant = { user, organization, target, requested: scopes, scopes, refreshScopes, jkt, isTransferred }
  return issueTokens(exchange, { ...grant, gty: 'refresh_token' })
}

/** Native to web: the next refresh token and, when the user granted `openid`, an ID token come along. */
async function exchangeForSessionTransfer(exchange: Exchange, token: RefreshToken): Promise<TokenResponse> {
  const { check, parameters, server } = exchange
  check('session transfer is enabled', requireNativeToWeb, exchange, token)
  server.refreshTokens.take(requireParameter(parameters, 'refresh_token'))
  const { scopes } = token
  const renewed = await issueTokens(exchange, { ...token, requested: scopes, refreshScopes: scopes })
  return {
    ...(renewed.id_token !== undefined && { id_token: renewed.id_token }),
    ...(renewed.refresh_token !== undefined && { refresh_token: renewed.refresh_token }),
    ...issueNativeToWebToken(exchange, token),
  }
}

function findToken({ server, client, parameters }: Exchange, jkt: string | undefined): RefreshToken {
  const token = server.refreshTokens.find(requireParameter(parameters, 'refresh_token'))
  const isBoundToAnother = token?.jkt !== undefined && token.jkt !== jkt
  if (token?.clientId !== client.id || isBoundToAnother) {
    throw fail(400, 'invalid_grant', 'Unknown or invalid refresh token.')
  }
  return token
}

function requireSameAudience({ parameters }: Exchange, { target }: RefreshToken): void {
  const identifiers = target.apis.map((api) => api.identifier)
  const other = requestedAudiences(parameters).find((audience) => !identifiers.includes(audience))
  if (other !== undefined) throw fail(403, 'access_denied', `Service not enabled within domain: ${other}`)
}

/** Asked for nothing, it grants what the user granted. */
function selectScopes({ parameters }: Exchange, { scopes }: RefreshToken): readonly string[] {
  const requested = requestedScopes(parameters)
  if (!requested.every((scope) => scopes.includes(scope))) {
    throw fail(400, 'invalid_scope', 'The refresh token does not cover every scope.')
  }
  return requested.length === 0 ? scopes : requested
}
