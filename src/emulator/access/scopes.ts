import type { Client } from '../tenant/clients.js'
import type { Target } from './target.js'
import type { User } from '../tenant/users.js'

export const OPENID = 'openid'
export const OFFLINE_ACCESS = 'offline_access'

const IDENTITY_SCOPES: ReadonlySet<string> = new Set([OPENID, 'profile', 'email'])

/** The target's scopes that the user may have, and the client for users. */
export function permittedScopes(client: Client, target: Target, user: User): ReadonlySet<string> {
  return new Set(
    target.apis.flatMap((api) => {
      const permissions = user.permissions.get(api.identifier)
      const grants = api.userAccess === 'allow_all' ? undefined : client.userGrants.get(api.identifier)
      return [...api.scopes].filter((scope) => (permissions?.has(scope) ?? true) && (grants?.has(scope) ?? true))
    }),
  )
}

/** What a custom exchange or a login grants: what was asked for, as far as it goes. */
export function grantRequestedScopes(
  requested: readonly string[],
  permitted: ReadonlySet<string>,
  refreshable: boolean,
): readonly string[] {
  return requested.filter((scope) =>
    scope === OFFLINE_ACCESS ? refreshable : IDENTITY_SCOPES.has(scope) || permitted.has(scope),
  )
}

/** Whether the API and the client let a refresh token out. */
export function allowsRefresh(target: Target, client: Client): boolean {
  return target.allowOfflineAccess && (client.grantTypes?.has('refresh_token') ?? true)
}

/** The `scope` member of the response: only when it tells something new (RFC 6749, section 5.1). */
export function scopeMember(requested: readonly string[], granted: readonly string[]): { readonly scope?: string } {
  const same = granted.length === requested.length && granted.every((scope) => requested.includes(scope))
  return same ? {} : { scope: granted.join(' ') }
}
