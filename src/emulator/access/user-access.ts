import type { Client } from '../tenant/clients.js'
import { fail } from '../http/failure.js'
import type { Target } from './target.js'

/** Source: Auth0, "API access policies for applications". Status and code are undocumented. */
export function requireUserAccess(client: Client, { apis }: Target): void {
  for (const { identifier, userAccess } of apis) {
    if (userAccess === 'deny_all') {
      throw fail(403, 'unauthorized_client', 'The API gives no client tokens of users.')
    }
    if (userAccess === 'require_client_grant' && !client.userGrants.has(identifier)) {
      throw fail(403, 'unauthorized_client', 'The client has no grant for the audience.')
    }
  }
}
