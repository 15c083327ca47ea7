import { challengeFor, challengeText, type Challenge, type ChallengeOptions } from '../challenge.js'
import { TokenExchangeError } from '../errors.js'
import type { SigningAlgorithm } from '../tokens/key-source.js'
import type { Scheme } from './credentials.js'

/** How a request tried to authenticate, and how it could. */
export interface Attempt {
  readonly scheme: Scheme | undefined
  readonly accepted: readonly Scheme[]
  readonly proofAlgorithms: readonly SigningAlgorithm[]
  /** What the request needs, separated by spaces. */
  readonly scope?: string | undefined
}

interface Answer {
  readonly status: Challenge['status']
  readonly error?: string
}

/** By the reason of a `verification_failed`. A request without credentials gets no error code (RFC 6750, section 3.1). */
const ANSWERS: ReadonlyMap<string | undefined, Answer> = new Map<string, Answer>([
  ['no_credentials', { status: 401 }],
  ['scheme', { status: 401 }],
  ['invalid_request', { status: 400, error: 'invalid_request' }],
  ['invalid_dpop_proof', { status: 401, error: 'invalid_dpop_proof' }],
  ['insufficient_scope', { status: 403, error: 'insufficient_scope' }],
])

/** The same error with the status and challenge of the answer to the request. It may be another request's, too. */
export function answered(error: TokenExchangeError, attempt: Attempt): TokenExchangeError {
  const { code, message, field, reason, retryAfter, rateLimit, cause } = error
  const challenge = (options: ChallengeOptions): Challenge => answerTo(error, attempt, options)
  const { status } = challenge({})
  return new TokenExchangeError(code, message, { field, reason, status, retryAfter, rateLimit, cause, challenge })
}

function answerTo(error: TokenExchangeError, attempt: Attempt, options: ChallengeOptions): Challenge {
  const plain = challengeFor(error, options)
  const answer = error.kind === 'verification' ? ANSWERS.get(error.reason) : undefined
  if (!answer && plain.status !== 401) return plain
  const { status, error: code } = answer ?? { status: 401, error: 'invalid_token' }
  // Also for 401, so that the first token that is asked for is enough (RFC 6750, section 3).
  const scope = status === 400 ? undefined : (options.scope ?? attempt.scope)
  const challenges = attempt.accepted.map((scheme) => {
    return challengeText(scheme, {
      realm: options.realm,
      error: scheme === attempt.scheme ? code : undefined,
      scope,
      resource_metadata: options.resourceMetadata,
      algs: scheme === 'DPoP' ? attempt.proofAlgorithms.join(' ') : undefined,
    })
  })
  return { status, headers: { 'WWW-Authenticate': challenges.join(', ') } }
}
