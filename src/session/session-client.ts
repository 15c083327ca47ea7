import type { SessionTransferTokenResult } from '../flows/session-transfer.js'
import { asGiven } from '../input/as-given.js'
import { getSessionAccessToken } from './access-token.js'
import type { AccessTokenOptions, SessionAccessToken } from './kept-tokens.js'
import type { InteractiveLoginOptions } from './authorization.js'
import type { SessionClientConfig } from './config.js'
import { createSessionContext, type SessionContext } from './context.js'
import { customLogin } from './custom-login.js'
import { completeLogin, startLogin, type CompletedLogin } from './interactive-login.js'
import type { CustomLoginOptions, SessionTransferRequest } from './login-options.js'
import { endSession, type LogoutOptions } from './logout.js'
import { requireRequest, type StoreOptions } from './request.js'
import { transferSession } from './session-transfer.js'
import { toSession, type Session, type SessionUser } from './state.js'

/**
 * Signs users in to a web application, and keeps them signed in.
 *
 * Each call takes the request, whose cookies it reads, and the response's headers, to which it appends. A call sees the
 * cookies that the request came with, not those that were set while it was answered.
 *
 * @throws {TokenExchangeError} `invalid_configuration` or `invalid_parameter` when the configuration cannot work.
 * @throws {TypeError} For what the types forbid, and for secrets that are not 32 bytes.
 * @example
 * ```ts
 * const sessions = new SessionClient({
 *   domain: 'tenant.example.com',
 *   clientId: 'web-app',
 *   clientAuthentication: clientSecretPost(process.env['CLIENT_SECRET'] ?? ''),
 *   appBaseUrl: 'https://app.example.com',
 *   secrets: Buffer.from(process.env['SESSION_SECRET'] ?? '', 'base64url'),
 * })
 * ```
 */
export class SessionClient {
  readonly #context: SessionContext

  constructor(config: SessionClientConfig) {
    this.#context = createSessionContext(config)
  }

  /**
   * Exchanges a token of any kind and signs its user in (RFC 8693, section 2; Auth0 custom token exchange).
   *
   * The ID token that comes back must hold, and must name the actor when there is one. A session that the browser had is
   * replaced. Who may call this, and with whose token, is for the application to decide first.
   *
   * @throws {TokenExchangeError} `verification_failed`, `organization_mismatch`, `actor_not_recorded`,
   *   `invalid_act_claim`, `session_too_large`, `session_store_failed`, and the codes of `exchangeToken`.
   * @throws {TypeError} For what the types forbid.
   * @example
   * ```ts
   * const { user } = await sessions.loginWithCustomTokenExchange(
   *   { subjectToken: 'legacy-session:alice', subjectTokenType: 'urn:acme:legacy-session' },
   *   { request, headers },
   * )
   * return new Response(`Hello ${user.name}`, { headers })
   * ```
   */
  async loginWithCustomTokenExchange(options: CustomLoginOptions, store: StoreOptions): Promise<Session> {
    const given = asGiven(options)
    return this.#context.observed('exchange', given, (report) => customLogin(this.#context, given, store, report))
  }

  /**
   * Begins a login at the server: authorization code, PKCE (RFC 7636), `state` and `nonce`.
   *
   * When the request carries a session transfer token, that goes along, with its organization; it is refused where a
   * session exists.
   *
   * @returns The URL to send the browser to, by a 302 or 303.
   * @throws {TokenExchangeError} Before a cookie is set: `invalid_parameter` for a `returnTo` that leads elsewhere,
   *   `session_exists`, `invalid_metadata`, and the codes of the network.
   * @example
   * ```ts
   * const url = await sessions.startInteractiveLogin({ returnTo: '/account' }, { request, headers })
   * headers.set('Location', url)
   * return new Response(null, { status: 303, headers })
   * ```
   */
  async startInteractiveLogin(options: InteractiveLoginOptions, store: StoreOptions): Promise<string> {
    return startLogin(this.#context, asGiven(options), store)
  }

  /**
   * Signs in the user whom the server sent back to `callbackPath`.
   *
   * @returns The session, and where the login was to lead.
   * @throws {TokenExchangeError} `login_failed` with a `reason`: `no_login`, `state`, `issuer`, `refused`, `malformed`;
   *   `session_exists`, `verification_failed`, `organization_mismatch`, `invalid_act_claim`, `session_too_large`,
   *   `session_store_failed`, and the codes of a request to the server.
   * @example
   * ```ts
   * const { returnTo } = await sessions.completeInteractiveLogin({ request, headers })
   * headers.set('Location', returnTo)
   * return new Response(null, { status: 303, headers })
   * ```
   */
  completeInteractiveLogin(store: StoreOptions): Promise<CompletedLogin> {
    return this.#context.observed('login', {}, (report) => completeLogin(this.#context, store, report))
  }

  /**
   * The session of the browser that sent a request; `undefined` when it has none, or one that does not hold.
   *
   * @example
   * ```ts
   * const session = await sessions.getSession({ request })
   * const banner = isDelegated(session) ? `${session.user.act.sub} acts for ${session.user.name}` : ''
   * ```
   */
  async getSession(store: Pick<StoreOptions, 'request'>): Promise<Session | undefined> {
    requireRequest('getSession', store)
    const state = await this.#context.read(store.request)
    return state && toSession(state)
  }

  /**
   * The signed-in user, with `act` when somebody acts for them; `undefined` when nobody is signed in.
   *
   * @example
   * ```ts
   * const user = await sessions.getUser({ request })
   * if (user) console.log(user.sub, getCurrentActor(user))
   * ```
   */
  async getUser(store: Pick<StoreOptions, 'request'>): Promise<SessionUser | undefined> {
    requireRequest('getUser', store)
    return (await this.getSession(store))?.user
  }

  /**
   * An access token of the signed-in user, for exactly this audience and with these scopes.
   *
   * One that has expired, or that the session does not have, is got with the refresh token; concurrent calls of a
   * session send one request at a time.
   *
   * @throws {TokenExchangeError} `login_required` with a `reason`: `signed_out`, `no_refresh_token`,
   *   `refresh_refused`; `invalid_response` when the server gave a token for another audience; `verification_failed`,
   *   `session_too_large`, and the codes of a request to the server.
   * @example
   * ```ts
   * const { accessToken } = await sessions.getAccessToken(
   *   { audience: 'https://api.example.com', scope: 'read:data' },
   *   { request, headers },
   * )
   * ```
   */
  async getAccessToken(options: AccessTokenOptions, store: StoreOptions): Promise<SessionAccessToken> {
    return getSessionAccessToken(this.#context, asGiven(options), store)
  }

  /**
   * Asks for a session transfer token, with the signed-in agent as the party that acts (Auth0 session delegation).
   *
   * Only a POST from a page of this application may lead here. The agent's ID token is verified, and refreshed when it
   * has expired.
   *
   * @throws {TokenExchangeError} `cross_site_request`; `actor_unavailable` with a `reason`: `signed_out`, `expired`,
   *   `refresh_refused`, `another_domain`, `delegated`; `verification_failed`, and the codes of the
   *   `TokenExchangeClient`'s call.
   * @example
   * ```ts
   * const targetLoginUrl = 'https://app.example.com/login'
   * const transfer = await sessions.requestSessionTransferToken(
   *   { subjectToken: 'customer:alice', subjectTokenType: 'urn:acme:customer', targetLoginUrl },
   *   { request, headers },
   * )
   * headers.set('Location', buildSessionTransferRedirect(targetLoginUrl, transfer))
   * return new Response(null, { status: 303, headers })
   * ```
   */
  async requestSessionTransferToken(
    options: SessionTransferRequest,
    store: StoreOptions,
  ): Promise<SessionTransferTokenResult> {
    const given = asGiven(options)
    return this.#context.observed('session_transfer', given, (report) =>
      transferSession(this.#context, given, store, report),
    )
  }

  /**
   * Signs the user out: of this application, and of the server when it has a page for that.
   *
   * The page leads back only where the tenant allows it: `appBaseUrl` with `returnTo` must be among the client's allowed
   * logout URLs.
   *
   * @returns Where to send the browser: the server's page, which sends it on to `returnTo`, or `returnTo` itself.
   * @throws {TokenExchangeError} `invalid_parameter` for a `returnTo` that leads elsewhere; `session_store_failed`, with
   *   the cookies cleared, when the store still has the session.
   * @example
   * ```ts
   * headers.set('Location', await sessions.logout({ returnTo: '/goodbye' }, { request, headers }))
   * return new Response(null, { status: 303, headers })
   * ```
   */
  async logout(options: LogoutOptions, store: StoreOptions): Promise<string> {
    return endSession(this.#context, asGiven(options), store)
  }
}
