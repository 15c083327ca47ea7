import { TokenExchangeError } from '../errors.js'
import { readLoginUrl } from './login-url.js'

/** The target as a URL, when a token may be sent there. */
export function checkTarget(targetLoginUrl: unknown, allowedTargets: readonly string[] | undefined): URL {
  const url = readLoginUrl('targetLoginUrl', targetLoginUrl)
  if (allowedTargets && !allowedTargets.some((allowed) => isSameTarget(url, new URL(allowed)))) {
    throw new TokenExchangeError('target_not_allowed', 'The target is not one of the allowed login URLs.', {
      field: 'targetLoginUrl',
      reason: 'not_allowed',
    })
  }
  return url
}

function isSameTarget(url: URL, { origin, pathname }: URL): boolean {
  return url.origin === origin && url.pathname === pathname
}
