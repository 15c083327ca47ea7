import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'

/** A server on a free loopback port. */
export interface HttpServer {
  readonly url: string
  close(): Promise<void>
}

/** Serves `handle` over plain http on loopback. */
export async function serveHttp(handle: (request: Request) => Promise<Response>): Promise<HttpServer> {
  const listener = getRequestListener(handle, { overrideGlobalObjects: false })
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
