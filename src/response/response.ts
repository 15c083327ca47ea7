import type { AcceptedTokenResponse } from '../../generated/openapi.js'
import { isAcceptedTokenResponse } from '../../generated/validators/accepted-token-response.js'
import { TokenExchangeError, printableErrorCode } from '../errors.js'
import type { OAuthErrorFields, RateLimit, TokenExchangeErrorCode, TokenExchangeErrorDetails } from '../errors.js'
import type { ReadResponse } from '../transport/bounded-fetch.js'

/** A token response whose members have one form each. */
export interface ParsedTokenResponse extends Omit<AcceptedTokenResponse, 'expires_in'> {
  readonly expires_in?: number
}

/**
 * The token response in `response` (RFC 8693, section 2.2).
 *
 * @throws {TokenExchangeError} `token_exchange_failed`, `setactor_required` or `session_transfer_disabled` for an
 *   OAuth error, whatever its status; `invalid_response` for anything that is neither, with a `reason` (`http_status`,
 *   `not_json`, `not_an_object`, `member`) and the member as `field`.
 */
export function parseTokenResponse(response: ReadResponse): ParsedTokenResponse {
  const { status } = response
  const body = parseJson(response.body)
  const members = isObject(body) ? withoutNulls(body) : undefined
  const error = members && oauthErrorIn(response, members)
  if (error) throw error
  if (status !== 200) throw invalidResponse(response, `The server answered with status ${status}.`, 'http_status')
  if (body === undefined) throw invalidResponse(response, 'The answer is not JSON.', 'not_json')
  if (!members) throw invalidResponse(response, 'The answer is not a JSON object.', 'not_an_object')
  if (Object.hasOwn(members, 'error')) {
    throw invalidResponse(response, 'The answer has a malformed error.', 'member', 'error')
  }
  if (!isAcceptedTokenResponse(members)) {
    const [problem] = isAcceptedTokenResponse.errors ?? []
    const field = problem?.instancePath.slice(1) || 'access_token'
    throw invalidResponse(response, `The member ${field} of the answer is missing or malformed.`, 'member', field)
  }
  const { expires_in: expiresIn } = members
  if (typeof expiresIn !== 'string') return members as ParsedTokenResponse
  return { ...members, expires_in: Number(expiresIn) }
}

/** `N_A`: the issued token is not used as an access token (RFC 8693, section 2.2.1). Compared without case. */
export function isNotApplicable(tokenType: string | undefined): boolean {
  return tokenType?.toUpperCase() === 'N_A'
}

/** The error for a token response whose member `field` does not fit the request. */
export function unexpectedMember(field: string, message: string): TokenExchangeError {
  return new TokenExchangeError('invalid_response', message, {
    field,
    reason: 'unexpected',
    status: 200,
  })
}

/** The JSON object that `body` is, if it is one. */
export function parseObject(body: string): Record<string, unknown> | undefined {
  const value = parseJson(body)
  return isObject(value) ? value : undefined
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // The SyntaxError quotes the body, so it is not kept as a cause.
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An optional member that is `null` is an absent one. */
export function withoutNulls(object: Record<string, unknown>): Record<string, unknown> {
  if (!Object.values(object).includes(null)) return object
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}

/** The OAuth error that an answer is, whatever its status (RFC 6749, section 5.2). */
export function oauthErrorIn(response: ReadResponse, members: Record<string, unknown>): TokenExchangeError | undefined {
  const { error } = members
  if (typeof error !== 'string') return undefined
  const code = OAUTH_CODES.find((known) => known === error) ?? 'token_exchange_failed'
  const shown = printableErrorCode(error) ?? 'an unprintable code'
  const oauth: OAuthErrorFields = {
    error,
    ...optional('errorDescription', members['error_description']),
    ...optional('errorUri', members['error_uri']),
    ...optional('mfaToken', members['mfa_token']),
  }
  return new TokenExchangeError(code, `The server refused: ${shown} (status ${response.status}).`, {
    status: response.status,
    oauth,
    ...retryHints(response.headers),
  })
}

/** Codes of the server that are codes of ours too. */
const OAUTH_CODES: readonly TokenExchangeErrorCode[] = ['setactor_required', 'session_transfer_disabled']

function optional<K extends string>(name: K, value: unknown): Partial<Record<K, string>> {
  return typeof value === 'string' ? ({ [name]: value } as Record<K, string>) : {}
}

/** The error for an answer that is not what it should be. */
export function invalidResponse(
  response: ReadResponse,
  message: string,
  reason: string,
  field?: string,
): TokenExchangeError {
  return new TokenExchangeError('invalid_response', message, {
    reason,
    field,
    status: response.status,
    ...retryHints(response.headers),
  })
}

function retryHints(headers: Headers): Pick<TokenExchangeErrorDetails, 'retryAfter' | 'rateLimit'> {
  const rateLimit: RateLimit = {
    ...count('limit', headers.get('x-ratelimit-limit')),
    ...count('remaining', headers.get('x-ratelimit-remaining')),
    ...count('resetAt', headers.get('x-ratelimit-reset')),
  }
  return {
    retryAfter: parseRetryAfter(headers.get('retry-after'), headers.get('date')),
    rateLimit: Object.keys(rateLimit).length === 0 ? undefined : rateLimit,
  }
}

function count<K extends string>(name: K, text: string | null): Partial<Record<K, number>> {
  return text !== null && /^\d{1,15}$/.test(text) ? ({ [name]: Number(text) } as Record<K, number>) : {}
}

/** Seconds, or a date that is counted from the answer's own `Date` (RFC 9110, section 10.2.3). */
function parseRetryAfter(text: string | null, date: string | null): number | undefined {
  if (text === null) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  // Date.parse reads almost anything as some date.
  const time = Date.parse(text)
  if (new Date(time).toUTCString() !== text) return undefined
  const seconds = (time - (date === null ? Date.now() : Date.parse(date))) / 1000
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined
}
