import type { JWTPayload } from 'jose'
import { ACCESS_TOKEN_TYPE } from '../../generated/constants.js'
import { readActor } from '../act/actor.js'
import type { ActClaim } from '../act/claim.js'
import {
  checkRequiredClaims,
  checkSeconds,
  isNamedBy,
  misfit,
  unverifiedClaims,
  verificationFailed,
} from './jwt-claims.js'
import type { JwtVerifier, SigningAlgorithm } from './key-source.js'
import { isBlank } from '../text.js'
import { checkToken } from '../input/token-format.js'
import { markVerified, type AccessTokenClaims, type VerifiedAccessToken } from './verified-token.js'

/** What an access token must hold. */
export interface VerifyAccessTokenOptions {
  /** Names of claims that must be there. */
  readonly requiredClaims?: readonly string[] | undefined
  /** How far clocks may be apart, in seconds. Default 5. */
  readonly clockToleranceSeconds?: number | undefined
  /** Passed to the domain resolver, when the client has one. */
  readonly domainContext?: unknown
}

/** The rules of one API for its access tokens. */
export interface AccessTokenRules {
  readonly audience: string | readonly string[]
  readonly algorithms?: readonly SigningAlgorithm[] | undefined
  /** Takes tokens of RFC 9068 alone. */
  readonly profile?: 'rfc9068' | undefined
  readonly requiredClaims?: readonly string[] | undefined
  readonly clockToleranceSeconds?: number | undefined
}

/** What one token is judged by. */
export interface Circumstances {
  /** Those that may have issued it. */
  readonly tenants: readonly { readonly issuer: string; readonly verifyJwt: JwtVerifier }[]
  /** In milliseconds since the epoch. */
  readonly now: number
  /** The thumbprint of the key that the sender proved to hold. */
  readonly jkt?: string | undefined
}

const DEFAULT_TOLERANCE_SECONDS = 5
const RFC_9068_TYPES: ReadonlySet<unknown> = new Set(['at+jwt', 'application/at+jwt'])
const HEADER_TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', ...RFC_9068_TYPES])
const TEXT_CLAIMS = ['scope', 'azp', 'client_id', 'jti']
/** RFC 9068, section 2.2. */
const REQUIRED_BY_RFC_9068 = ['client_id', 'jti']

/**
 * Verifies an access token by the keys of the one of `tenants` that its `iss` names (RFC 7519, section 7.2; RFC 9068,
 * section 4; RFC 9449, section 7.1).
 *
 * @throws {TokenExchangeError} `invalid_token_format`, `verification_failed`, `invalid_act_claim`, `invalid_metadata`, and
 *   the codes of the network.
 * @throws {TypeError} For rules that are none.
 */
export async function verifyAccessToken(
  token: string,
  rules: AccessTokenRules,
  { tenants, now, jkt }: Circumstances,
): Promise<VerifiedAccessToken> {
  checkRequiredClaims(rules.requiredClaims)
  checkSeconds('clockToleranceSeconds', rules.clockToleranceSeconds)
  checkToken('accessToken', token, ACCESS_TOKEN_TYPE)
  const tenant = tenants.length > 1 ? namedIn(token, tenants) : tenants[0]
  if (!tenant) throw misfit('iss')
  const { payload: claims, protectedHeader } = await tenant.verifyJwt(token, {
    audience: rules.audience,
    clockToleranceSeconds: rules.clockToleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS,
    currentDate: new Date(now),
    requiredClaims: rules.requiredClaims,
    algorithms: rules.algorithms,
  })
  checkType(protectedHeader.typ, rules.profile)
  checkProfile(claims, rules.profile)
  checkBinding(claims, jkt)
  const act = readActor(claims, 1) as ActClaim | undefined
  const scopes = claims.scope?.split(' ').filter((name) => name !== '') ?? []
  return markVerified({ claims, act, clientId: claims.azp ?? claims.client_id, scopes }, token)
}

type AnyTenant = Circumstances['tenants'][number]

function namedIn(token: string, tenants: readonly AnyTenant[]): AnyTenant | undefined {
  const { iss } = unverifiedClaims(token)
  return tenants.find(({ issuer }) => isNamedBy(iss, issuer))
}

function checkType(typ: unknown, profile: AccessTokenRules['profile']): void {
  const accepted = profile === 'rfc9068' ? RFC_9068_TYPES : HEADER_TYPES
  if (!accepted.has(typeof typ === 'string' ? typ.toLowerCase() : typ)) {
    throw verificationFailed('typ', 'The token is of another kind than an access token.', 'typ')
  }
}

function checkProfile(claims: JWTPayload, profile: AccessTokenRules['profile']): asserts claims is AccessTokenClaims {
  const { sub } = claims
  if (typeof sub !== 'string' || isBlank(sub)) throw misfit('sub')
  for (const name of TEXT_CLAIMS) {
    if (claims[name] !== undefined && typeof claims[name] !== 'string') throw misfit(name)
  }
  if (profile === 'rfc9068') for (const name of REQUIRED_BY_RFC_9068) if (claims[name] === undefined) throw misfit(name)
  Object.freeze(claims)
}

/** A bound token is worth nothing without its proof, and a proof nothing with a token of another key or none. */
function checkBinding({ cnf }: JWTPayload, jkt: string | undefined): void {
  if (cnf !== undefined && (typeof cnf !== 'object' || Array.isArray(cnf))) throw misfit('cnf')
  const bound: unknown = (cnf as { readonly jkt?: unknown } | null | undefined)?.jkt
  if (bound === jkt) return
  const message =
    jkt === undefined
      ? 'The token is bound to a key: it goes with the scheme DPoP and a proof.'
      : 'The token is not bound to the key of the proof.'
  throw verificationFailed('binding', message, 'cnf')
}
