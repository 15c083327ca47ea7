import { issuerOf } from './domain.js'
import { createJwtVerifier, type JwtVerifier } from './key-source.js'
import { createMetadataSource, type MetadataSource } from './metadata.js'
import type { Limits } from './bounded-fetch.js'
import type { Transport } from './transport.js'

/** Chooses the domain of a call, for clients of several custom domains. It must only give domains that are trusted. */
export type DomainResolver = (context: unknown) => string | Promise<string>

/** What is known about one issuer, shared by all calls to it. */
export interface Tenant {
  /** With a trailing slash. */
  readonly issuer: string
  readonly metadata: MetadataSource
  readonly verifyJwt: JwtVerifier
  /** The newest DPoP nonce, by origin. */
  readonly nonces: Map<string, string>
}

/** Gives the tenant of a call. */
export type TenantSource = (domainContext: unknown) => Tenant | Promise<Tenant>

/** A resolver decides how many issuers there are, so what is kept of them is bounded. */
const MAX_TENANTS = 100

export function createTenantSource(
  domain: string | DomainResolver,
  transport: Transport,
  limits: Omit<Limits, 'signal'>,
  now: () => number,
): TenantSource {
  const tenants = new Map<string, Tenant>()

  function tenantOf(issuer: string): Tenant {
    const known = tenants.get(issuer)
    if (known) return known
    const metadata = createMetadataSource(issuer, transport, limits, now)
    const tenant = { issuer, metadata, verifyJwt: createJwtVerifier(metadata, transport, limits), nonces: new Map() }
    tenants.set(issuer, tenant)
    const [oldest] = tenants.keys()
    if (tenants.size > MAX_TENANTS && oldest !== undefined) tenants.delete(oldest)
    return tenant
  }

  if (typeof domain === 'function') return async (context) => tenantOf(issuerOf(await domain(context)))
  const tenant = tenantOf(issuerOf(domain))
  return () => tenant
}
