const DEFAULT_IP = '127.0.0.1'

/** What the host of `fetch` knows about the connection that a request came over. */
export interface ConnectionOptions {
  /** The address that the request comes from. Default `127.0.0.1`. */
  readonly ip?: string
  /**
   * The certificate that the client showed in the TLS handshake, as its SHA-256 thumbprint in base64url (the
   * `x5t#S256` of RFC 8705, section 3.1). Who passes it vouches that the client holds the key.
   */
  readonly clientCertificateThumbprint?: string
}

export interface Connection {
  readonly ip: string
  readonly certificateThumbprint: string | undefined
}

export function toConnection({ ip, clientCertificateThumbprint }: ConnectionOptions): Connection {
  return { ip: toAddress(ip ?? DEFAULT_IP), certificateThumbprint: clientCertificateThumbprint }
}

/** A socket that takes both kinds of addresses writes an IPv4 one as an IPv6 one. */
export function toAddress(ip: string): string {
  return ip.replace(/^::ffff:(?=[\d.]+$)/i, '')
}
