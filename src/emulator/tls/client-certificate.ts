import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'

/** The `x5t#S256` of the certificate that the client showed (RFC 8705, section 3.1). */
export function thumbprintOf(socket: Socket | TLSSocket): string | undefined {
  if (!('getPeerCertificate' in socket)) return undefined
  // Without a certificate Node gives an empty object, whatever its type says.
  const { raw } = socket.getPeerCertificate() as { readonly raw?: Buffer }
  return raw && createHash('sha256').update(raw).digest('base64url')
}
