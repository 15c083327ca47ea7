import { isSecure } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { checkOptionNames } from '../input/options-object.js'
import { parseUrl } from '../url.js'
import type { DelegatedFetchOptions } from './delegated-fetch.js'

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof DelegatedFetchOptions>([
  'origins',
  'accessToken',
  'audience',
  'scope',
  'allowOwnAudience',
  'forwardedFor',
  'dpop',
  'retry',
  'cache',
  'timeoutMs',
  'domainContext',
])

/**
 * The origins that a delegated fetch may send its token to. What the other options say is checked with its first call.
 *
 * @throws {TokenExchangeError} `invalid_parameter` for an origin that is `malformed` or `insecure`, or a `blank` list.
 * @throws {TypeError} For an option that there is not.
 */
export function allowedOrigins(options: DelegatedFetchOptions): ReadonlySet<string> {
  checkOptionNames('delegatedFetch', options, OPTION_NAMES)
  const origins: unknown = options.origins
  if (!Array.isArray(origins)) throw new TypeError('delegatedFetch needs origins: a list of texts')
  if (origins.length === 0) throw invalidOrigin('blank', 'origins is an empty list.')
  return new Set(origins.map(checkOrigin))
}

/** A path would look as if it were a limit. */
function checkOrigin(text: unknown): string {
  if (typeof text !== 'string') throw new TypeError('origins must be texts')
  const url = parseUrl(text)
  if (!url || url.href !== `${url.protocol}//${url.host}/`) {
    throw invalidOrigin('malformed', 'An origin is a scheme, a host and a port, such as https://api.example.com.')
  }
  if (!isSecure(url)) throw invalidOrigin('insecure', 'Tokens are sent to https origins alone (http for loopback).')
  return url.origin
}

function invalidOrigin(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('invalid_parameter', message, { field: 'origins', reason })
}
