import type { ServerMetadata } from '../../generated/openapi.js'
import { isSecure } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { parseUrl } from '../url.js'

/**
 * Where a browser is sent to; `undefined` when the server has no such endpoint.
 *
 * @throws {TokenExchangeError} `invalid_metadata` when it is not https.
 */
export function browserEndpoint(
  metadata: ServerMetadata,
  name: 'authorization_endpoint' | 'end_session_endpoint',
): URL | undefined {
  const endpoint: unknown = metadata[name]
  if (endpoint === undefined || endpoint === null) return undefined
  const url = typeof endpoint === 'string' ? parseUrl(endpoint) : undefined
  if (typeof endpoint !== 'string' || !url || !isSecure(url)) {
    throw invalid(name, 'insecure', `The ${name} of the server is not https.`)
  }
  return new URL(endpoint)
}

/** The same for an endpoint without which there is no going on. */
export function requireBrowserEndpoint(metadata: ServerMetadata, name: 'authorization_endpoint'): URL {
  const endpoint = browserEndpoint(metadata, name)
  if (endpoint === undefined) throw invalid(name, 'missing', `The server has no ${name}.`)
  return endpoint
}

function invalid(field: string, reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('invalid_metadata', message, { field, reason })
}
