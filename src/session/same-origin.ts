import { TokenExchangeError } from '../errors.js'
import { headerOf, type SessionRequest } from './request.js'

const MAX_RETURN_TO_LENGTH = 2000

/**
 * Throws unless a request is a POST that a page of this application sent.
 *
 * @throws {TokenExchangeError} `cross_site_request`
 */
export function requireOwnPost(request: SessionRequest, origin: string): void {
  if (request.method !== 'POST') throw refused('method', 'The request is not a POST.')
  if (headerOf(request, 'origin') !== origin) {
    throw refused('origin', 'The Origin of the request is missing, or is not this application.')
  }
}

/**
 * Throws unless `returnTo` leads to this application: a path, with a query and fragment if it likes.
 *
 * @throws {TokenExchangeError} `invalid_parameter`
 */
export function checkReturnTo(returnTo: unknown, origin: string): asserts returnTo is string {
  checkOwnPath('returnTo', returnTo, origin, 'such as "/account", and in ASCII')
}

/**
 * The same for the path of the redirection endpoint, which must not have a fragment (RFC 6749, section 3.1.2).
 *
 * @throws {TokenExchangeError} `invalid_parameter`
 */
export function checkCallbackPath(callbackPath: unknown, origin: string): asserts callbackPath is string {
  const path = typeof callbackPath === 'string' && callbackPath.includes('#') ? '' : callbackPath
  checkOwnPath('callbackPath', path, origin, 'such as "/callback", and without a fragment')
}

function checkOwnPath(field: string, path: unknown, origin: string, what: string): asserts path is string {
  if (typeof path !== 'string') throw new TypeError(`${field} must be a string`)
  if (isOwnPath(path, origin)) return
  throw new TokenExchangeError('invalid_parameter', `${field} must be a path of this application, ${what}.`, {
    field,
    reason: 'malformed',
  })
}

/** What browsers make of a backslash, a control character or a second slash is another origin. */
function isOwnPath(path: string, origin: string): boolean {
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(path) || path.length > MAX_RETURN_TO_LENGTH) return false
  return !new URL(path, origin).pathname.startsWith('//')
}

function refused(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('cross_site_request', message, { reason })
}
