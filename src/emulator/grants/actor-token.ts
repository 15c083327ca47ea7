import { errors } from 'jose'
import { ID_TOKEN_TYPE } from '../../../generated/constants.js'
import type { Exchange } from './exchange.js'
import { invalidRequest, type OAuthFailure } from '../http/failure.js'
import { issuedTo } from '../tokens/issue.js'
import { getParameter, type RequestParameters } from '../http/parameters.js'
import type { User } from '../tenant/users.js'

/** RFC 8693, section 2.1: both or neither. */
export function requireActorPair(parameters: RequestParameters): void {
  const token = getParameter(parameters, 'actor_token')
  const type = getParameter(parameters, 'actor_token_type')
  if ((token === undefined) !== (type === undefined)) {
    throw invalidRequest('actor_token and actor_token_type must be provided together.')
  }
}

/** The user of an actor token that is an ID token of this tenant. Other actor tokens are the Action's business. */
export async function verifyActorIdToken({ server, parameters, now }: Exchange): Promise<User | undefined> {
  const token = getParameter(parameters, 'actor_token')
  if (token === undefined || getParameter(parameters, 'actor_token_type') !== ID_TOKEN_TYPE) return undefined
  const keys = await server.keys()
  const claims = await keys.verify(token, server.issuer, now).catch((error: unknown) => {
    throw invalidActorToken(describeVerificationError(error))
  })
  // An access token has the same signature and issuer.
  if (issuedTo(claims) !== undefined) throw invalidActorToken('it is not an ID token')
  const user = server.tenant.users.find(claims.sub ?? '')
  if (user === undefined || user.blocked) throw invalidActorToken('its user does not exist or is blocked')
  return user
}

function invalidActorToken(reason: string): OAuthFailure {
  return invalidRequest(`Invalid actor token: ${reason}`)
}

/** Words of its own where jose's could hold parts of the token. */
function describeVerificationError(error: unknown): string {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) return error.message
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature verification failed'
  return 'it is not a signed JWT'
}
