import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createAuthority } from '../recipes/certificates.js'
import type { NamedHosts } from './chromium.js'

type Handler = (request: Request) => Response | Promise<Response>

/** A request as it came to a host. */
export interface Arrival {
  readonly host: string
  readonly path: string
  readonly url: string
  readonly headers: Headers
}

/** Several hosts, which are one https server. */
export interface Hosts {
  /** Where a browser finds them. */
  readonly named: NamedHosts
  readonly arrivals: readonly Arrival[]
  /** What each host's log says. */
  readonly log: readonly string[]
  close(): Promise<void>
}

export async function serveHosts(handlers: Readonly<Record<string, Handler>>): Promise<Hosts> {
  const arrivals: Arrival[] = []
  const log: string[] = []

  async function handle(request: Request): Promise<Response> {
    const { url, method, headers } = request
    const { host, pathname: path } = new URL(url)
    arrivals.push({ host, path, url, headers })
    const response = (await handlers[host]?.(request)) ?? new Response(null, { status: 404 })
    log.push(`${method} ${host}${path} ${response.status}`)
    return response
  }

  const listener = getRequestListener(handle, { overrideGlobalObjects: false })
  const server = createServer(createAuthority().server, (incoming, outgoing) => void listener(incoming, outgoing))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    named: { names: Object.keys(handlers), port },
    arrivals,
    log,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
