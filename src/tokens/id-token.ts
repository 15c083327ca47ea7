import type { JWTPayload } from 'jose'
import { readActor } from '../act/actor.js'
import type { ActClaim } from '../../generated/openapi.js'
import { TokenExchangeError } from '../errors.js'
import { verificationFailed, type JwtVerifier } from './key-source.js'

/** How far clocks may be apart, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 30

/** Why nothing is known about who acts. */
export type ActUnavailable = 'no_id_token' | 'keys_unavailable' | 'invalid_id_token' | 'malformed_act'

/** What an exchange's ID token says about who acts; both absent when nobody does. */
export interface ActOnResult {
  /** From the verified ID token. */
  readonly act?: ActClaim
  /** Why `act` could not be read. */
  readonly actUnavailable?: ActUnavailable
}

/** What an ID token is checked against. */
export interface IdTokenContext {
  readonly clientId: string
  readonly organization: string | undefined
  readonly verifyJwt: JwtVerifier
  /** In milliseconds since the epoch. */
  readonly now: number
}

/**
 * Who acts, by the ID token that came with an exchange (OpenID Connect Core 1.0, section 3.1.3.7).
 *
 * The exchange has succeeded at the server, so keys that cannot be read do not undo it.
 *
 * @throws {TokenExchangeError} `organization_mismatch`; `verification_failed` when an organization was asked for and
 *   the ID token that should name it does not hold.
 */
export async function readIdToken(idToken: string, context: IdTokenContext): Promise<ActOnResult> {
  const claims = await verifyIdToken(idToken, context).catch((error: unknown) => {
    if (error instanceof TokenExchangeError) return error
    throw error
  })
  if (claims instanceof TokenExchangeError) {
    const isUnknown = claims.kind !== 'verification' || claims.reason === 'keys_unavailable'
    if (isUnknown) return { actUnavailable: 'keys_unavailable' }
    if (context.organization !== undefined) throw claims
    return { actUnavailable: 'invalid_id_token' }
  }
  if (context.organization !== undefined) checkOrganization(claims, context.organization)
  try {
    const act = readActor(claims, 1)
    return act ? { act: act as ActClaim } : {}
  } catch {
    return { actUnavailable: 'malformed_act' }
  }
}

/**
 * The claims of an ID token that holds for this client.
 *
 * @throws {TokenExchangeError} `verification_failed`, and the codes of the network when the keys cannot be read.
 */
export async function verifyIdToken(
  idToken: string,
  { clientId, verifyJwt, now }: Omit<IdTokenContext, 'organization'>,
): Promise<JWTPayload> {
  const { payload } = await verifyJwt(idToken, {
    audience: clientId,
    clockToleranceSeconds: CLOCK_TOLERANCE_SECONDS,
    currentDate: new Date(now),
    requiredClaims: ['sub'],
  })
  const { aud, azp } = payload
  // Several audiences need an azp, and an azp must be this client (OpenID Connect Core 1.0, section 3.1.3.7).
  if (azp === undefined ? Array.isArray(aud) && aud.length > 1 : azp !== clientId) {
    throw verificationFailed('claim', 'The claim azp is missing or does not fit.', 'azp')
  }
  return payload
}

/**
 * An id is compared exactly, a name without case, as names are in lower case at the server.
 *
 * @throws {TokenExchangeError} `organization_mismatch`
 */
export function checkOrganization(claims: JWTPayload, organization: string): void {
  const { org_id: id, org_name: name } = claims
  const matches = organization.startsWith('org_')
    ? id === organization
    : typeof name === 'string' && name.toLowerCase() === organization.toLowerCase()
  if (matches) return
  throw new TokenExchangeError(
    'organization_mismatch',
    'The ID token belongs to another organization than the one that was asked for, or to none.',
    { field: organization.startsWith('org_') ? 'org_id' : 'org_name', reason: 'mismatch' },
  )
}
