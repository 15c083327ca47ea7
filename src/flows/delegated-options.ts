import { isSecure } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { parseUrl } from '../url.js'

/**
 * The origins that a delegated fetch may send its token to.
 *
 * @throws {TokenExchangeError} `invalid_parameter` for an origin that is `malformed` or `insecure`, or a `blank` list.
 */
export function allowedOrigins(origins: unknown): ReadonlySet<string> {
  if (!Array.isArray(origins)) throw new TypeError('delegatedFetch needs origins: a list of texts')
  if (origins.length === 0) throw invalidOrigin('blank', 'origins is an empty list.')
  return new Set(origins.map(checkOrigin))
}

/** A path would look as if it were a limit. */
function checkOrigin(text: unknown): string {
  if (typeof text !== 'string') throw new TypeError('origins must be texts')
  const url = parseUrl(text)
  if (!url || url.host === '' || url.href !== `${url.protocol}//${url.host}/`) {
    throw invalidOrigin('malformed', 'An origin is a scheme, a host and a port, such as https://api.example.com.')
  }
  if (!isSecure(url)) throw invalidOrigin('insecure', 'Tokens are sent to https origins alone (http for loopback).')
  return url.origin
}

function invalidOrigin(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('invalid_parameter', message, { field: 'origins', reason })
}
