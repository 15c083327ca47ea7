import { afterEach, beforeEach, vi } from 'vitest'
import { TokenExchangeClient, clientSecretPost, type TokenExchangeClientConfig } from '../../src/index.js'
import { ISSUER, METADATA, TOKEN_RESPONSE } from './scripted-server.js'
import { signingTenant, type SigningTenant } from './signing-tenant.js'

/** In seconds since the epoch, by the clock of the process. */
export const NOW = 1_790_000_000
export const API = 'https://api.example.com'

/** A tenant that the global `fetch` leads to. */
export interface StillWorld {
  readonly tenant: SigningTenant
  clientOf(config?: Partial<TokenExchangeClientConfig>): TokenExchangeClient
  /** What a call came to, and every request since the beginning. */
  outcome(call: Promise<unknown>): Promise<object>
  /** The next answer of the token endpoint asks for another try. */
  failOnce(): void
  begin(): Promise<void>
}

/** A world whose clock stands still, so that two calls have the same outcome. Each test begins with a new tenant. */
export function stillWorld(): StillWorld {
  let tenant: SigningTenant
  async function begin(): Promise<void> {
    tenant = await signingTenant({ ...METADATA, userinfo_endpoint: `${ISSUER}userinfo` })
    tenant.other = (_url, { headers }) => Response.json({ sub: 'auth0|alice', sent: [...new Headers(headers)] })
    vi.stubGlobal('fetch', tenant.fetch)
  }
  beforeEach(async () => {
    vi.spyOn(Date, 'now').mockReturnValue(NOW * 1000)
    await begin()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })
  return {
    get tenant() {
      return tenant
    },
    begin,
    clientOf: (config = {}) =>
      new TokenExchangeClient({
        domain: 'tenant.example.com',
        clientId: 'web-app',
        clientAuthentication: clientSecretPost('canary-client-secret'),
        audience: API,
        ...config,
      }),
    async outcome(call) {
      const result = await call
      const sent = tenant.tokenRequests.map(({ headers, ...request }) => ({ ...request, headers: [...headers] }))
      return { result, sent, urls: [...tenant.urls] }
    },
    failOnce() {
      tenant.answer = () => {
        tenant.answer = () => Response.json(TOKEN_RESPONSE)
        return new Response(null, { status: 503, headers: { 'Retry-After': '0' } })
      }
    },
  }
}
