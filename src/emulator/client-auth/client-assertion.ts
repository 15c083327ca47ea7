import { decodeJwt, jwtVerify, type JWTPayload } from 'jose'
import { CLIENT_ASSERTION_TYPE } from '../../../generated/constants.js'
import type { Client } from '../tenant/clients.js'
import { getParameter, type RequestParameters } from '../http/parameters.js'
import { endpoint, PATHS } from '../http/paths.js'
import type { Server } from '../server.js'

export const ASSERTION_ALGORITHMS = ['RS256', 'RS384', 'PS256', 'PS384', 'ES256', 'ES384'] as const

const MAX_BYTES = 2048
const MAX_ID_LENGTH = 64
const MAX_LIFETIME_SECONDS = 300
const CLOCK_SKEW_SECONDS = 10

/** The client whose assertion this is, or undefined. Source: Auth0, "Authenticate with private key JWT". */
export async function verifyClientAssertion(
  server: Server,
  parameters: RequestParameters,
  now: number,
): Promise<Client | undefined> {
  const assertion = getParameter(parameters, 'client_assertion') ?? ''
  if (getParameter(parameters, 'client_assertion_type') !== CLIENT_ASSERTION_TYPE) return undefined
  if (assertion.length > MAX_BYTES) return undefined
  const client = server.tenant.clients.get(readSubject(assertion) ?? '')
  if (client === undefined) return undefined
  if ((getParameter(parameters, 'client_id') ?? client.id) !== client.id) return undefined

  const claims = await verifyWithAnyKey(assertion, client, server.issuer, now)
  if (claims === undefined || !isFresh(claims, now)) return undefined
  const id = readId(claims)
  return id !== undefined && server.assertionIds.add(client.id, id) ? client : undefined
}

function readSubject(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub
  } catch {
    return undefined
  }
}

async function verifyWithAnyKey(
  assertion: string,
  client: Client,
  issuer: string,
  now: number,
): Promise<JWTPayload | undefined> {
  for (const key of client.publicKeys) {
    const verified = await jwtVerify(assertion, key, {
      algorithms: [...ASSERTION_ALGORITHMS],
      issuer: client.id,
      subject: client.id,
      audience: [issuer, endpoint(issuer, PATHS.token)],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(now),
    }).catch(() => undefined)
    if (verified !== undefined) return verified.payload
  }
  return undefined
}

/** Whether the assertion lives short enough. The tolerance is for `iat` and `nbf`, not for `exp`. */
function isFresh({ exp = 0, iat }: JWTPayload, now: number): boolean {
  const seconds = now / 1000
  if (exp <= seconds || exp > Math.ceil(seconds) + MAX_LIFETIME_SECONDS) return false
  return iat === undefined || iat <= seconds + CLOCK_SKEW_SECONDS
}

function readId({ jti }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof jti === 'string' && jti !== '' && jti.length <= MAX_ID_LENGTH ? jti : undefined
}
