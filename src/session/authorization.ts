import type { ServerMetadata } from '../../generated/openapi.js'
import { TokenExchangeError } from '../errors.js'
import { checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import type { SessionTransferParameters } from '../flows/session-transfer-redirect.js'
import { isBlank } from '../text.js'
import { requireBrowserEndpoint } from './endpoints.js'
import { codeChallenge, type LoginTransaction } from './login-transaction.js'
import { checkReturnTo } from './same-origin.js'

/** The options of `startInteractiveLogin`. */
export interface InteractiveLoginOptions {
  /** Where the browser goes in the end: a path of this application. Default `/`. */
  readonly returnTo?: string | undefined
  /** Scopes, separated by spaces; `openid` is always asked for. Default `openid profile email`. */
  readonly scope?: string | undefined
  /** The API that the access token is for. Without it, the server's default. */
  readonly audience?: string | undefined
  /** The organization's id or name to sign in to. Default: the one that comes with a session transfer token. */
  readonly organization?: string | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof InteractiveLoginOptions>([
  'returnTo',
  'scope',
  'audience',
  'organization',
])

export function checkInteractiveLogin(options: InteractiveLoginOptions, origin: string): void {
  checkOptionNames('startInteractiveLogin', options, OPTION_NAMES)
  if (options.returnTo !== undefined) checkReturnTo(options.returnTo, origin)
  for (const name of ['scope', 'audience', 'organization'] as const) {
    if (options[name] !== undefined) checkText(name, options[name])
  }
}

/** Where a login begins (RFC 6749, section 4.1.1; OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636, section 4.3). */
export async function authorizationUrl(
  metadata: ServerMetadata,
  { clientId, redirectUri }: { readonly clientId: string; readonly redirectUri: string },
  transaction: LoginTransaction,
  transfer: SessionTransferParameters | undefined,
): Promise<string> {
  const url = requireBrowserEndpoint(metadata, 'authorization_endpoint')
  const parameters = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: transaction.scope,
    audience: transaction.audience,
    organization: transaction.organization,
    state: transaction.state,
    nonce: transaction.nonce,
    code_challenge: await codeChallenge(transaction.codeVerifier),
    code_challenge_method: 'S256',
    session_transfer_token: transfer?.session_transfer_token,
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url.href
}

/**
 * Throws unless an answer is to this login.
 *
 * @throws {TokenExchangeError} `login_failed`
 */
export function checkState(query: URLSearchParams, { state }: LoginTransaction): void {
  if (only(query, 'state') === state) return
  throw loginFailed('state', 'The answer is to another login than the one that this browser began.')
}

/**
 * The code in the answer to a login (RFC 6749, section 4.1.2; RFC 9207, section 2.4).
 *
 * @throws {TokenExchangeError} `login_failed`
 */
export function authorizationCode(query: URLSearchParams, metadata: ServerMetadata): string {
  checkIssuer(query, metadata)
  const error = only(query, 'error')
  if (error !== undefined) {
    const errorDescription = only(query, 'error_description')
    throw new TokenExchangeError('login_failed', 'The server refused the login.', {
      reason: 'refused',
      oauth: { error, ...(errorDescription === undefined ? {} : { errorDescription }) },
    })
  }
  const code = only(query, 'code')
  if (code === undefined || isBlank(code)) throw loginFailed('malformed', 'The answer has no code, or several.')
  return code
}

function checkIssuer(query: URLSearchParams, metadata: ServerMetadata & { readonly [member: string]: unknown }): void {
  const isAnnounced = metadata['authorization_response_iss_parameter_supported'] === true
  if (!isAnnounced && !query.has('iss')) return
  if (only(query, 'iss') !== metadata.issuer) throw loginFailed('issuer', 'The answer comes from another server.')
}

/** A parameter that comes twice has no meaning (RFC 6749, section 3.1). */
function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name)
  return values.length === 1 ? values[0] : undefined
}

export function loginFailed(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('login_failed', message, { reason })
}
