import { TokenExchangeError } from '../errors.js'
import type { CallReport } from '../observe.js'
import { accessTokenResult } from '../response/result.js'
import { sessionTransferParameters } from '../flows/session-transfer-redirect.js'
import { requestToken } from '../request/token-request.js'
import { withoutUndefined } from './kept-tokens.js'
import {
  authorizationCode,
  authorizationUrl,
  checkInteractiveLogin,
  checkState,
  loginFailed,
  type InteractiveLoginOptions,
} from './authorization.js'
import type { SessionContext } from './context.js'
import { findTransaction, forgetTransaction, keepTransaction, randomText } from './login-transaction.js'
import { forbidReferrer, queryOf, requireStore, type StoreOptions } from './request.js'
import type { Session } from './state.js'
import { loginScope, verifyLogin } from './verified-login.js'

/** Where a login begins; what its answer is checked against goes into a cookie. */
export async function startLogin(
  { settings, sender, cookies, tenant: tenantOf, read }: SessionContext,
  options: InteractiveLoginOptions,
  store: StoreOptions,
): Promise<string> {
  checkInteractiveLogin(options, settings.origin)
  requireStore('startInteractiveLogin', store)
  forbidReferrer(store)
  const transfer = sessionTransferParameters(`${settings.origin}/?${queryOf(store.request).toString()}`)
  if (transfer && (await read(store.request))) throw sessionExists()
  const tenant = await tenantOf(store.request)
  const { audience, returnTo = '/', organization = transfer?.organization } = options
  const scope = loginScope(options.scope)
  const transaction = {
    issuer: tenant.issuer,
    state: randomText(),
    nonce: randomText(),
    codeVerifier: randomText(),
    returnTo,
    scope: transfer ? withoutOfflineAccess(scope) : scope,
    ...(audience === undefined ? {} : { audience }),
    ...(organization === undefined ? {} : { organization }),
    isTransfer: transfer !== undefined,
  }
  const client = { clientId: sender.clientId, redirectUri: settings.redirectUri }
  const url = await authorizationUrl(await tenant.metadata(), client, transaction, transfer)
  await keepTransaction(cookies, store, transaction, sender.now())
  return url
}

/** What a login leads to. */
export interface CompletedLogin {
  readonly session: Session
  /** The path that `startInteractiveLogin` was given. */
  readonly returnTo: string
}

/** The login that the request is the answer to. */
export async function completeLogin(
  { settings, sender, cookies, dpop, tenant: tenantOf, read, signIn }: SessionContext,
  store: StoreOptions,
  report: CallReport,
): Promise<CompletedLogin> {
  requireStore('completeInteractiveLogin', store)
  forbidReferrer(store)
  const transaction = await findTransaction(cookies, store.request)
  if (!transaction) throw loginFailed('no_login', 'This browser has begun no login, or too long ago.')
  const query = queryOf(store.request)
  checkState(query, transaction)
  // An answer counts once, whatever it is. One to another login, which any page can send here, ends none.
  forgetTransaction(cookies, store)
  const tenant = await tenantOf(store.request, report)
  if (transaction.issuer !== tenant.issuer) throw loginFailed('issuer', 'The login began at another domain.')
  const code = authorizationCode(query, await tenant.metadata())
  if (transaction.isTransfer && (await read(store.request))) throw sessionExists()
  const { codeVerifier, returnTo, audience, scope } = transaction
  const redirect = { redirect_uri: settings.redirectUri, code_verifier: codeVerifier }
  const body = { grant_type: 'authorization_code', code, ...redirect } as const
  const result = accessTokenResult(await requestToken(sender, tenant, body, { dpop }))
  const requested = withoutUndefined({ audience, scope })
  const login = await verifyLogin(sender, tenant, result, requested, transaction)
  return { session: await signIn(store, tenant, login), returnTo }
}

/** A delegated session has no refresh token. */
function withoutOfflineAccess(scope: string): string {
  return scope
    .split(' ')
    .filter((name) => name !== 'offline_access')
    .join(' ')
}

function sessionExists(): TokenExchangeError {
  return new TokenExchangeError(
    'session_exists',
    'A session transfer does not replace the session that this browser has; sign out first.',
  )
}
