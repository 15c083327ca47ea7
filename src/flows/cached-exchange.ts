import type { ExchangeCache } from './cache-contract.js'
import { cacheKey } from './cache-key.js'
import { dpopThumbprint } from '../request/dpop.js'
import type { Flow } from '../events.js'
import { asksForAnotherType, exchange } from './exchange.js'
import type { ExchangeTokenOptions } from '../input/exchange-options.js'
import type { CallReport } from '../observe.js'
import type { AccessTokenResult, ExchangeTokenResult, Issued, IssuedTokenResult } from '../response/result.js'
import { firstExpiry } from './subject-expiry.js'
import type { Tenant } from '../tenant/tenant.js'
import type { Sender } from '../request/token-request.js'

/** Where an exchange goes, and who is told how. */
export interface ExchangeContext {
  readonly sender: Sender
  readonly tenant: Tenant
  readonly cache: ExchangeCache | undefined
  readonly flow: Flow
  readonly report: CallReport
}

/** An exchange through the cache when the call may use it, else straight to the server. */
export function cachedExchange<R extends ExchangeTokenResult | IssuedTokenResult>(
  context: ExchangeContext,
  options: ExchangeTokenOptions,
  finish: (issued: Issued) => R | Promise<R>,
): Promise<R> {
  const { sender, tenant, cache } = context
  const load = (signal: AbortSignal | undefined) => exchange(sender, tenant, options, signal).then(finish)
  if (!cache || options.cache !== true || asksForAnotherType(options)) return load(options.signal)
  return throughCache(context, cache, options, load)
}

async function throughCache<R extends ExchangeTokenResult | IssuedTokenResult>(
  { sender, tenant, flow, report }: ExchangeContext,
  cache: ExchangeCache,
  options: ExchangeTokenOptions,
  load: (signal: AbortSignal | undefined) => Promise<R>,
): Promise<R> {
  report.cache = 'miss'
  const answer = await cache.run({
    key: await exchangeKey(sender, tenant, flow, options),
    subjectExpiresAt: () => firstExpiry(options.subjectToken, options.actorToken),
    forceRefresh: options.forceRefresh ?? false,
    signal: options.signal,
    now: sender.now,
    load: load as (signal: AbortSignal | undefined) => Promise<R & AccessTokenResult>,
  })
  report.cache = answer.cache
  report.coalesced = answer.coalesced
  return answer.result
}

/** The key under which a cache keeps the answer of an exchange. */
export async function exchangeKey(
  { clientId }: Sender,
  { issuer }: Tenant,
  flow: Flow,
  options: ExchangeTokenOptions,
): Promise<string> {
  const { dpop } = options
  const binding = dpop && { thumbprint: await dpopThumbprint(dpop), allowBearer: dpop.allowBearer === true }
  return cacheKey({ issuer, clientId, flow, binding }, options)
}
