import { ProxyAgent } from 'undici'
import { TokenExchangeClient, clientSecretPost } from 'onbehalf'
import { createNodeFetch } from 'onbehalf/node'

/**
 * A client whose every request goes through a proxy: exchanges, discovery and keys.
 *
 * @param proxyUrl Such as `http://proxy.corp.example:3128`.
 * @param ca The certificate of the authority that the proxy signs with, when it opens TLS.
 */
export function createClientBehindProxy(proxyUrl: string, ca?: string): TokenExchangeClient {
  const dispatcher = new ProxyAgent({ uri: proxyUrl, requestTls: { ca } })
  return new TokenExchangeClient({
    domain: 'tenant.example.com',
    clientId: 'mcp-server',
    clientAuthentication: clientSecretPost(process.env['CLIENT_SECRET'] ?? ''),
    audience: 'https://mcp.example.com',
    fetch: createNodeFetch({ dispatcher }),
  })
}
