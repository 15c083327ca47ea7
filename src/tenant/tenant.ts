import { issuerOf } from './domain.js'
import type { JwtVerifier } from '../tokens/key-source.js'
import type { SignedTokensLoader } from '../tokens/loader.js'
import { lazily } from '../lazily.js'
import { createMetadataSource, type MetadataSource } from './metadata.js'
import type { Limits } from '../transport/bounded-fetch.js'
import type { Transport } from '../transport/transport.js'

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
const MAX_TENANTS = 1_000

/** Gives the tenant of an issuer, which must be one that is trusted. */
export function createTenants(
  transport: Transport,
  limits: Omit<Limits, 'signal'>,
  now: () => number,
  loadSignedTokens: SignedTokensLoader,
): (issuer: string) => Tenant {
  const tenants = new Map<string, Tenant>()

  return (issuer) => {
    const known = tenants.get(issuer)
    if (known) return known
    const metadata = createMetadataSource(issuer, transport, limits, now)
    const loadVerifier = lazily(async () => {
      const { createJwtVerifier } = await loadSignedTokens()
      return createJwtVerifier(issuer, metadata, transport, limits, now)
    })
    const verifyJwt: JwtVerifier = async (token, rules) => (await loadVerifier())(token, rules)
    const tenant = { issuer, metadata, verifyJwt, nonces: new Map() }
    tenants.set(issuer, tenant)
    const [oldest] = tenants.keys()
    if (tenants.size > MAX_TENANTS && oldest !== undefined) tenants.delete(oldest)
    return tenant
  }
}

export function createTenantSource(
  domain: string | DomainResolver,
  transport: Transport,
  limits: Omit<Limits, 'signal'>,
  now: () => number,
  loadSignedTokens: SignedTokensLoader,
): TenantSource {
  const tenantOf = createTenants(transport, limits, now, loadSignedTokens)
  if (typeof domain === 'function') return async (context) => tenantOf(issuerOf(await domain(context)))
  const tenant = tenantOf(issuerOf(domain))
  return () => tenant
}
