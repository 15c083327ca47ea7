import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { requireOptionNames } from '../config/option-names.js'
import type { ConnectionOptions } from './connection.js'
import { isLoopbackHost } from './issuer.js'
import { sendFault } from '../faults/socket-fault.js'
import type { TrustFiles } from '../tls/trust-files.js'

/** Where an emulator listens. */
export interface ListenOptions {
  /** Without it, or 0, the system chooses a free one. */
  readonly port?: number
  /** A loopback host. Default `127.0.0.1`. */
  readonly host?: string
  /** Whether to speak https, with a certificate for `localhost`, `127.0.0.1` and `::1` from a new authority. */
  readonly tls?: boolean
  /** Whether `host` may be one that other machines reach. The tenant's secrets are no secrets. Default false. */
  readonly allowRemote?: boolean
}

/** What an emulator knows and a socket needs. */
export interface SocketParts {
  readonly fetch: (request: Request, options: ConnectionOptions) => Promise<Response>
  readonly seeded: boolean
  /** Whether some client shows a certificate instead of a secret. */
  readonly takesCertificates: boolean
}

/** An open socket, by its origin. */
export interface OpenSocket {
  /** Without a trailing slash. */
  readonly origin: string
  /** With https. */
  readonly trust: TrustFiles | undefined
  readonly close: () => Promise<void>
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void
type Prepared = Pick<OpenSocket, 'trust'> & { readonly server: HttpServer }

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1']
/** An address that stands for all is none to send a request to. */
const WILDCARDS: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
])

/** Node's servers are loaded only here, so that the handler alone runs anywhere. */
export async function openSocket(parts: SocketParts, options: ListenOptions): Promise<OpenSocket> {
  requireOptionNames('listen', options, ['port', 'host', 'tls', 'allowRemote'])
  const { port = 0, host = '127.0.0.1', tls = false, allowRemote = false } = options
  if (host === '' || !(allowRemote || isLoopbackHost(host))) {
    throw new TypeError(
      'The emulator listens on loopback hosts only: 127.0.0.1, ::1 or localhost. With allowRemote it takes others.',
    )
  }
  const bound = host.replaceAll(/[[\]]/g, '')
  const reached = WILDCARDS.get(bound) ?? bound
  const listener = await createListener(parts, reached)
  const { server, trust } = tls ? await createHttps(listener, parts, reached) : await createHttp(listener)
  const sockets = collectSockets(server)
  const close = async (): Promise<void> => {
    await closing(server, sockets)
    await trust?.remove()
  }
  await listening(server, port, bound).catch(async (error: unknown) => {
    await trust?.remove()
    throw error
  })
  const authority = `${reached.includes(':') ? `[${reached}]` : reached}:${(server.address() as AddressInfo).port}`
  return { origin: `${tls ? 'https' : 'http'}://${authority}`, trust, close }
}

async function createListener({ fetch }: SocketParts, hostname: string): Promise<Listener> {
  const { getRequestListener } = await import('@hono/node-server')
  const { thumbprintOf } = await import('../tls/client-certificate.js')
  const listener = getRequestListener(
    (request, { incoming, outgoing }) => {
      const ip = incoming.socket.remoteAddress
      const thumbprint = thumbprintOf(incoming.socket)
      const answer = fetch(request, {
        ...(ip !== undefined && { ip }),
        ...(thumbprint !== undefined && { clientCertificateThumbprint: thumbprint }),
      })
      return sendFault(answer, outgoing as ServerResponse)
    },
    { overrideGlobalObjects: false, hostname },
  )
  return (incoming, outgoing) => void listener(incoming, outgoing)
}

async function createHttp(listener: Listener): Promise<Prepared> {
  const { createServer } = await import('node:http')
  return { server: createServer(listener), trust: undefined }
}

/** Any client certificate is taken, since what counts is its thumbprint; the handshake proves who holds its key. */
async function createHttps(listener: Listener, parts: SocketParts, host: string): Promise<Prepared> {
  const { createServer } = await import('node:https')
  const { createCertificates } = await import('../tls/certificates.js')
  const { writeTrustFiles } = await import('../tls/trust-files.js')
  const { authority, server } = await createCertificates([...new Set([...LOOPBACK_NAMES, host])], parts.seeded)
  const tls = { cert: server.certificate, key: server.key, requestCert: parts.takesCertificates }
  return {
    server: createServer({ ...tls, rejectUnauthorized: false }, listener),
    trust: await writeTrustFiles(authority),
  }
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

/** Those that have not finished their handshake too, which the server itself does not count as connections. */
function collectSockets(server: HttpServer): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/** Ends open connections too: a client that keeps one alive must not keep the process alive. */
function closing(server: HttpServer, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve()
      else reject(error)
    })
    for (const socket of sockets) socket.destroy()
  })
}
