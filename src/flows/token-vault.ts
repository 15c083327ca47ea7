import {
  ACCESS_TOKEN_TYPE,
  CONNECTION_TOKEN_TYPE,
  REFRESH_TOKEN_TYPE,
  TOKEN_VAULT_GRANT_TYPE,
} from '../../generated/constants.js'
import type { TokenVaultRequest } from '../../generated/openapi.js'
import { checkCall, checkForwardedFor } from '../input/call-options.js'
import type { CallOptions } from '../input/exchange-options.js'
import { checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import { unexpectedMember } from '../response/response.js'
import { addLifetime, type Issued, type Writable } from '../response/result.js'
import type { CallReport } from '../observe.js'
import { requestToken } from '../request/token-request.js'
import { tenantOf, type ClientContext } from './context.js'
import type { RetryPolicy } from '../transport/retry.js'
import { checkToken } from '../input/token-format.js'

/** The options of `getTokenForConnection`. */
export interface ConnectionTokenOptions extends CallOptions {
  /** The user's Auth0 token. */
  readonly subjectToken: string
  readonly subjectTokenType: typeof REFRESH_TOKEN_TYPE | typeof ACCESS_TOKEN_TYPE
  /** The connection, such as `google-oauth2`. */
  readonly connection: string
  /** Which of the user's accounts there. */
  readonly loginHint?: string | undefined
  readonly forwardedFor?: string | undefined
  readonly retry?: RetryPolicy | undefined
}

/** The access token that a connection gave to the user. */
export interface ConnectionTokenResult {
  readonly accessToken: string
  readonly tokenType: string
  /** Lifetime in seconds, counted from the request. */
  readonly expiresIn?: number
  /** In seconds since the epoch. */
  readonly expiresAt?: number
  readonly scope?: string
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof ConnectionTokenOptions>([
  'subjectToken',
  'subjectTokenType',
  'connection',
  'loginHint',
  'forwardedFor',
  'retry',
  'signal',
  'timeoutMs',
  'domainContext',
])

/** Asks for the token of a connection (Auth0 Token Vault). */
export async function getTokenForConnection(
  context: ClientContext,
  report: CallReport,
  options: ConnectionTokenOptions,
): Promise<ConnectionTokenResult> {
  const body = connectionTokenRequest(options)
  const tenant = await tenantOf(context, report, options.domainContext)
  const { forwardedFor, signal, timeoutMs, retry = context.config.retry } = options
  const request = { forwardedFor, signal, timeoutMs, retry }
  return connectionTokenResult(await requestToken(context.sender, tenant, body, request))
}

/** The request, after every check that needs no request. */
function connectionTokenRequest(options: ConnectionTokenOptions): TokenVaultRequest {
  checkOptionNames('getTokenForConnection', options, OPTION_NAMES)
  const { subjectToken, subjectTokenType, connection, loginHint, forwardedFor } = options
  if (subjectTokenType !== REFRESH_TOKEN_TYPE && (subjectTokenType as unknown) !== ACCESS_TOKEN_TYPE) {
    throw new TypeError('subjectTokenType must be REFRESH_TOKEN_TYPE or ACCESS_TOKEN_TYPE')
  }
  checkToken('subjectToken', subjectToken, subjectTokenType)
  checkText('connection', connection)
  if (loginHint !== undefined) checkText('loginHint', loginHint)
  if (forwardedFor !== undefined) checkForwardedFor(forwardedFor)
  checkCall(options)
  return {
    grant_type: TOKEN_VAULT_GRANT_TYPE,
    subject_token: subjectToken,
    subject_token_type: subjectTokenType,
    requested_token_type: CONNECTION_TOKEN_TYPE,
    connection,
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  }
}

/** Narrows what was issued; its issued type is the connection's, so it never fits an exchange's result. */
function connectionTokenResult(issued: Issued): ConnectionTokenResult {
  const { access_token: accessToken, token_type: tokenType, issued_token_type: type } = issued.response
  if (type !== undefined && type !== CONNECTION_TOKEN_TYPE && type !== ACCESS_TOKEN_TYPE) {
    throw unexpectedMember('issued_token_type', 'The server did not issue a token of the connection.')
  }
  if (tokenType === undefined) throw unexpectedMember('token_type', 'The answer has no token_type.')
  const result: Writable<ConnectionTokenResult> = { accessToken, tokenType }
  addLifetime(result, issued)
  return result
}
