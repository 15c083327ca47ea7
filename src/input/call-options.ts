import { checkDPoP } from '../request/dpop-key.js'
import { TokenExchangeError } from '../errors.js'
import { checkRetryPolicy } from '../transport/retry.js'
import { parseUrl } from '../url.js'

/** Checks the options that configure a call instead of being sent. */
export function checkCall(given: {
  readonly signal?: unknown
  readonly timeoutMs?: unknown
  readonly dpop?: unknown
  readonly retry?: unknown
}): void {
  if (given.signal !== undefined) checkSignal(given.signal)
  if (given.timeoutMs !== undefined) checkTimeout(given.timeoutMs)
  if (given.dpop !== undefined) checkDPoP(given.dpop)
  if (given.retry !== undefined) checkRetryPolicy(given.retry)
}

/** By its members: a signal may be of another realm. */
function checkSignal(signal: unknown): void {
  const { aborted, addEventListener: listen, removeEventListener: leave } = Object(signal) as Partial<AbortSignal>
  if (typeof aborted === 'boolean' && typeof listen === 'function' && typeof leave === 'function') return
  throw new TypeError('signal must be an AbortSignal')
}

/** @throws {TypeError} When it is not a delay in milliseconds. */
export function checkTimeout(timeoutMs: unknown): asserts timeoutMs is number {
  // Node turns a longer delay into one millisecond.
  if (typeof timeoutMs === 'number' && timeoutMs > 0 && timeoutMs <= 2_147_483_647) return
  throw new TypeError('timeoutMs must be a positive number of milliseconds')
}

/**
 * The header takes one address; anything else would be somebody's list or an attempt to add a header.
 *
 * @throws {TokenExchangeError} `invalid_parameter`
 */
export function checkForwardedFor(address: unknown): asserts address is string {
  if (typeof address !== 'string') throw new TypeError('forwardedFor must be a string')
  if (isIpAddress(address)) return
  throw new TokenExchangeError('invalid_parameter', 'forwardedFor is not an IP address.', {
    field: 'forwardedFor',
    reason: 'malformed',
  })
}

function isIpAddress(text: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255)
  // The URL parser knows every form of an IPv6 address.
  return /^[0-9a-f:.]+$/i.test(text) && parseUrl(`http://[${text}]`) !== undefined
}
