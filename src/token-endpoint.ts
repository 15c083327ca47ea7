import type { Client } from 'openapi-fetch'
import type { paths } from '../generated/openapi.js'
import { checkTimeout } from './input/call-options.js'
import { checkKind, checkOptionNames } from './input/options-object.js'
import { issuerOf } from './tenant/domain.js'
import { DEFAULT_MAX_BYTES, DEFAULT_TIMEOUT_MS, globalFetch, type Fetch } from './transport/bounded-fetch.js'
import { createRawClient } from './transport/raw-client.js'

export type {
  CustomTokenExchangeRequest,
  CustomTokenExchangeWithActorRequest,
  OAuthError,
  OnBehalfOfRequest,
  TokenExchangeRequest,
  TokenResponse,
  paths,
} from '../generated/openapi.js'
export * from '../generated/constants.js'

/** Where a raw client sends to, and how. */
export interface TokenEndpointClientConfig {
  /** The tenant's domain, or an https URL; http for loopback alone. */
  readonly domain: string
  readonly fetch?: Fetch | undefined
  /** For each request, body included, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined
}

const CONFIG_NAMES: ReadonlySet<string> = new Set<keyof TokenEndpointClientConfig>(['domain', 'fetch', 'timeoutMs'])

/** The typed client of openapi-fetch over the description's paths. */
export type TokenEndpointClient = Client<paths>

/**
 * The typed client without the facade: wire names, the description's types, and nothing checked but them.
 *
 * Bodies are form-encoded with arrays as repeated fields, redirects are not followed, and answers are bounded in time
 * and size. The answer is openapi-fetch's `{ data, error, response }`; branch on `response.ok`. Its middleware, given to
 * `use`, sees standard requests and responses.
 *
 * @throws {TokenExchangeError} `invalid_configuration` when the domain cannot work.
 * @throws {TypeError} For what the types forbid.
 * @example
 * ```ts
 * const client = createTokenEndpointClient({ domain: 'tenant.example.com' })
 * const { data, response } = await client.POST('/oauth/token', {
 *   body: {
 *     grant_type: TOKEN_EXCHANGE_GRANT_TYPE,
 *     client_id: 'web-app',
 *     client_secret: process.env['CLIENT_SECRET'] ?? '',
 *     subject_token: 'legacy-session-4711',
 *     subject_token_type: 'urn:acme:legacy-session',
 *   },
 * })
 * if (response.ok) console.log(data?.expires_in)
 * ```
 */
export function createTokenEndpointClient(config: TokenEndpointClientConfig): TokenEndpointClient {
  checkOptionNames('createTokenEndpointClient', config, CONFIG_NAMES)
  checkKind('function', config, 'fetch')
  if (config.timeoutMs !== undefined) checkTimeout(config.timeoutMs)
  const { domain, fetch = globalFetch, timeoutMs = DEFAULT_TIMEOUT_MS } = config
  return createRawClient(issuerOf(domain), fetch, { timeoutMs, maxBytes: DEFAULT_MAX_BYTES })
}
