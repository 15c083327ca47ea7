import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Impostor } from '../case.js'
import { createRecorder, recordRequest, type Recorder, type WireRequest } from '../recorder.js'
import { playOnSocket } from './play-reply.js'

/** An origin of its own for one case at a time, so that no header is needed to tell whose a request is. */
export interface LoopbackLane {
  /** With its closing slash. */
  readonly issuer: string
  /** An origin with another host than the issuer's, without a closing slash. What is sent there is recorded too. */
  readonly elsewhere: string
  /** Origins whose certificates do not vouch for them, with their closing slashes. None without TLS. */
  readonly impostors: Readonly<Partial<Record<Impostor, string>>>
  readonly recorder: Recorder
  close(): void
}

/** Makes a server, with or without TLS. */
export type CreateServer = () => Server

/** Opens the origins of a lane on free ports of the loopback interface. */
export async function openLane(
  scheme: 'http' | 'https',
  createServer: CreateServer,
  impostors: Readonly<Partial<Record<Impostor, CreateServer>>> = {},
): Promise<LoopbackLane> {
  const servers = [createServer, createServer, ...Object.values(impostors)].map((create) => create())
  const [port, otherPort, ...impostorPorts] = await Promise.all(servers.map(listening))
  const origin = `${scheme}://127.0.0.1:${port}`
  // A client may trust every port of a host (as Go does with its headers), but not every host.
  const elsewhere = `${scheme}://localhost:${otherPort}`
  const impostorOrigins = impostorPorts.map((each) => `${scheme}://127.0.0.1:${each}`)
  const origins = [origin, elsewhere, ...impostorOrigins]
  const recorder = createRecorder(`${origin}/`)
  for (const [index, server] of servers.entries()) {
    server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
      const record = recorder.begin()
      void readBody(incoming).then((body) => {
        if (body) playOnSocket(record(requestOf(origins[index] ?? '', incoming, body)), response)
      })
    })
  }
  return {
    issuer: `${origin}/`,
    elsewhere,
    impostors: Object.fromEntries(Object.keys(impostors).map((kind, index) => [kind, `${impostorOrigins[index]}/`])),
    recorder,
    close() {
      for (const server of servers) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
}

function requestOf(origin: string, { method = '', url = '', rawHeaders }: IncomingMessage, body: Buffer): WireRequest {
  const headers: [string, string][] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([(rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? ''])
  }
  return recordRequest(method, origin + url, headers, body)
}

/** Undefined when the client went away before the end. */
function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.once('end', () => {
      resolve(Buffer.concat(chunks))
    })
    incoming.once('error', () => {
      resolve(undefined)
    })
  })
}

function listening(server: Server): Promise<number> {
  // An idle connection that the server closes while the client sends on it would be a flake.
  server.keepAliveTimeout = 0
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}
