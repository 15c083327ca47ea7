import type { ExchangeCache } from './cache-contract.js'
import { cacheKey } from './cache-key.js'
import type { Flow } from '../events.js'
import type { ExchangeTokenOptions } from '../input/exchange-options.js'
import type { CallReport } from '../observe.js'
import type { AccessTokenResult, ExchangeTokenResult, IssuedTokenResult } from '../response/result.js'
import { firstExpiry } from './subject-expiry.js'
import { dpopThumbprint } from '../request/dpop.js'
import type { Tenant } from '../tenant/tenant.js'
import type { Sender } from '../request/token-request.js'

/** Who exchanges, where, and who is told how. */
interface CachedExchange {
  readonly sender: Sender
  readonly tenant: Tenant
  readonly cache: ExchangeCache
  readonly flow: Flow
  readonly report: CallReport
}

/** An exchange that `load` does unless the cache has its answer. */
export async function throughCache<R extends ExchangeTokenResult | IssuedTokenResult>(
  { sender, tenant, cache, flow, report }: CachedExchange,
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
  const binding = dpop && {
    thumbprint: await dpopThumbprint(dpop),
    allowBearer: dpop.allowBearer === true,
  }
  return cacheKey({ issuer, clientId, flow, binding }, options)
}
