import { decodeJwt, type JWTPayload } from 'jose'
import { TokenExchangeError } from '../errors.js'

/** The claims of a JWT that nobody has verified. */
export function unverifiedClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token)
  } catch {
    throw malformedToken()
  }
}

/** Whether `iss` names the configured `issuer`. Which spelling of the last slash is right, its metadata says later. */
export function isNamedBy(iss: unknown, issuer: string): boolean {
  return typeof iss === 'string' && (iss === issuer || `${iss}/` === issuer)
}

/** What the claims of a JWT are checked against, whoever issued it. */
export interface ClaimRules {
  readonly clockToleranceSeconds: number
  readonly currentDate: Date
  readonly requiredClaims?: readonly string[] | undefined
}

const NO_CLAIMS: readonly string[] = []

/** @throws {TypeError} When it is no list of names: of a text, each letter would be a claim. */
export function checkRequiredClaims(names: unknown): asserts names is readonly string[] | undefined {
  if (names === undefined) return
  if (Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== '')) return
  throw new TypeError('requiredClaims must be a list of names of claims')
}

/** @throws {TypeError} When it is no number of seconds. */
export function checkSeconds(field: string, seconds: unknown): asserts seconds is number | undefined {
  if (seconds === undefined || (Number.isFinite(seconds) && Number(seconds) >= 0)) return
  throw new TypeError(`${field} must be a number of seconds`)
}

/** What jose leaves open: a claim that is null, an issue in the future, an end that never comes. */
export function checkClaims(claims: JWTPayload, rules: ClaimRules): void {
  for (const name of rules.requiredClaims ?? NO_CLAIMS) {
    if (!Object.hasOwn(claims, name) || claims[name] === null) throw misfit(name)
  }
  const { aud, exp, iat } = claims
  if (Array.isArray(aud) && !aud.every((member: unknown) => typeof member === 'string')) throw misfit('aud')
  if (exp === Infinity) throw misfit('exp')
  const latest = rules.currentDate.getTime() / 1000 + rules.clockToleranceSeconds
  if (typeof iat !== 'number') throw misfit('iat')
  if (iat > latest) throw tooEarly('iat')
}

/** The error for a token that does not hold. */
export function verificationFailed(
  reason: string,
  message: string,
  field?: string,
  cause?: unknown,
): TokenExchangeError {
  return new TokenExchangeError('verification_failed', message, { reason, field, cause })
}

/** The error for a claim. */
export function misfit(name: string): TokenExchangeError {
  return verificationFailed('claim', `The claim ${name} is missing or does not fit.`, name)
}

/** The error for a time that has not come, which most often means two clocks. */
export function tooEarly(name: 'iat' | 'nbf'): TokenExchangeError {
  const message = `The claim ${name} is in the future; are the clocks further apart than the tolerance?`
  return verificationFailed('claim', message, name)
}

export function malformedToken(): TokenExchangeError {
  return verificationFailed('malformed', 'The token is not a signed JWT of a known kind.')
}
