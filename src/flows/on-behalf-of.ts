import { ACCESS_TOKEN_TYPE } from '../../generated/constants.js'
import { issuerOf } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { checkExchangeOptions } from '../input/exchange-options.js'
import type { CacheUse, ExchangeCallOptions, ExchangeTokenOptions } from '../input/exchange-options.js'
import { checkKind, checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import type { CallReport } from '../observe.js'
import { requireConfidentialClient } from '../request/confidential-client.js'
import { accessTokenResult, type AccessTokenResult } from '../response/result.js'
import { exchangeKey } from './cached-exchange.js'
import { missingConfiguration, tenantOf, withDefaults, type ClientContext } from './context.js'
import { exchangeOrCached } from './exchange.js'
import { checkToken } from '../input/token-format.js'
import { isVerified, type VerifiedAccessToken } from '../tokens/verified-token.js'

/** The access token of the incoming request: verified here, or by other code that says so. */
export type SubjectAccessToken = VerifiedAccessToken | { readonly token: string; readonly verifiedBy: 'caller' }

/** The options of `getTokenOnBehalfOf`. */
export interface OnBehalfOfOptions extends ExchangeCallOptions, CacheUse {
  readonly accessToken: SubjectAccessToken
  /** The API that is called next. */
  readonly audience: string
  /** Scopes, separated by spaces. Without it, all that the user and this client have there. */
  readonly scope?: string | undefined
  /** Lets the target be this API itself, for a token with fewer scopes. Default false. */
  readonly allowOwnAudience?: boolean | undefined
}

/** An access token for the next API. There is never an ID or refresh token. */
export type OnBehalfOfTokenResult = Omit<AccessTokenResult, 'idToken' | 'refreshToken'>

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof OnBehalfOfOptions>([
  'accessToken',
  'audience',
  'scope',
  'allowOwnAudience',
  'forwardedFor',
  'dpop',
  'retry',
  'cache',
  'forceRefresh',
  'signal',
  'timeoutMs',
  'domainContext',
])

/** Exchanges the access token of an incoming request for one of the next API (Auth0 on-behalf-of). */
export async function getTokenOnBehalfOf(
  context: ClientContext,
  report: CallReport,
  options: OnBehalfOfOptions,
): Promise<OnBehalfOfTokenResult> {
  const { config, sender } = context
  requireConfidentialClient('getTokenOnBehalfOf', sender.clientAuthentication)
  const parameters = onBehalfOfExchange(options, { audience: config.audience, now: sender.now })
  const tenant = await tenantOf(context, report, options.domainContext)
  checkSubjectIssuer(options.accessToken, tenant.issuer)
  const call = { flow: 'on_behalf_of', report, tenant } as const
  // The cache must see what came with the access token, to leave such a result alone.
  return onBehalfOfResult(await exchangeOrCached(context, call, parameters, accessTokenResult))
}

/** Forgets the cached answer of an on-behalf-of call. */
export async function forgetOnBehalfOf(context: ClientContext, options: OnBehalfOfOptions): Promise<void> {
  const { config, sender } = context
  const parameters = onBehalfOfExchange(options, { audience: config.audience, now: sender.now })
  const tenant = await context.tenantFor(options.domainContext)
  const key = await exchangeKey(sender, tenant, 'on_behalf_of', withDefaults(context, parameters))
  await config.cache?.invalidate(key)
}

/** The exchange that an on-behalf-of call is, after every check that needs no request. */
function onBehalfOfExchange(
  options: OnBehalfOfOptions,
  own: { readonly audience: string | undefined; readonly now: () => number },
): ExchangeTokenOptions {
  checkOptionNames('getTokenOnBehalfOf', options, OPTION_NAMES)
  checkKind('boolean', options, 'allowOwnAudience')
  const { accessToken, allowOwnAudience = false, cache = true, ...rest } = options
  checkText('audience', rest.audience)
  const subjectToken = subjectTokenOf(accessToken, own)
  if (rest.audience === own.audience && !allowOwnAudience) {
    throw refused('own_audience', 'The target is this API itself; set allowOwnAudience to ask for fewer scopes.')
  }
  const parameters = {
    ...rest,
    cache,
    subjectToken,
    subjectTokenType: ACCESS_TOKEN_TYPE,
    requestedTokenType: ACCESS_TOKEN_TYPE,
  }
  checkExchangeOptions('getTokenOnBehalfOf', parameters)
  return parameters
}

/**
 * A token goes back to its own issuer alone, however many tenants and clients a process has.
 *
 * @throws {TokenExchangeError} `subject_token_refused` with the reason `wrong_issuer`.
 */
function checkSubjectIssuer(subject: SubjectAccessToken, issuer: string): void {
  if (!isVerified(subject) || issuerOf(subject.claims.iss) === issuer) return
  throw refused('wrong_issuer', 'The access token comes from another issuer than the one that is asked.')
}

/** Leaves out what on-behalf-of never gives, whatever a server sends. */
function onBehalfOfResult(result: AccessTokenResult): OnBehalfOfTokenResult {
  const { idToken: _idToken, refreshToken: _refreshToken, ...rest } = result
  return rest
}

function subjectTokenOf(
  subject: unknown,
  own: { readonly audience: string | undefined; readonly now: () => number },
): string {
  if (typeof subject !== 'object' || subject === null) {
    throw new TypeError("accessToken must come from verifyAccessToken, or be { token, verifiedBy: 'caller' }")
  }
  if (isVerified(subject)) {
    checkSubject(subject, own)
    return subject.token
  }
  const { token, verifiedBy } = subject as { token?: unknown; verifiedBy?: unknown }
  if (verifiedBy !== 'caller') {
    throw refused(
      'not_verified',
      "The access token was not verified; verify it, or pass { token, verifiedBy: 'caller' }.",
    )
  }
  checkToken('accessToken', token, ACCESS_TOKEN_TYPE)
  return token
}

function checkSubject(
  { claims }: VerifiedAccessToken,
  own: { readonly audience: string | undefined; readonly now: () => number },
): void {
  if (own.audience === undefined) throw missingConfiguration('on-behalf-of', 'audience')
  if (claims.exp <= own.now() / 1000) throw refused('expired', 'The access token has expired since it was verified.')
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  if (!audiences.includes(own.audience)) {
    throw refused('wrong_audience', 'The access token is not meant for this API.')
  }
  if (isClientCredentials(claims)) {
    throw refused('no_user', 'The access token belongs to a client, not to a user.')
  }
}

function isClientCredentials(claims: VerifiedAccessToken['claims']): boolean {
  const { sub, gty, azp, client_id: clientId } = claims
  return (
    sub.endsWith('@clients') ||
    sub === azp ||
    sub === clientId ||
    (Array.isArray(gty) ? gty : [gty]).includes('client-credentials')
  )
}

function refused(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('subject_token_refused', message, { field: 'accessToken', reason })
}
