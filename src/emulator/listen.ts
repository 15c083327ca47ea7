import type { Server as HttpServer, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConnectionOptions } from './connection.js'
import { isLoopbackHost } from './issuer.js'
import { sendFault } from './socket-fault.js'

/** Where an emulator listens. */
export interface ListenOptions {
  /** Without it, or 0, the system chooses a free one. */
  readonly port?: number
  /** A loopback host. Default `127.0.0.1`. */
  readonly host?: string
}

/** An open socket, by its origin. */
export interface OpenSocket {
  /** Without a trailing slash. */
  readonly origin: string
  readonly close: () => Promise<void>
}

/** Node's servers are loaded only here, so that the handler alone runs anywhere. */
export async function openSocket(
  fetch: (request: Request, options: ConnectionOptions) => Promise<Response>,
  { port = 0, host = '127.0.0.1' }: ListenOptions,
): Promise<OpenSocket> {
  if (!isLoopbackHost(host)) {
    throw new TypeError('The emulator listens on loopback hosts only: 127.0.0.1, ::1 or localhost')
  }
  const { createServer } = await import('node:http')
  const { getRequestListener } = await import('@hono/node-server')
  const listener = getRequestListener(
    (request, { incoming, outgoing }) => {
      const ip = incoming.socket.remoteAddress
      return sendFault(fetch(request, ip === undefined ? {} : { ip }), outgoing as ServerResponse)
    },
    { overrideGlobalObjects: false, hostname: host },
  )
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  const hostname = host.replaceAll(/[[\]]/g, '')
  await listening(server, port, hostname)
  const origin = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${(server.address() as AddressInfo).port}`
  return { origin, close: () => closing(server) }
}

function listening(server: HttpServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Ends open connections too: a client that keeps one alive must not keep the process alive. */
function closing(server: HttpServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve()
      else reject(error)
    })
    server.closeAllConnections()
  })
}
