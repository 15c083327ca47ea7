import { checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import type { SessionTransferTokenResult } from './session-transfer.js'
import { SESSION_TRANSFER_PARAMETER, checkAllowedTargets, invalidLoginUrl } from './login-url.js'
import { checkTarget } from './session-transfer-target.js'
import { isBlank } from '../text.js'
import { parseUrl } from '../url.js'

const ORGANIZATION_PARAMETER = 'organization'

/** What goes along with a session transfer. */
export interface SessionTransferRedirectOptions {
  /** The organization to sign in to. */
  readonly organization?: string | undefined
  /** The login URLs that may be sent to; origin and path must be the same. Default: any https URL. */
  readonly allowedTargets?: readonly string[] | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof SessionTransferRedirectOptions>([
  'organization',
  'allowedTargets',
])

/**
 * The URL that hands a session transfer token to the login page of another application.
 *
 * A pure function: nothing is requested and nothing is stored. The target must be an address that you chose, never one
 * that a user sent.
 *
 * @param targetLoginUrl An absolute https URL; http for loopback alone. Its query is kept.
 * @param result What `requestSessionTransferToken` gave.
 * @throws {TokenExchangeError} `invalid_parameter` with the field `targetLoginUrl` and a `reason`: `malformed`,
 *   `insecure`, `user_information`, `fragment`, `token_present` or `organization_present`, or the field
 *   `allowedTargets` for one of them; `target_not_allowed`.
 * @throws {TypeError} For what the types forbid.
 * @example
 * ```ts
 * const url = buildSessionTransferRedirect('https://app.example.com/login', transfer, { organization: 'org_1' })
 * return sessionTransferResponse(url)
 * ```
 */
export function buildSessionTransferRedirect(
  targetLoginUrl: string,
  result: SessionTransferTokenResult,
  options: SessionTransferRedirectOptions = {},
): string {
  checkOptionNames('buildSessionTransferRedirect', options, OPTION_NAMES)
  const { organization, allowedTargets } = options
  checkAllowedTargets(allowedTargets)
  const url = checkTarget(targetLoginUrl, allowedTargets)
  const token: unknown = (result as Partial<SessionTransferTokenResult> | null)?.sessionTransferToken
  if (typeof token !== 'string' || isBlank(token)) throw new TypeError('the result has no session transfer token')
  if (organization !== undefined) {
    checkText('organization', organization)
    if (url.searchParams.has(ORGANIZATION_PARAMETER)) {
      throw invalidLoginUrl('targetLoginUrl', 'organization_present', 'carries an organization already')
    }
  }
  url.searchParams.append(SESSION_TRANSFER_PARAMETER, token)
  if (organization !== undefined) url.searchParams.append(ORGANIZATION_PARAMETER, organization)
  return url.href
}

/**
 * The response that sends the browser to a session transfer URL: 303, not cached, and without a `Referer` from here on.
 *
 * @param url What `buildSessionTransferRedirect` gave.
 * @throws {TypeError} When it is something else.
 * @example
 * ```ts
 * return sessionTransferResponse(buildSessionTransferRedirect('https://app.example.com/login', transfer))
 * ```
 */
export function sessionTransferResponse(url: string): Response {
  if (!absoluteUrl('url', url).searchParams.has(SESSION_TRANSFER_PARAMETER)) {
    throw new TypeError('url must come from buildSessionTransferRedirect')
  }
  return new Response(null, {
    status: 303,
    headers: { Location: url, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  })
}

/** The parameters that a login with a session transfer token adds to `/authorize`. */
export interface SessionTransferParameters {
  readonly session_transfer_token: string
  readonly organization?: string
}

/**
 * What the target of a session transfer passes on to `/authorize`, from the login URL that the browser came to.
 *
 * The first token that is not blank counts; an organization counts only next to one.
 *
 * @param loginUrl The absolute URL of the incoming request.
 * @returns `undefined` when the login is an ordinary one.
 * @throws {TypeError} When it is no absolute URL.
 * @example
 * ```ts
 * const parameters = sessionTransferParameters(request.url)
 * if (parameters) for (const [name, value] of Object.entries(parameters)) authorizeUrl.searchParams.set(name, value)
 * ```
 */
export function sessionTransferParameters(loginUrl: string | URL): SessionTransferParameters | undefined {
  const { searchParams } = absoluteUrl('loginUrl', loginUrl)
  const token = searchParams.getAll(SESSION_TRANSFER_PARAMETER).find((value) => !isBlank(value))
  if (token === undefined) return undefined
  const organization = searchParams.getAll(ORGANIZATION_PARAMETER).find((value) => !isBlank(value))
  return { session_transfer_token: token, ...(organization === undefined ? {} : { organization }) }
}

/** The errors of the platform quote the URL, and with it the token. */
function absoluteUrl(name: string, value: unknown): URL {
  if (value instanceof URL) return value
  if (typeof value === 'string' && /^https?:\/\/[^\s\\\p{Control}]+$/iu.test(value) && parseUrl(value))
    return new URL(value)
  throw new TypeError(`${name} must be an absolute URL`)
}
