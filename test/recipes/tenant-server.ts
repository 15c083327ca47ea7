import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TLSSocket } from 'node:tls'
import { ISSUER } from '../support/scripted-server.js'
import type { SigningTenant } from '../support/signing-tenant.js'

/** A tenant that can be reached over TLS, on a port that nobody could guess. */
export interface TenantServer {
  readonly port: number
  close(): Promise<void>
}

export async function serveTenant(
  tenant: Pick<SigningTenant, 'fetch'>,
  options: ServerOptions,
  onConnection: (socket: TLSSocket) => void = () => undefined,
): Promise<TenantServer> {
  const server = createServer(options, (request, response) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = request
      const init = { method, headers: headers as Record<string, string>, body: await text(request) }
      const answer = await tenant.fetch(new URL(url, ISSUER).href, init)
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
    })()
  }).listen(0, 'localhost')
  server.on('secureConnection', onConnection)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
