import { ACCESS_TOKEN_TYPE, JWT_TOKEN_TYPE, TOKEN_EXCHANGE_GRANT_TYPE } from '../../generated/constants.js'
import type { TokenExchangeRequest } from '../../generated/openapi.js'
import { TokenExchangeError, TokenExchangeErrorCode } from '../errors.js'
import type { ExchangeTokenOptions } from '../input/exchange-options.js'
import type { ActOnResult, IdTokenContext } from '../tokens/id-token.js'
import { loadSignedTokens } from '../lazily.js'
import { accessTokenResult, isAccessToken, issuedTokenResult } from '../response/result.js'
import type { AccessTokenResult, ExchangeTokenResult, Issued, IssuedTokenResult } from '../response/result.js'
import type { Tenant } from '../tenant/tenant.js'
import { requestToken, type Sender } from '../request/token-request.js'

const ACCESS_TYPES: ReadonlySet<string> = new Set([ACCESS_TOKEN_TYPE, JWT_TOKEN_TYPE])

/** Sends checked options and gives back what the server issued, of whatever type. */
export function exchange(
  sender: Sender,
  tenant: Tenant,
  options: ExchangeTokenOptions,
  signal: AbortSignal | undefined,
): Promise<Issued> {
  const { extra, forwardedFor, timeoutMs, dpop, retry } = options
  const request = { extra, forwardedFor, timeoutMs, dpop, retry, signal }
  return requestToken(sender, tenant, exchangeRequest(options), request)
}

/** The request that the options are (RFC 8693, section 2.1); the form leaves out what is not there. */
function exchangeRequest(options: ExchangeTokenOptions): TokenExchangeRequest {
  return {
    grant_type: TOKEN_EXCHANGE_GRANT_TYPE,
    subject_token: options.subjectToken,
    subject_token_type: options.subjectTokenType,
    actor_token: options.actorToken,
    actor_token_type: options.actorTokenType,
    requested_token_type: options.requestedTokenType,
    audience: options.audience,
    resource: options.resource,
    scope: options.scope,
    organization: options.organization,
  } as TokenExchangeRequest
}

/**
 * What an exchange gives its caller.
 *
 * @throws {TokenExchangeError} `invalid_response` when the server issued what was not asked for,
 *   `organization_mismatch`, `actor_not_recorded`.
 */
export function exchangeResult(
  sender: Sender,
  tenant: Tenant,
  options: ExchangeTokenOptions,
  issued: Issued,
): ExchangeTokenResult | IssuedTokenResult | Promise<ExchangeTokenResult> {
  if (asksForAnotherType(options) && !isAccessToken(issued)) return issuedTokenResult(issued)
  const result = accessTokenResult(issued)
  if (result.idToken === undefined) return withActor(result, options, { actUnavailable: 'no_id_token' })
  return readActor(result.idToken, {
    clientId: sender.clientId,
    organization: options.organization,
    verifyJwt: tenant.verifyJwt,
    now: sender.now(),
  }).then((acting) => withActor(result, options, acting))
}

async function readActor(idToken: string, context: IdTokenContext): Promise<ActOnResult> {
  const { readIdToken } = await loadSignedTokens()
  return readIdToken(idToken, context)
}

function withActor(result: AccessTokenResult, options: ExchangeTokenOptions, acting: ActOnResult): ExchangeTokenResult {
  if (options.expectActor === true && options.actorToken !== undefined && acting.act === undefined) {
    throw new TokenExchangeError(
      TokenExchangeErrorCode.ACTOR_NOT_RECORDED,
      'An actor was sent, and no verified ID token names one; ask for the scope openid, and check the Action.',
      { field: 'act', reason: acting.actUnavailable ?? 'no_act' },
    )
  }
  return Object.assign(result, acting)
}

/** Whether something else than an access token is asked for. */
export function asksForAnotherType({ requestedTokenType }: ExchangeTokenOptions): boolean {
  return requestedTokenType !== undefined && !ACCESS_TYPES.has(requestedTokenType)
}
