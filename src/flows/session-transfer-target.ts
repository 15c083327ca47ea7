import { isSecure } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { parseUrl } from '../url.js'

/** The query parameter that carries a session transfer token. */
export const SESSION_TRANSFER_PARAMETER = 'session_transfer_token'

/** The target as a URL, when a token may be sent there. */
export function checkTarget(targetLoginUrl: unknown, allowedTargets: readonly string[] | undefined): URL {
  if (typeof targetLoginUrl !== 'string') throw new TypeError('targetLoginUrl must be a string')
  // The URL parser drops control characters and turns backslashes: what is checked would not be what was written.
  if (/[\s\\\p{Control}\p{Surrogate}]/u.test(targetLoginUrl) || !/^https?:\/\//i.test(targetLoginUrl)) {
    throw invalidTarget('malformed', 'is not an absolute https URL')
  }
  if (!parseUrl(targetLoginUrl)) throw invalidTarget('malformed', 'is not an absolute https URL')
  const url = new URL(targetLoginUrl)
  if (!isSecure(url)) throw invalidTarget('insecure', 'must be https (http for loopback alone)')
  if (url.username !== '' || url.password !== '') throw invalidTarget('user_information', 'carries user information')
  if (targetLoginUrl.includes('#')) throw invalidTarget('fragment', 'has a fragment, where no server sees a token')
  if (url.searchParams.has(SESSION_TRANSFER_PARAMETER))
    throw invalidTarget('token_present', 'carries a session transfer token already')
  if (allowedTargets && !allowedTargets.some((allowed) => isSameTarget(url, allowed))) {
    throw new TokenExchangeError('target_not_allowed', 'The target is not one of the allowed login URLs.', {
      field: 'targetLoginUrl',
      reason: 'not_allowed',
    })
  }
  return url
}

function isSameTarget(url: URL, allowed: string): boolean {
  const { origin, pathname } = new URL(allowed)
  return url.origin === origin && url.pathname === pathname
}

/** The error for a target that a token must not be sent to. */
export function invalidTarget(reason: string, what: string): TokenExchangeError {
  return new TokenExchangeError('invalid_parameter', `The target login URL ${what}.`, {
    field: 'targetLoginUrl',
    reason,
  })
}
