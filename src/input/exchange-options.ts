import type { DPoPOptions } from '../request/dpop-key.js'
import { TokenExchangeError, type TokenExchangeErrorCode } from '../errors.js'
import { checkKind, checkOptionNames } from './options-object.js'
import { checkExtra, checkText, checkTexts } from './parameters.js'
import type { ExtraParameters } from './parameters.js'
import type { RetryPolicy } from '../transport/retry.js'
import { checkCall, checkForwardedFor } from './call-options.js'
import { checkToken } from './token-format.js'

/** What every call takes beside its parameters. */
export interface CallOptions {
  /** Ends the call; its reason becomes the `cause` of an `aborted` error. */
  readonly signal?: AbortSignal | undefined
  /** For each request of the call, in milliseconds. Default: the client's. */
  readonly timeoutMs?: number | undefined
  /** Passed to the domain resolver, when the client has one. */
  readonly domainContext?: unknown
}

/** What every exchange takes beside its parameters. */
export interface ExchangeCallOptions extends CallOptions {
  /** The end user's IP address, for a backend that the server trusts to say so (`auth0-forwarded-for`). */
  readonly forwardedFor?: string | undefined
  /** Binds the new token to a key. Default: the client's. */
  readonly dpop?: DPoPOptions | undefined
  /** Default: the client's. */
  readonly retry?: RetryPolicy | undefined
}

/** The party that acts for the subject: both or neither (RFC 8693, section 2.1). */
export type ActorOptions =
  | { readonly actorToken: string; readonly actorTokenType: string }
  | { readonly actorToken?: undefined; readonly actorTokenType?: undefined }

/** The parameters of an exchange without an actor. */
export interface ExchangeParameters {
  /** The token that represents the party on whose behalf the request is made. */
  readonly subjectToken: string
  /** What `subjectToken` is: one of the standard URNs, or a URI of your own. */
  readonly subjectTokenType: string
  /** The API that the new token is for. Without it, the server's default. */
  readonly audience?: string | readonly string[] | undefined
  readonly resource?: string | readonly string[] | undefined
  /** Scopes, separated by spaces. */
  readonly scope?: string | undefined
  /** An organization's id or name. An ID token that comes back must belong to it. */
  readonly organization?: string | undefined
  /** What is asked for. Without it, an access token. */
  readonly requestedTokenType?: string | undefined
  /** Further parameters. Names that a typed option owns are refused. */
  readonly extra?: ExtraParameters | undefined
}

/** How an exchange uses the client's cache. */
export interface CacheUse {
  /** Whether the answer may come from the cache. On-behalf-of: default true; else default false. */
  readonly cache?: boolean | undefined
  /** Asks the server even when an answer is stored, and stores the new one. */
  readonly forceRefresh?: boolean | undefined
}

/** The options of `exchangeToken`. */
export type ExchangeTokenOptions = ExchangeParameters &
  ActorOptions &
  ExchangeCallOptions &
  CacheUse & {
    /** Makes it an error when an actor was sent and the issued ID token does not name one. */
    readonly expectActor?: boolean | undefined
  }

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof ExchangeTokenOptions>([
  'subjectToken',
  'subjectTokenType',
  'actorToken',
  'actorTokenType',
  'audience',
  'resource',
  'scope',
  'organization',
  'requestedTokenType',
  'extra',
  'expectActor',
  'forwardedFor',
  'dpop',
  'retry',
  'cache',
  'forceRefresh',
  'signal',
  'timeoutMs',
  'domainContext',
])

/** Checks every option of an exchange, before anything is sent. */
export function checkExchangeOptions(call: string, options: unknown): asserts options is ExchangeTokenOptions {
  checkOptionNames(call, options, OPTION_NAMES)
  const given = options as Record<keyof ExchangeTokenOptions, unknown>
  checkText('subjectTokenType', given.subjectTokenType)
  checkToken('subjectToken', given.subjectToken, given.subjectTokenType)
  checkActor(given.actorToken ?? undefined, given.actorTokenType ?? undefined)
  if (given.audience !== undefined) checkTexts('audience', given.audience)
  if (given.resource !== undefined) checkTexts('resource', given.resource)
  if (given.scope !== undefined) checkText('scope', given.scope)
  if (given.organization !== undefined) checkText('organization', given.organization)
  if (given.requestedTokenType !== undefined) checkText('requestedTokenType', given.requestedTokenType)
  if (given.extra !== undefined) checkExtra(given.extra)
  if (given.forwardedFor !== undefined) checkForwardedFor(given.forwardedFor)
  checkKind('boolean', given, 'expectActor', 'cache', 'forceRefresh')
  checkCall(given)
}

function checkActor(actorToken: unknown, actorTokenType: unknown): void {
  if (actorToken === undefined && actorTokenType === undefined) return
  if (actorTokenType === undefined) {
    throw unpaired('missing_actor_token_type', 'actorTokenType', 'actorToken')
  }
  if (actorToken === undefined) {
    throw unpaired('missing_actor_token', 'actorToken', 'actorTokenType')
  }
  checkText('actorTokenType', actorTokenType)
  checkToken('actorToken', actorToken, actorTokenType)
}

function unpaired(code: TokenExchangeErrorCode, missing: string, given: string): TokenExchangeError {
  return new TokenExchangeError(code, `${given} was given without ${missing}; they go together.`, {
    field: missing,
    reason: 'missing',
  })
}
