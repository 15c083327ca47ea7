import { isSecure } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { parseUrl } from '../url.js'

/** The query parameter that carries a session transfer token. */
export const SESSION_TRANSFER_PARAMETER = 'session_transfer_token'

/** The option that a login URL stands in. */
type Field = 'targetLoginUrl' | 'allowedTargets'

/**
 * Throws when the allowed targets are none, or one of them could never be a target.
 *
 * @throws {TokenExchangeError} `invalid_parameter` with the field `allowedTargets`.
 * @throws {TypeError} When it is no list of texts.
 */
export function checkAllowedTargets(targets: unknown): asserts targets is readonly string[] | undefined {
  if (targets === undefined) return
  if (!Array.isArray(targets)) throw new TypeError('allowedTargets must be a list of login URLs')
  for (const target of targets) readLoginUrl('allowedTargets', target)
}

/** The login URL, when a token may be sent to what it is written as. */
export function readLoginUrl(field: Field, text: unknown): URL {
  if (typeof text !== 'string') throw new TypeError(`${field}: a login URL must be a string`)
  // The URL parser drops control characters and turns backslashes: what is checked would not be what was written.
  const isPlain = /^https?:\/\/[^\s\\\p{Control}\p{Surrogate}]*$/iu.test(text)
  const url = isPlain ? parseUrl(text) : undefined
  if (!url) throw invalidLoginUrl(field, 'malformed', 'is not an absolute https URL')
  if (!isSecure(url)) throw invalidLoginUrl(field, 'insecure', 'must be https (http for loopback alone)')
  if (url.username !== '' || url.password !== '') {
    throw invalidLoginUrl(field, 'user_information', 'carries user information')
  }
  if (text.includes('#')) throw invalidLoginUrl(field, 'fragment', 'has a fragment, where no server sees a token')
  if (url.searchParams.has(SESSION_TRANSFER_PARAMETER))
    throw invalidLoginUrl(field, 'token_present', 'carries a session transfer token already')
  return url
}

/** The error for a login URL that a token must not be sent to. */
export function invalidLoginUrl(field: Field, reason: string, what: string): TokenExchangeError {
  return new TokenExchangeError('invalid_parameter', `${field}: the login URL ${what}.`, { field, reason })
}
