import type { ACCESS_TOKEN_TYPE } from '../generated/constants.js'
import type { VerifyAccessTokenOptions } from './tokens/access-token.js'
import { globalFetch } from './transport/bounded-fetch.js'
import { asGiven } from './input/as-given.js'
import { checkClientConfig, type TokenExchangeClientConfig } from './input/client-config.js'
import { connect } from './transport/connection.js'
import type { DelegatedFetch, DelegatedFetchOptions } from './flows/delegated-fetch.js'
import { allowedOrigins } from './flows/delegated-options.js'
import type { Flow } from './events.js'
import type { ClientContext } from './flows/context.js'
import { exchangeToken } from './flows/exchange.js'
import type { ExchangeTokenOptions } from './input/exchange-options.js'
import { checkObject } from './input/options-object.js'
import { lazily } from './lazily.js'
import { observed, type CallReport } from './observe.js'
import type { OnBehalfOfOptions, OnBehalfOfTokenResult } from './flows/on-behalf-of.js'
import type { ExchangeTokenResult, IssuedTokenResult } from './response/result.js'
import type { SessionTransferOptions, SessionTransferTokenResult } from './flows/session-transfer.js'
import type { ConnectionTokenOptions, ConnectionTokenResult } from './flows/token-vault.js'
import type { UserInfo, UserInfoOptions } from './flows/user-info.js'
import type { VerifiedAccessToken } from './tokens/verified-token.js'

const loadLater = lazily(() => import('./later.js'))

/**
 * Exchanges tokens at one authorization server (RFC 8693).
 *
 * One client serves all calls and keeps no state of a call.
 *
 * @throws {TokenExchangeError} `invalid_configuration` or `invalid_parameter` when the configuration cannot work.
 * @example
 * ```ts
 * const client = new TokenExchangeClient({
 *   domain: 'tenant.example.com',
 *   clientId: 'mcp-server',
 *   clientAuthentication: clientSecretPost(process.env['CLIENT_SECRET'] ?? ''),
 *   audience: 'https://mcp.example.com',
 * })
 * ```
 */
export class TokenExchangeClient {
  readonly #context: ClientContext

  constructor(config: TokenExchangeClientConfig) {
    checkClientConfig(config)
    this.#context = { config, loadCachedExchange: loadLater, ...connect(config, loadLater) }
  }

  /**
   * Exchanges a token of any kind for an access token (RFC 8693, section 2; Auth0 custom token exchange).
   *
   * `act` on the result comes from the ID token that a call with the scope `openid` gets, and only when that verifies.
   * With a `requestedTokenType` that is not `ACCESS_TOKEN_TYPE` the result may be an `IssuedTokenResult`.
   *
   * @throws {TokenExchangeError} Before any request: `invalid_token_format`, `missing_actor_token`,
   *   `missing_actor_token_type`, `protected_parameter`, `invalid_parameter`. After it: `token_exchange_failed` and the
   *   other codes of kind `oauth`, `invalid_response`, `invalid_metadata`, `organization_mismatch`,
   *   `actor_not_recorded`, `network_error`, `timeout`, `aborted`.
   * @throws {TypeError} For what the types forbid.
   * @example
   * ```ts
   * const { accessToken } = await client.exchangeToken({
   *   subjectToken: 'custom-token-from-external-system',
   *   subjectTokenType: 'urn:acme:mcp-token',
   *   audience: 'https://api.example.com',
   *   scope: 'read:data write:data',
   * })
   * ```
   */
  exchangeToken(
    options: ExchangeTokenOptions & {
      readonly requestedTokenType?: typeof ACCESS_TOKEN_TYPE | undefined
    },
  ): Promise<ExchangeTokenResult>
  exchangeToken(options: ExchangeTokenOptions): Promise<ExchangeTokenResult | IssuedTokenResult>
  exchangeToken(options: ExchangeTokenOptions): Promise<ExchangeTokenResult | IssuedTokenResult> {
    return this.#observed('exchange', options, exchangeToken)
  }

  /**
   * Exchanges the access token of an incoming request for one that the next API accepts, for the same user.
   *
   * Auth0 on-behalf-of token exchange. An access token that is not for this API, has expired, or belongs to a client
   * instead of a user is refused before any request. With a cache, equal calls share one request.
   *
   * @throws {TokenExchangeError} `subject_token_refused`, with a `reason`; `invalid_configuration` for a public client, and
   *   for a verified token when the client has no `audience`; and the codes of `exchangeToken`.
   * @throws {TypeError} For what the types forbid.
   * @example
   * ```ts
   * const accessToken = await client.verifyAccessToken(incomingToken)
   * const next = await client.getTokenOnBehalfOf({
   *   accessToken,
   *   audience: 'https://calendar.example.com',
   *   scope: 'calendar:read',
   * })
   * ```
   */
  getTokenOnBehalfOf(options: OnBehalfOfOptions): Promise<OnBehalfOfTokenResult> {
    return this.#observed('on_behalf_of', options, async (...call) => (await loadLater()).getTokenOnBehalfOf(...call))
  }

  /**
   * Asks for a session transfer token, with which the acting party opens the subject's session at another application
   * (Auth0 session delegation).
   *
   * It is never stored, shared between calls, or asked for twice.
   *
   * @throws {TokenExchangeError} Before any request: `actor_unavailable`, `target_not_allowed`, `invalid_configuration`
   *   for a public client, and the codes of `exchangeToken`. After it: `setactor_required`,
   *   `session_transfer_disabled` and the codes of `exchangeToken`.
   * @example
   * ```ts
   * const transfer = await client.requestSessionTransferToken({
   *   subjectToken: 'legacy-session:alice',
   *   subjectTokenType: 'urn:acme:legacy-session',
   *   actorToken: agentIdToken,
   *   actorTokenType: ID_TOKEN_TYPE,
   *   forwardedFor: '203.0.113.7',
   * })
   * return sessionTransferResponse(buildSessionTransferRedirect('https://app.example.com/login', transfer))
   * ```
   */
  requestSessionTransferToken(options: SessionTransferOptions): Promise<SessionTransferTokenResult> {
    return this.#observed('session_transfer', options, async (...call) =>
      (await loadLater()).requestSessionTransferToken(...call),
    )
  }

  /**
   * Gets the access token that a connection, such as Google, gave to the user (Auth0 Token Vault).
   *
   * @throws {TokenExchangeError} The codes of `exchangeToken`.
   * @example
   * ```ts
   * const { accessToken } = await client.getTokenForConnection({
   *   subjectToken: refreshToken,
   *   subjectTokenType: REFRESH_TOKEN_TYPE,
   *   connection: 'google-oauth2',
   * })
   * ```
   */
  getTokenForConnection(options: ConnectionTokenOptions): Promise<ConnectionTokenResult> {
    return this.#observed('token_vault', options, async (...call) => (await loadLater()).getTokenForConnection(...call))
  }

  /**
   * Reads the claims of the user whom an access token is about, `act` included (OpenID Connect Core 1.0, section 5.3).
   *
   * @throws {TokenExchangeError} `invalid_token_format`, `token_exchange_failed` for the server's refusal,
   *   `invalid_response`, and the codes of the network.
   * @example
   * ```ts
   * const user = await client.getUserInfo({ accessToken })
   * console.log(user.name, getCurrentActor(user))
   * ```
   */
  async getUserInfo(options: UserInfoOptions): Promise<UserInfo> {
    const given = asGiven(options)
    return (await loadLater()).getUserInfo(this.#context, given)
  }

  /**
   * Verifies an access token that this API received: signature, issuer, audience and time (RFC 7519, section 7.2).
   *
   * A token that is bound to a key is refused, since this call sees no proof; `onbehalf/verify` takes the whole request.
   *
   * @param token The token alone, without `Bearer`.
   * @throws {TokenExchangeError} `invalid_token_format`, `verification_failed` with a `reason`, `invalid_act_claim`,
   *   `invalid_metadata`, `invalid_configuration` when the client has no `audience`.
   * @throws {TypeError} For what the types forbid.
   * @example
   * ```ts
   * const { claims } = await client.verifyAccessToken(incomingToken, { requiredClaims: ['org_id'] })
   * console.log(claims.sub, getCurrentActor(claims))
   * ```
   */
  async verifyAccessToken(token: string, options: VerifyAccessTokenOptions = {}): Promise<VerifiedAccessToken> {
    const given = asGiven(options)
    return (await loadLater()).verifyOwnAccessToken(this.#context, token, given)
  }

  /**
   * Forgets the cached answer of an on-behalf-of call, so that the next one asks the server.
   *
   * @param options The options of the call.
   * @example
   * ```ts
   * await client.invalidate({ accessToken, audience: 'https://calendar.example.com', scope: 'calendar:read' })
   * ```
   */
  async invalidate(options: OnBehalfOfOptions): Promise<void> {
    const given = asGiven(options)
    await (await loadLater()).forgetOnBehalfOf(this.#context, given)
  }

  /**
   * A `fetch` that calls the next API as the user: it attaches a token for it, to its origins alone.
   *
   * When the API answers 401, the token is exchanged anew and the request sent once more, if its body can be. Redirects
   * are not followed.
   *
   * @throws {TokenExchangeError} From the `fetch`: `target_not_allowed` for another origin, and the codes of
   *   `getTokenOnBehalfOf`. When it is made: `invalid_parameter` for an origin that cannot be one.
   * @throws {TypeError} For what the types forbid.
   * @example
   * ```ts
   * const calendar = client.delegatedFetch({
   *   accessToken,
   *   audience: 'https://calendar.example.com',
   *   scope: 'calendar:read',
   *   origins: ['https://calendar.example.com'],
   * })
   * const response = await calendar('https://calendar.example.com/events')
   * ```
   */
  delegatedFetch(given: DelegatedFetchOptions): DelegatedFetch {
    const allowed = allowedOrigins(given)
    const { origins: _origins, ...options } = given
    const { config, sender } = this.#context
    const isCached = config.cache !== undefined && options.cache !== false
    const create = lazily(async () =>
      (await loadLater()).createDelegatedFetch(allowed, {
        fetch: config.fetch ?? globalFetch,
        now: sender.now,
        dpop: options.dpop ?? config.dpop,
        getToken: (signal) => this.getTokenOnBehalfOf({ ...options, signal }),
        invalidate: isCached ? () => this.invalidate(options) : undefined,
      }),
    )
    return async (url, init) => {
      // As fetch does: what the caller does to them afterwards is for the next call.
      const target = url instanceof URL ? new URL(url) : url
      if (init !== undefined) checkObject('a delegated fetch', init)
      const request = init && { ...init, headers: new Headers(init.headers) }
      return (await create())(target, request)
    }
  }

  #observed<O extends object, R>(
    flow: Flow,
    options: O,
    call: (context: ClientContext, report: CallReport, options: O) => Promise<R>,
  ): Promise<R> {
    const { config, sender } = this.#context
    let given: O
    try {
      given = asGiven(options)
    } catch (error) {
      // Of a getter. To await the rest instead would cost each exchange some turns of the queue.
      const thrown = error as Error
      return Promise.reject(thrown)
    }
    const watcher = { onEvent: config.onEvent, now: sender.now }
    return observed(flow, given, watcher, (report) => call(this.#context, report, given))
  }
}
