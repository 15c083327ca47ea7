import type { TokenExchangeClientConfig } from '../input/client-config.js'
import { DEFAULT_MAX_BYTES, DEFAULT_TIMEOUT_MS, globalFetch } from './bounded-fetch.js'
import { createTenantSource, type TenantSource } from '../tenant/tenant.js'
import type { Sender } from '../request/token-request.js'
import type { SignedTokensLoader } from '../tokens/loader.js'
import { createTransport } from './transport.js'

/** What a client sends its requests with, and to whom. */
export interface Connection {
  readonly sender: Sender
  readonly tenantFor: TenantSource
}

/** Connects a client to its authorization server; nothing is sent yet. */
export function connect(
  config: Pick<
    TokenExchangeClientConfig,
    'domain' | 'clientId' | 'clientAuthentication' | 'fetch' | 'timeoutMs' | 'now'
  >,
  loadSignedTokens: SignedTokensLoader,
): Connection {
  const { clientId, clientAuthentication, now = Date.now } = config
  const limits = { timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS, maxBytes: DEFAULT_MAX_BYTES }
  const transport = createTransport(config.fetch ?? globalFetch)
  return {
    sender: { clientId, clientAuthentication, transport, now, loadSignedTokens, ...limits },
    tenantFor: createTenantSource(config.domain, transport, limits, now, loadSignedTokens),
  }
}
