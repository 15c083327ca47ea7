import { ACCESS_TOKEN_TYPE, TOKEN_EXCHANGE_GRANT_TYPE } from '../../generated/constants.js'
import type { TokenExchangeRequest } from '../../generated/openapi.js'
import { TokenExchangeError } from '../errors.js'
import type { Flow } from '../events.js'
import { checkExchangeOptions, type ExchangeTokenOptions } from '../input/exchange-options.js'
import type { CallReport } from '../observe.js'
import { isPending } from '../pending.js'
import { missingConfiguration, tenantOf, withDefaults, type ClientContext } from './context.js'
import type { ActOnResult, IdTokenContext } from '../tokens/id-token.js'
import { accessTokenResult, isAccessToken, issuedTokenResult } from '../response/result.js'
import type { AccessTokenResult, ExchangeTokenResult, Issued, IssuedTokenResult } from '../response/result.js'
import type { Tenant } from '../tenant/tenant.js'
import { requestToken, type Sender } from '../request/token-request.js'

/** Exchanges a token of any kind (RFC 8693, section 2). */
export async function exchangeToken(
  context: ClientContext,
  report: CallReport,
  options: ExchangeTokenOptions,
): Promise<ExchangeTokenResult | IssuedTokenResult> {
  checkExchangeOptions('exchangeToken', options)
  if (options.cache === true && !context.config.cache) {
    throw missingConfiguration('exchangeToken with cache: true', 'cache')
  }
  const named = tenantOf(context, report, options.domainContext)
  const tenant = isPending(named) ? await named : named
  return exchangeOrCached(context, { flow: 'exchange', report, tenant }, options, (issued) =>
    exchangeResult(context.sender, tenant, options, issued),
  )
}

/** Exchanges checked options, unless they allow the cache and it has the answer. */
export async function exchangeOrCached<R extends ExchangeTokenResult | IssuedTokenResult>(
  context: ClientContext,
  { flow, report, tenant }: { readonly flow: Flow; readonly report: CallReport; readonly tenant: Tenant },
  options: ExchangeTokenOptions,
  finish: (issued: Issued) => R | Promise<R>,
): Promise<R> {
  const { sender } = context
  const { cache } = context.config
  const request = withDefaults(context, options)
  const load = async (signal: AbortSignal | undefined): Promise<R> =>
    finish(await exchange(sender, tenant, request, signal))
  if (!cache || request.cache !== true || asksForAnotherType(request)) return load(request.signal)
  const { throughCache } = await context.loadCachedExchange()
  return throughCache({ sender, tenant, cache, flow, report }, request, load)
}

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
function exchangeResult(
  sender: Sender,
  tenant: Tenant,
  options: ExchangeTokenOptions,
  issued: Issued,
): ExchangeTokenResult | IssuedTokenResult | Promise<ExchangeTokenResult> {
  if (asksForAnotherType(options) && !isAccessToken(issued)) return issuedTokenResult(issued)
  const result = accessTokenResult(issued)
  if (result.idToken === undefined) return withActor(result, options, { actUnavailable: 'no_id_token' })
  return readActor(sender, result.idToken, {
    clientId: sender.clientId,
    organization: options.organization,
    verifyJwt: tenant.verifyJwt,
    now: sender.now(),
  }).then((acting) => withActor(result, options, acting))
}

async function readActor(sender: Sender, idToken: string, context: IdTokenContext): Promise<ActOnResult> {
  const { readIdToken } = await sender.loadSignedTokens()
  return readIdToken(idToken, context)
}

function withActor(result: AccessTokenResult, options: ExchangeTokenOptions, acting: ActOnResult): ExchangeTokenResult {
  if (options.expectActor === true && options.actorToken !== undefined && acting.act === undefined) {
    throw new TokenExchangeError(
      'actor_not_recorded',
      'An actor was sent, and no verified ID token names one; ask for the scope openid, and check the Action.',
      { field: 'act', reason: acting.actUnavailable ?? 'no_act' },
    )
  }
  return Object.assign(result, acting)
}

/** Whether something else than an access token is asked for; a JWT may be one, and may not. */
function asksForAnotherType({ requestedTokenType }: ExchangeTokenOptions): boolean {
  return requestedTokenType !== undefined && requestedTokenType !== ACCESS_TOKEN_TYPE
}
