import { getCurrentActor } from '../act/claim.js'
import { TokenExchangeError } from '../errors.js'
import { exchange } from '../flows/exchange.js'
import type { ExchangeTokenOptions } from '../input/exchange-options.js'
import type { CallReport } from '../observe.js'
import { accessTokenResult } from '../response/result.js'
import { withoutUndefined } from './kept-tokens.js'
import type { SessionContext } from './context.js'
import { checkCustomLogin, type CustomLoginOptions } from './login-options.js'
import { requireStore, type StoreOptions } from './request.js'
import type { Session } from './state.js'
import { loginScope, verifyLogin } from './verified-login.js'

/** A custom token exchange whose user is signed in. */
export async function customLogin(
  { sender, dpop, tenant: tenantOf, signIn }: SessionContext,
  options: CustomLoginOptions,
  store: StoreOptions,
  report: CallReport,
): Promise<Session> {
  checkCustomLogin(options)
  requireStore('loginWithCustomTokenExchange', store)
  const tenant = await tenantOf(store.request, report)
  const { organization, audience } = options
  const scope = loginScope(options.scope)
  const request: ExchangeTokenOptions = { ...options, scope, ...(dpop && { dpop }) }
  const result = accessTokenResult(await exchange(sender, tenant, request, options.signal))
  const requested = withoutUndefined({ audience, scope })
  const login = await verifyLogin(sender, tenant, result, requested, { organization })
  // Without a word on who acts, the session would look like the user's own.
  if (options.actorToken && getCurrentActor(login.claims) === undefined) throw actorNotRecorded()
  return signIn(store, tenant, login)
}

function actorNotRecorded(): TokenExchangeError {
  return new TokenExchangeError(
    'actor_not_recorded',
    'An actor was sent, and the ID token names none; check the Action.',
    { field: 'act', reason: 'no_act' },
  )
}
