import { ACCESS_TOKEN_TYPE, CONNECTION_TOKEN_TYPE, REFRESH_TOKEN_TYPE } from '../../../generated/constants.js'
import type { TokenResponse } from '../../../generated/openapi.js'
import type { ConnectionTokenConfig } from '../config/config.js'
import { requireConfidential, type Exchange } from './exchange.js'
import { fail, invalidRequest, invalidSubjectToken } from '../http/failure.js'
import { issuedTo } from '../tokens/issue.js'
import { getParameter, requireParameter, type RequestParameters } from '../http/parameters.js'
import type { User } from '../tenant/users.js'

/** Token Vault: what a connection gave to the user, for a token of the tenant. */
export async function exchangeForConnectionToken(exchange: Exchange): Promise<TokenResponse> {
  const { check, parameters } = exchange
  check('client is confidential', requireConfidential, exchange)
  check('required parameters are there', requireParameters, parameters)
  check('requested token type is supported', requireConnectionToken, parameters)
  const user = await check('subject token is valid', findUser, exchange)
  const token = check('connection has a token of the user', findConnectionToken, parameters, user)
  return {
    access_token: token.accessToken,
    issued_token_type: CONNECTION_TOKEN_TYPE,
    token_type: 'Bearer',
    expires_in: token.expiresInSeconds,
    scope: token.scope,
  }
}

function requireParameters(parameters: RequestParameters): void {
  requireParameter(parameters, 'subject_token')
  requireParameter(parameters, 'subject_token_type')
  requireParameter(parameters, 'requested_token_type')
  requireParameter(parameters, 'connection')
}

function requireConnectionToken(parameters: RequestParameters): void {
  if (getParameter(parameters, 'requested_token_type') === CONNECTION_TOKEN_TYPE) return
  throw invalidRequest('The requested_token_type is not supported.')
}

/** The client shows a refresh token of its own, which stays usable, or an access token that it was given. */
async function findUser(exchange: Exchange): Promise<User> {
  const { parameters, server, client } = exchange
  const subjectToken = requireParameter(parameters, 'subject_token')
  switch (getParameter(parameters, 'subject_token_type')) {
    case REFRESH_TOKEN_TYPE: {
      const token = server.refreshTokens.find(subjectToken)
      if (token?.clientId !== client.id) throw invalidSubjectToken()
      return token.user
    }
    case ACCESS_TOKEN_TYPE:
      return findUserOfAccessToken(exchange, subjectToken)
    default:
      throw invalidRequest('The subject_token_type is not supported.')
  }
}

/** An access token that was issued to the client, or that is meant for the API that it is. */
async function findUserOfAccessToken({ server, client, now }: Exchange, token: string): Promise<User> {
  const keys = await server.keys()
  const claims = await keys.verify(token, server.issuer, now).catch(() => {
    throw invalidSubjectToken()
  })
  const holder = issuedTo(claims)
  const isForApi = [claims.aud].flat().includes(client.resourceServerIdentifier)
  const user = server.tenant.users.find(claims.sub ?? '')
  if (holder === undefined || (holder !== client.id && !isForApi)) throw invalidSubjectToken()
  if (user === undefined || user.blocked) throw invalidSubjectToken()
  return user
}

function findConnectionToken(parameters: RequestParameters, user: User): ConnectionTokenConfig {
  const token = user.connectionTokens.get(requireParameter(parameters, 'connection'))
  const loginHint = getParameter(parameters, 'login_hint')
  if (token === undefined || (loginHint !== undefined && loginHint !== token.loginHint)) {
    // The documentation gives the status alone.
    throw fail(401, 'access_denied', 'The user has no token of the connection.')
  }
  return token
}
