import { MFA_OTP_GRANT_TYPE, TOKEN_EXCHANGE_GRANT_TYPE, TOKEN_VAULT_GRANT_TYPE } from '../../generated/constants.js'
import type { TokenResponse } from '../../generated/openapi.js'
import { exchangeAuthorizationCode } from './grants/authorization-code.js'
import { authenticateClient, readClientAddress } from './client-auth/client-authentication.js'
import { issueForClient } from './grants/client-credentials.js'
import type { Client } from './tenant/clients.js'
import type { Connection } from './http/connection.js'
import { exchangeForConnectionToken } from './grants/connection-token.js'
import { exchangeCustomToken } from './grants/custom-token-exchange.js'
import type { Exchange } from './grants/exchange.js'
import { fail } from './http/failure.js'
import { exchangeOnBehalfOf, isOnBehalfOf } from './grants/on-behalf-of.js'
import {
  collectParameters,
  requireParameter,
  SINGLE_TOKEN_PARAMETERS,
  type RequestParameters,
} from './http/parameters.js'
import { nonceHeader } from './proof-of-possession/proof-of-possession.js'
import { exchangeRefreshToken } from './grants/refresh-token.js'
import { readFields } from './http/request-body.js'
import type { RequestLog } from './journal/request-log.js'
import { continueWithOtp } from './grants/second-factor.js'
import type { Server } from './server.js'

type Grant = (exchange: Exchange) => Promise<TokenResponse>

const GRANTS: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  [
    TOKEN_EXCHANGE_GRANT_TYPE,
    (exchange) =>
      isOnBehalfOf(exchange.server.tenant, exchange.parameters)
        ? exchangeOnBehalfOf(exchange)
        : exchangeCustomToken(exchange),
  ],
  [TOKEN_VAULT_GRANT_TYPE, exchangeForConnectionToken],
  ['authorization_code', exchangeAuthorizationCode],
  ['refresh_token', exchangeRefreshToken],
  ['client_credentials', issueForClient],
  [MFA_OTP_GRANT_TYPE, continueWithOtp],
])

export const GRANT_TYPES: readonly string[] = [...GRANTS.keys()]

export interface TokenAnswer {
  readonly body: TokenResponse
  readonly headers: Readonly<Record<string, string>>
}

/** One request to the token endpoint. Throws an `OAuthFailure` for everything that the server refuses. */
export async function requestToken(
  server: Server,
  request: Request,
  connection: Connection,
  log: RequestLog,
): Promise<TokenAnswer> {
  const { check } = log
  log.headers = check('request is within the rate limit', server.rateLimit)
  const parameters = await check('request is well formed', readParameters, request)
  log.parameters = parameters
  const grant = check('grant type is supported', selectGrant, parameters)
  const now = server.now()
  const attempt = { server, request, parameters, connection, now }
  const { client, authMethod } = await check('client authenticates', authenticateClient, attempt)
  log.clientId = client.id
  check('client may use the grant type', requireAllowedGrantType, client, parameters)
  const ip = readClientAddress(request, connection, client, authMethod)
  const exchange = { server, check, log, request, parameters, client, authMethod, ip, now }
  return { body: await grant(exchange), headers: nonceHeader(exchange) }
}

async function readParameters(request: Request): Promise<RequestParameters> {
  return collectParameters(await readFields(request), SINGLE_TOKEN_PARAMETERS)
}

function selectGrant(parameters: RequestParameters): Grant {
  const grant = GRANTS.get(requireParameter(parameters, 'grant_type'))
  if (grant === undefined) throw fail(400, 'unsupported_grant_type', 'Grant type not supported')
  return grant
}

function requireAllowedGrantType(client: Client, parameters: RequestParameters): void {
  const grantType = requireParameter(parameters, 'grant_type')
  if (client.grantTypes?.has(grantType) ?? true) return
  throw fail(403, 'unauthorized_client', `Grant type \`${grantType}\` not allowed for the client.`)
}
