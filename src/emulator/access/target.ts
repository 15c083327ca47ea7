import type { TokenDialect } from '../config/config.js'
import { fail } from '../http/failure.js'
import { missingParameter } from '../http/parameters.js'
import type { Api, Tenant } from '../tenant/tenant.js'

/** What the issued access token is for. */
export interface Target {
  /** The API, or the first one of several. */
  readonly identifier: string
  readonly scopes: ReadonlySet<string>
  readonly lifetimeSeconds: number
  readonly dialect: TokenDialect
  readonly allowOfflineAccess: boolean
  readonly apis: readonly Api[]
}

/** Only the claims of the user. */
export const IDENTITY_TARGET: Target = {
  identifier: '',
  scopes: new Set(),
  lifetimeSeconds: 86400,
  dialect: 'access_token',
  allowOfflineAccess: true,
  apis: [],
}

/** A token for several APIs has the scopes of all, the shortest lifetime, and else what the first one says. */
export function resolveTarget(tenant: Tenant, audiences: readonly string[]): Target {
  const apis = (audiences.length === 0 ? [tenant.defaultAudience] : audiences).map((audience) => {
    if (audience === undefined) throw missingParameter('audience')
    const api = tenant.apis.get(audience)
    if (api === undefined) throw fail(403, 'access_denied', `Service not enabled within domain: ${audience}`)
    return api
  })
  const [first, ...others] = apis
  if (first === undefined) throw missingParameter('audience')
  return {
    identifier: first.identifier,
    scopes: others.length === 0 ? first.scopes : new Set(apis.flatMap((api) => [...api.scopes])),
    lifetimeSeconds: Math.min(...apis.map((api) => api.tokenLifetimeSeconds)),
    dialect: first.tokenDialect,
    allowOfflineAccess: apis.every((api) => api.allowOfflineAccess),
    apis,
  }
}
