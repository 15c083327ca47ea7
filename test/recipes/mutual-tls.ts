import { Agent } from 'undici'
import { TokenExchangeClient, mutualTls } from 'onbehalf'
import { createNodeFetch } from 'onbehalf/node'

/** Certificates and keys, as PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
  /** The authority of the server, when it is a private one. */
  readonly ca?: string
}

/** A client that shows a certificate (RFC 8705) to the endpoint that the server has for that. */
export function createClientWithCertificate(domain: string, certificate: Certificate): TokenExchangeClient {
  const dispatcher = new Agent({ connect: { ...certificate } })
  return new TokenExchangeClient({
    domain,
    clientId: 'mcp-server',
    clientAuthentication: mutualTls(),
    fetch: createNodeFetch({ dispatcher }),
  })
}
