import { issuerOf } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import { unverifiedClaims } from '../tokens/jwt-claims.js'
import type { Tenant } from '../tenant/tenant.js'

/** What a resolver may go by. */
export interface IncomingToken {
  /** The request's URL, as the server sees it. */
  readonly url: string | undefined
  readonly headers: Headers | undefined
  /** The token's `iss`, before anything of the token is verified. */
  readonly unverifiedIssuer: string | undefined
}

/** Gives the domains whose tokens are taken. It must only give domains that are trusted, whatever the token says. */
export type DomainsResolver = (
  incoming: IncomingToken,
) => string | readonly string[] | Promise<string | readonly string[]>

/** Gives the tenants whose tokens are taken. */
export type TenantsSource = (
  token: string,
  request: Pick<IncomingToken, 'url' | 'headers'>,
) => readonly Tenant[] | Promise<readonly Tenant[]>

export function createTenantsSource(
  domain: string | readonly string[] | DomainsResolver,
  tenantOf: (issuer: string) => Tenant,
): TenantsSource {
  if (typeof domain === 'function') {
    return async (token, { url, headers }) => {
      const { iss } = unverifiedClaims(token)
      const unverifiedIssuer = typeof iss === 'string' ? iss : undefined
      const domains = [await domain({ url, headers, unverifiedIssuer })].flat()
      return domains.map((allowed) => tenantOf(issuerOf(allowed)))
    }
  }
  const tenants = [domain].flat().map(issuerOf).map(tenantOf)
  if (tenants.length > 0) return () => tenants
  throw new TokenExchangeError('invalid_configuration', 'There is no domain.', {
    field: 'domain',
    reason: 'missing',
  })
}
