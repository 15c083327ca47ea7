import type { ExchangeCache } from '../flows/cache-contract.js'
import { checkCall } from './call-options.js'
import type { ClientAuthentication } from '../request/client-auth.js'
import type { DPoPOptions } from '../request/dpop-key.js'
import { TokenExchangeError } from '../errors.js'
import type { OnEvent } from '../events.js'
import { checkKind, checkOptionNames } from './options-object.js'
import { checkText } from './parameters.js'
import type { RetryPolicy } from '../transport/retry.js'
import { checkAllowedTargets } from '../flows/login-url.js'
import type { DomainResolver } from '../tenant/tenant.js'
import type { Fetch } from '../transport/bounded-fetch.js'

/** How a client reaches its authorization server, and who it is there. */
export interface TokenExchangeClientConfig {
  /**
   * The tenant's domain, such as `tenant.example.com`, or an https URL; http for loopback alone. Or a function that
   * chooses one for a call, for a tenant with several custom domains.
   */
  readonly domain: string | DomainResolver
  readonly clientId: string
  readonly clientAuthentication: ClientAuthentication
  /** This API's own identifier. Needed to verify access tokens, and so for on-behalf-of. */
  readonly audience?: string | undefined
  /** Keeps exchanged tokens; `createExchangeCache()` of `onbehalf/cache`. Default: none. */
  readonly cache?: ExchangeCache | undefined
  /** Binds every new token to a key. */
  readonly dpop?: DPoPOptions | undefined
  /** Sends failed requests again. Default: never. */
  readonly retry?: RetryPolicy | undefined
  /** The login URLs that a session may be transferred to; origin and path must be the same. */
  readonly allowedTargets?: readonly string[] | undefined
  /** Told of every finished call; events hold no token. */
  readonly onEvent?: OnEvent | undefined
  /** Used for every request, discovery and keys included. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined
  /** For each request, body included, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined
  /** The clock, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

const CONFIG_NAMES: ReadonlySet<string> = new Set<keyof TokenExchangeClientConfig>([
  'domain',
  'clientId',
  'clientAuthentication',
  'audience',
  'cache',
  'dpop',
  'retry',
  'allowedTargets',
  'onEvent',
  'fetch',
  'timeoutMs',
  'now',
])

/**
 * Throws when a configuration cannot work.
 *
 * @throws {TokenExchangeError} `invalid_configuration`, `invalid_parameter`
 * @throws {TypeError} For what the types forbid.
 */
export function checkClientConfig(config: TokenExchangeClientConfig): void {
  checkOptionNames('TokenExchangeClient', config, CONFIG_NAMES)
  const { clientId, clientAuthentication, audience, allowedTargets, fetch } = config
  checkText('clientId', clientId)
  if (audience !== undefined) checkText('audience', audience)
  if (typeof (clientAuthentication as ClientAuthentication | undefined)?.authenticate !== 'function') {
    throw new TypeError('clientAuthentication must be a method such as clientSecretPost(secret)')
  }
  if (clientAuthentication.usesCertificate && !fetch) {
    throw new TokenExchangeError(
      'invalid_configuration',
      'A client certificate is shown by a fetch of your own; the global one has none.',
      { field: 'fetch', reason: 'missing' },
    )
  }
  checkKind('function', config, 'fetch', 'onEvent', 'now')
  if (config.cache !== undefined && typeof (config.cache as Partial<ExchangeCache> | null)?.run !== 'function') {
    throw new TypeError('cache must come from createExchangeCache')
  }
  checkAllowedTargets(allowedTargets)
  checkCall(config)
}
