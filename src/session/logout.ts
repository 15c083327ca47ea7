import { TokenExchangeError } from '../errors.js'
import { checkOptionNames } from '../input/options-object.js'
import type { Tenant } from '../tenant/tenant.js'
import type { SessionContext } from './context.js'
import { browserEndpoint } from './endpoints.js'
import { forgetTransaction } from './login-transaction.js'
import { forbidReferrer, requireStore, type StoreOptions } from './request.js'
import { checkReturnTo } from './same-origin.js'

/** The options of `logout`. */
export interface LogoutOptions {
  /** Where the browser goes in the end: a path of this application. Default `/`. */
  readonly returnTo?: string | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof LogoutOptions>(['returnTo'])

/** Ends the session here, and says where it ends at the server (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export async function endSession(
  { settings, sender, cookies, storage, tenant: tenantOf }: SessionContext,
  options: LogoutOptions,
  store: StoreOptions,
): Promise<string> {
  checkOptionNames('logout', options, OPTION_NAMES)
  requireStore('logout', store)
  const { returnTo = '/' } = options
  checkReturnTo(returnTo, settings.origin)
  const state = await storage.read(store.request)
  forgetTransaction(cookies, store)
  forbidReferrer(store)
  await storage.remove(store)
  const tenant = await tenantOf(store.request)
  const url = await endSessionEndpoint(tenant)
  if (!url) return returnTo
  url.searchParams.set('client_id', sender.clientId)
  url.searchParams.set('post_logout_redirect_uri', `${settings.origin}${returnTo}`)
  if (state?.issuer === tenant.issuer) url.searchParams.set('id_token_hint', state.idToken)
  return url.href
}

/** The user is signed out here already, and a server that is down does not change that. */
async function endSessionEndpoint({ metadata }: Tenant): Promise<URL | undefined> {
  try {
    return browserEndpoint(await metadata(), 'end_session_endpoint')
  } catch (error) {
    if (error instanceof TokenExchangeError) return undefined
    throw error
  }
}
