import { checkKind, checkOptionNames } from './input/options-object.js'
import type { TokenExchangeErrorCode, TokenExchangeErrorKind } from '../generated/error-codes.js'

/** What an API says about itself in a challenge. */
export interface ChallengeOptions {
  readonly realm?: string | undefined
  /** The URL of the API's protected resource metadata (RFC 9728, section 5.1). */
  readonly resourceMetadata?: string | undefined
  /** The scopes that would be enough, separated by spaces. */
  readonly scope?: string | undefined
}

/** The status and headers of an API's own answer. */
export interface Challenge {
  readonly status: 400 | 401 | 403 | 500 | 503
  readonly headers: Readonly<Record<string, string>>
}

/** The parts of an error that decide the answer. */
interface Failure {
  readonly code: TokenExchangeErrorCode
  readonly kind: TokenExchangeErrorKind
  readonly field?: string
  readonly reason?: string
  readonly status?: number
  readonly retryAfter?: number
  readonly oauth?: { readonly error: string }
}

type Meaning =
  | 'invalid_token'
  | 'insufficient_user_authentication'
  | 'insufficient_scope'
  | 'forbidden'
  | 'unavailable'
  | 'misconfigured'

/** What the server's error codes mean for the party that called the API. A Map: server text is looked up in it. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['invalid_request', 'invalid_token'],
  ['invalid_grant', 'invalid_token'],
  ['mfa_required', 'insufficient_user_authentication'],
  ['consent_required', 'insufficient_user_authentication'],
  ['interaction_required', 'insufficient_user_authentication'],
  ['login_required', 'insufficient_user_authentication'],
  ['insufficient_user_authentication', 'insufficient_user_authentication'],
  ['invalid_scope', 'insufficient_scope'],
  ['access_denied', 'insufficient_scope'],
  ['server_error', 'unavailable'],
  ['temporarily_unavailable', 'unavailable'],
  ['too_many_requests', 'unavailable'],
  ['too_many_attempts', 'unavailable'],
])

const TOKEN_FIELDS: ReadonlySet<string | undefined> = new Set(['accessToken', 'subjectToken'])

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof ChallengeOptions>(['realm', 'resourceMetadata', 'scope'])

/** The answer of an API whose call failed with `error` (RFC 6750, section 3; RFC 9470, section 3; RFC 9728). */
export function challengeFor(error: Failure, options: ChallengeOptions): Challenge {
  checkOptionNames('toChallenge', options, OPTION_NAMES)
  checkKind('string', options, ...OPTION_NAMES)
  const meaning = meaningOf(error)
  if (meaning === 'misconfigured') return { status: 500, headers: {} }
  if (meaning === 'unavailable') {
    return { status: 503, headers: { 'Retry-After': String(error.retryAfter ?? 1) } }
  }
  // The token holds, and more scopes would not change who acts.
  if (meaning === 'forbidden') return { status: 403, headers: {} }
  const challenge = challengeText('Bearer', {
    realm: options.realm,
    error: meaning,
    scope: meaning === 'insufficient_scope' ? options.scope : undefined,
    resource_metadata: options.resourceMetadata,
  })
  return { status: meaning === 'insufficient_scope' ? 403 : 401, headers: { 'WWW-Authenticate': challenge } }
}

/** One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1). */
export function challengeText(scheme: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  return [scheme, given.map(([name, value]) => `${name}="${escaped(value ?? '')}"`).join(', ')].join(' ').trimEnd()
}

function meaningOf(error: Failure): Meaning {
  const { status, kind, code, reason, field } = error
  if (kind === 'network' || kind === 'timeout' || kind === 'aborted') return 'unavailable'
  if (status !== undefined && (status >= 500 || status === 429)) return 'unavailable'
  if (kind === 'oauth') return MEANINGS.get(error.oauth?.error ?? '') ?? 'misconfigured'
  // The caller's token holds, but the tenant does not do what this API counts on.
  if (code === 'actor_not_recorded') return 'misconfigured'
  if (kind === 'verification') return reason?.endsWith('_unavailable') ? 'unavailable' : 'invalid_token'
  if (code === 'actor_not_allowed') return 'forbidden'
  if (kind === 'policy')
    return reason === 'own_audience' || reason === 'not_verified' ? 'misconfigured' : 'invalid_token'
  if (code === 'invalid_act_claim') return 'invalid_token'
  if (code === 'invalid_token_format' && TOKEN_FIELDS.has(field)) return 'invalid_token'
  return 'misconfigured'
}

/** A quoted-string holds printable ASCII, with the quote and the backslash escaped (RFC 9110, section 5.6.4). */
function escaped(value: string): string {
  return value.replace(/[^\x20-\x7e]/gu, '').replace(/["\\]/g, '\\$&')
}
