import type * as CachedExchange from './cached-exchange.js'
import type { ExchangeTokenOptions } from '../input/exchange-options.js'
import type { TokenExchangeClientConfig } from '../input/client-config.js'
import type { CallReport } from '../observe.js'
import { isPending } from '../pending.js'
import type { Sender } from '../request/token-request.js'
import type { Tenant, TenantSource } from '../tenant/tenant.js'
import { TokenExchangeError } from '../errors.js'

/** What the flows of a client share: what it was configured with, what it sends with, and to whom. */
export interface ClientContext {
  readonly config: TokenExchangeClientConfig
  readonly sender: Sender
  readonly tenantFor: TenantSource
  /** What answers from the cache; loaded when there is one to answer from. */
  readonly loadCachedExchange: () => typeof CachedExchange | Promise<typeof CachedExchange>
}

/** The tenant of a call, which its event names. */
export function tenantOf(
  { tenantFor }: ClientContext,
  report: CallReport,
  domainContext: unknown,
): Tenant | Promise<Tenant> {
  const noted = (tenant: Tenant): Tenant => {
    report.issuer = tenant.issuer
    return tenant
  }
  const tenant = tenantFor(domainContext)
  return isPending(tenant) ? tenant.then(noted) : noted(tenant)
}

/** The options of an exchange with what the client says for all of them. */
export function withDefaults({ config }: ClientContext, options: ExchangeTokenOptions): ExchangeTokenOptions {
  const { dpop = config.dpop, retry = config.retry } = options
  if (!dpop && !retry) return options
  return { ...options, dpop, retry }
}

/** The error for a call that needs something of the client's configuration. */
export function missingConfiguration(call: string, field: 'audience' | 'cache'): TokenExchangeError {
  return new TokenExchangeError('invalid_configuration', `${call} needs the client's ${field}.`, {
    field,
    reason: 'missing',
  })
}
