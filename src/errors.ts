import { challengeFor, type Challenge, type ChallengeOptions } from './challenge.js'
import { ERROR_KINDS, type TokenExchangeErrorCode, type TokenExchangeErrorKind } from '../generated/error-codes.js'

export { TokenExchangeErrorCode, type TokenExchangeErrorKind } from '../generated/error-codes.js'

/** What the server said, unchanged. It can quote tokens and user data: do not log it. */
export interface OAuthErrorFields {
  readonly error: string
  readonly errorDescription?: string
  readonly errorUri?: string
  readonly mfaToken?: string
}

/** The `X-RateLimit-*` headers of an answer. */
export interface RateLimit {
  readonly limit?: number
  readonly remaining?: number
  /** When the limit is full again, in seconds since the epoch. */
  readonly resetAt?: number
}

/** What an error can say beside its code and message. */
export interface TokenExchangeErrorDetails {
  /** The option or response member that the error is about. */
  readonly field?: string | undefined
  /** What is wrong with it, as a stable word. */
  readonly reason?: string | undefined
  /** The HTTP status of the server's answer; of your own, when it was an incoming request that failed. */
  readonly status?: number | undefined
  /** Seconds to wait before another try, when the server said so. */
  readonly retryAfter?: number | undefined
  readonly rateLimit?: RateLimit | undefined
  readonly oauth?: OAuthErrorFields | undefined
  /** What `toChallenge` gives, when the code does not tell enough. */
  readonly challenge?: ((options: ChallengeOptions) => Challenge) | undefined
  readonly cause?: unknown
}

/** Shared by every copy of this package in a process. */
const BRAND = Symbol.for('onbehalf.TokenExchangeError')
const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/**
 * Every failure that this package reports, with a stable `code`.
 *
 * No token, secret or response body is in its message, its JSON form or what `console.log` prints. The server's own
 * words stand in `oauth`, which is not enumerable.
 *
 * @example
 * ```ts
 * try {
 *   await client.exchangeToken({ subjectToken, subjectTokenType: 'urn:acme:legacy-session' })
 * } catch (error) {
 *   if (error instanceof TokenExchangeError && error.kind === 'oauth') console.error(error.code, error.status)
 *   else throw error
 * }
 * ```
 */
export class TokenExchangeError extends Error {
  override readonly name = 'TokenExchangeError'
  readonly code: TokenExchangeErrorCode
  readonly kind: TokenExchangeErrorKind
  declare readonly field?: string
  declare readonly reason?: string
  declare readonly status?: number
  declare readonly retryAfter?: number
  declare readonly rateLimit?: RateLimit
  declare readonly oauth?: OAuthErrorFields
  readonly #challenge: ((options: ChallengeOptions) => Challenge) | undefined

  constructor(code: TokenExchangeErrorCode, message: string, details: TokenExchangeErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.kind = ERROR_KINDS[code]
    this.#challenge = details.challenge
    if (details.field !== undefined) this.field = details.field
    if (details.reason !== undefined) this.reason = details.reason
    if (details.status !== undefined) this.status = details.status
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter
    if (details.rateLimit !== undefined) this.rateLimit = details.rateLimit
    Object.defineProperty(this, BRAND, { value: true })
    if (details.oauth !== undefined) Object.defineProperty(this, 'oauth', { value: details.oauth })
  }

  /** Whether the same call may succeed later. Never for attack protection, which every try prolongs. */
  get retryable(): boolean {
    if (this.oauth?.error === 'too_many_attempts') return false
    const { kind, status } = this
    return kind === 'network' || kind === 'timeout' || status === 429 || (status !== undefined && status >= 500)
  }

  /**
   * The status and headers with which an API answers the request that led here.
   *
   * An expired or invalid subject is 401 `invalid_token`; a second factor or consent 401
   * `insufficient_user_authentication`; a refused scope 403 `insufficient_scope`; a rate limit, the network or a 5xx
   * 503 with `Retry-After`; an actor that may not act 403; anything that this API did wrong 500 (RFC 6750, section 3;
   * RFC 9470, section 3). After `verifyRequest`, it names the schemes that the API takes (RFC 9449, section 7.1).
   *
   * @throws {TypeError} For what the types forbid.
   * @example
   * ```ts
   * const resourceMetadata = 'https://mcp.example.com/.well-known/oauth-protected-resource'
   * return new Response(null, error.toChallenge({ resourceMetadata }))
   * ```
   */
  toChallenge(options: ChallengeOptions = {}): Challenge {
    return this.#challenge?.(options) ?? challengeFor(this, options)
  }

  /** The parts that may stand in a log. */
  toJSON(): Record<string, unknown> {
    const { name, message, code, kind, field, reason, status, retryAfter, rateLimit } = this
    const oauthError = this.oauth && printableErrorCode(this.oauth.error)
    const members = { name, code, kind, message, field, reason, status, retryAfter, rateLimit, oauthError }
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
  }

  /** For `console.log` in Node: the stack and the JSON form. A cause is named, not printed, since others wrote it. */
  [INSPECT](): string {
    const { name: _name, message: _message, ...members } = this.toJSON()
    const cause = this.cause instanceof Error ? ` [cause: ${this.cause.name}]` : ''
    return `${this.stack ?? `${this.name}: ${this.message}`} ${JSON.stringify(members)}${cause}`
  }
}

/**
 * Whether `error` is a `TokenExchangeError`, also one of another copy of this package, where `instanceof` says no.
 *
 * @example
 * ```ts
 * if (isTokenExchangeError(error)) console.error(error.code)
 * ```
 */
export function isTokenExchangeError(error: unknown): error is TokenExchangeError {
  return error instanceof Error && Object.hasOwn(error, BRAND)
}

/**
 * The server's error code when it is short and made of the characters that RFC 6749, section 5.2 allows.
 *
 * Anything else could be a token that a server put in the wrong place.
 */
export function printableErrorCode(error: string): string | undefined {
  return /^[a-z0-9_.-]{1,40}$/i.test(error) ? error : undefined
}
