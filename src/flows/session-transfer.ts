import { SESSION_TRANSFER_TOKEN_TYPE } from '../../generated/constants.js'
import { TokenExchangeError } from '../errors.js'
import { checkExchangeOptions } from '../input/exchange-options.js'
import type { CallOptions, ExchangeParameters, ExchangeTokenOptions } from '../input/exchange-options.js'
import { checkOptionNames } from '../input/options-object.js'
import { unexpectedMember } from '../response/response.js'
import { addLifetime, type Issued, type Writable } from '../response/result.js'
import { requireConfidentialClient } from '../request/confidential-client.js'
import type { CallReport } from '../observe.js'
import { tenantOf, type ClientContext } from './context.js'
import { exchange } from './exchange.js'
import { checkTarget } from './session-transfer-target.js'

declare const sessionTransferBrand: unique symbol

/** An opaque, single-use token that opens a session elsewhere. It is no access token and calls no API. */
export type SessionTransferToken = string & { readonly [sessionTransferBrand]: true }

/** The options of `requestSessionTransferToken`. The acting party is required. */
export interface SessionTransferOptions
  extends
    Pick<ExchangeParameters, 'subjectToken' | 'subjectTokenType' | 'scope' | 'organization' | 'extra'>,
    CallOptions {
  readonly actorToken: string
  readonly actorTokenType: string
  /** The IP address of the agent's browser: the token works from there alone. */
  readonly forwardedFor?: string | undefined
  /** Where the token is going to be sent; checked against the client's `allowedTargets` before it is minted. */
  readonly targetLoginUrl?: string | undefined
}

/** A session transfer token. */
export interface SessionTransferTokenResult {
  /** Not enumerable, so that it does not get into logs. */
  readonly sessionTransferToken: SessionTransferToken
  readonly issuedTokenType: typeof SESSION_TRANSFER_TOKEN_TYPE
  readonly tokenType?: string
  /** Lifetime in seconds, counted from the request. */
  readonly expiresIn?: number
  /** In seconds since the epoch. */
  readonly expiresAt?: number
  readonly scope?: string
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof SessionTransferOptions>([
  'subjectToken',
  'subjectTokenType',
  'actorToken',
  'actorTokenType',
  'scope',
  'organization',
  'extra',
  'forwardedFor',
  'targetLoginUrl',
  'signal',
  'timeoutMs',
  'domainContext',
])

/** Asks for a session transfer token (Auth0 session delegation). */
export async function requestSessionTransferToken(
  context: ClientContext,
  report: CallReport,
  options: SessionTransferOptions,
): Promise<SessionTransferTokenResult> {
  const { config, sender } = context
  requireConfidentialClient('requestSessionTransferToken', sender.clientAuthentication)
  const parameters = checkSessionTransfer(options, config.allowedTargets)
  const tenant = await tenantOf(context, report, options.domainContext)
  const request = { ...parameters, audience: sessionTransferAudience(tenant.issuer) } as ExchangeTokenOptions
  return sessionTransferResult(await exchange(sender, tenant, request, options.signal))
}

/**
 * The exchange that a session transfer is at `issuer`, after every check that needs no request.
 *
 * @throws {TokenExchangeError} `actor_unavailable` without an actor, and the codes of every exchange.
 */
export function checkSessionTransfer(
  options: SessionTransferOptions,
  allowedTargets: readonly string[] | undefined,
): Omit<ExchangeTokenOptions, 'audience'> {
  checkOptionNames('requestSessionTransferToken', options, OPTION_NAMES)
  const { targetLoginUrl, ...parameters } = options
  const actor: readonly unknown[] = [parameters.actorToken, parameters.actorTokenType]
  // A JavaScript caller may say null for nothing.
  if (actor.every((half) => half === undefined || half === null)) {
    throw new TokenExchangeError(
      'actor_unavailable',
      'A session transfer needs the party that acts: actorToken and actorTokenType.',
      { field: 'actorToken', reason: 'missing' },
    )
  }
  checkExchangeOptions('requestSessionTransferToken', parameters)
  if (targetLoginUrl !== undefined) {
    if (allowedTargets === undefined) {
      throw new TokenExchangeError('invalid_configuration', 'targetLoginUrl needs the allowedTargets of the client.', {
        field: 'allowedTargets',
        reason: 'missing',
      })
    }
    checkTarget(targetLoginUrl, allowedTargets)
  }
  return parameters
}

/** The audience that asks for a session transfer token at `issuer` (Auth0 session delegation). */
export function sessionTransferAudience(issuer: string): string {
  return `urn:${new URL(issuer).hostname}:session_transfer`
}

/**
 * Narrows what was issued to a session transfer token.
 *
 * @throws {TokenExchangeError} `invalid_response` when the server issued anything else.
 */
export function sessionTransferResult(issued: Issued): SessionTransferTokenResult {
  const { access_token: token, issued_token_type: issuedTokenType, token_type: tokenType } = issued.response
  if (issuedTokenType !== SESSION_TRANSFER_TOKEN_TYPE) {
    throw unexpectedMember('issued_token_type', 'The server did not issue a session transfer token.')
  }
  const result: Writable<Omit<SessionTransferTokenResult, 'sessionTransferToken'>> = { issuedTokenType }
  if (tokenType !== undefined) result.tokenType = tokenType
  addLifetime(result, issued)
  return Object.defineProperty(result, 'sessionTransferToken', { value: token }) as SessionTransferTokenResult
}
