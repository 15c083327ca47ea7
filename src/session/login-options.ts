import type { ActorOptions, CallOptions, ExchangeParameters } from '../input/exchange-options.js'
import { checkExchangeOptions } from '../input/exchange-options.js'
import { checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import type { SessionTransferOptions } from '../flows/session-transfer.js'

/** How a call is made; the domain is that of the request. */
type SessionCallOptions = Pick<CallOptions, 'signal' | 'timeoutMs'>

/** The options of `loginWithCustomTokenExchange`. */
export type CustomLoginOptions = Pick<
  ExchangeParameters,
  'subjectToken' | 'subjectTokenType' | 'scope' | 'organization' | 'extra'
> &
  ActorOptions &
  SessionCallOptions & {
    /** The API that the access token is for. Without it, the server's default. */
    readonly audience?: string | undefined
    /** The end user's IP address, for a backend that the server trusts to say so (`auth0-forwarded-for`). */
    readonly forwardedFor?: string | undefined
  }

/** The options of a session client's `requestSessionTransferToken`. The actor is the signed-in agent, or another. */
export type SessionTransferRequest = Omit<SessionTransferOptions, 'actorToken' | 'actorTokenType' | 'domainContext'> &
  ActorOptions

const CUSTOM_LOGIN_NAMES: ReadonlySet<string> = new Set<keyof CustomLoginOptions>([
  'subjectToken',
  'subjectTokenType',
  'actorToken',
  'actorTokenType',
  'audience',
  'scope',
  'organization',
  'extra',
  'forwardedFor',
  'signal',
  'timeoutMs',
])

export function checkCustomLogin(options: CustomLoginOptions): void {
  checkOptionNames('loginWithCustomTokenExchange', options, CUSTOM_LOGIN_NAMES)
  if (options.audience !== undefined) checkText('audience', options.audience)
  checkExchangeOptions('loginWithCustomTokenExchange', options)
}
