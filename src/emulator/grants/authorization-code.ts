import type { TokenResponse } from '../../../generated/openapi.js'
import type { Exchange } from './exchange.js'
import { fail, type OAuthFailure } from '../http/failure.js'
import { sha256 } from '../hash.js'
import { issueTokens } from '../tokens/issue.js'
import { getParameter, requireParameter } from '../http/parameters.js'
import { bindToken, readProof } from '../proof-of-possession/proof-of-possession.js'
import type { AuthorizationCode } from '../store/records.js'
import { allowsRefresh, grantRequestedScopes, permittedScopes } from '../access/scopes.js'

/** RFC 6749, section 4.1.3. The proof comes first: a request that lacks its nonce is sent again with the same code. */
export async function exchangeAuthorizationCode(exchange: Exchange): Promise<TokenResponse> {
  const { check, client } = exchange
  check('required parameters are there', requireParameter, exchange.parameters, 'code')
  const key = await check('proof of possession is valid', readProof, exchange)
  const code = check('authorization code is valid', takeCode, exchange)
  check('redirect URI is that of the code', requireRedirectUri, exchange, code)
  await check('code verifier fits the code challenge', requireVerifier, exchange, code)
  const jkt = check('proof of possession is there when the API requires it', bindToken, client, code.target, key)
  return issueTokens(exchange, { ...toGrant(exchange, code), jkt })
}

/** The tokens of a delegated login end with its session, and cannot be renewed. */
function toGrant({ client, now }: Exchange, code: AuthorizationCode) {
  const { session, organization, nonce, maxAge, scopes: requested } = code
  const { user, actor, isTransferred } = session
  const mayRefresh = actor === undefined && (!isTransferred || client.allowsRefreshAfterTransfer)
  const refreshable = mayRefresh && allowsRefresh(code.target, client)
  const scopes = grantRequestedScopes(requested, permittedScopes(client, code.target, user), refreshable)
  // OpenID Connect Core, section 2: `auth_time` is there when `max_age` was sent.
  const signedInAt = maxAge === undefined ? undefined : session.openedAt
  const common = { user, actor, organization, nonce, signedInAt, requested, scopes, isTransferred }
  if (actor === undefined) return { ...common, target: code.target }
  const lifetimeSeconds = Math.max(0, Math.ceil((session.expiresAt - now) / 1000))
  return { ...common, target: { ...code.target, lifetimeSeconds }, idTokenSeconds: lifetimeSeconds }
}

function takeCode({ server, client, parameters }: Exchange): AuthorizationCode {
  const code = server.codes.take(requireParameter(parameters, 'code'))
  if (code?.clientId !== client.id) throw invalidGrant('Invalid authorization code')
  return code
}

function requireRedirectUri({ parameters }: Exchange, { redirectUri }: AuthorizationCode): void {
  if (getParameter(parameters, 'redirect_uri') === redirectUri) return
  throw invalidGrant('The redirect_uri is not the one that the code was sent to.')
}

/** A verifier without a challenge is refused too: somebody took the challenge out of the first request. */
async function requireVerifier({ parameters }: Exchange, { challenge }: AuthorizationCode): Promise<void> {
  const verifier = getParameter(parameters, 'code_verifier')
  const proven = verifier !== undefined && challenge?.method === 'S256' ? await sha256(verifier) : verifier
  if (proven !== challenge?.value) throw invalidGrant('Failed to verify code verifier')
}

function invalidGrant(text: string): OAuthFailure {
  return fail(400, 'invalid_grant', text)
}
