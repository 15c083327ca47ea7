import { createServer, type AddressInfo, type Socket } from 'node:net'

/** Writes to the socket what a server at `origin` answers. */
export type Program = (socket: Socket, origin: string) => void

/** What is answered: bytes, after which the connection ends, or a program. */
export type Reply = string | Buffer | Program

/** A server on loopback that answers with bytes, not with HTTP. */
export interface HostileServer {
  readonly origin: string
  /** By path; a path that is not here gets the answer of an ordinary server. */
  readonly replies: Map<string, Reply>
  /** How many connections there were, and how many bytes came in over them. */
  readonly seen: { connections: number; bytes: number }
  close(): Promise<void>
}

/** A complete answer on a connection that stays open. */
export function framed(status: number | string, headers: readonly string[], body: string | Buffer = ''): Program {
  const lines = [`HTTP/1.1 ${status} x`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', '']
  const bytes = Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(body)])
  return (socket) => socket.write(bytes)
}

/** A complete answer whose body is `value` as JSON, or the text that it is. */
export function json(value: unknown, status: number | string = 200, headers: readonly string[] = []): Program {
  const body = typeof value === 'string' || value instanceof Buffer ? value : JSON.stringify(value)
  return framed(status, ['Content-Type: application/json', ...headers], body)
}

/** Lines as they are; the last argument is what follows the empty line. */
export function raw(...lines: readonly string[]): string {
  const body = lines.at(-1) ?? ''
  return `${lines.slice(0, -1).join('\r\n')}\r\n\r\n${body}`
}

/** One part after the other, until there is no part or no socket. */
export function trickled(parts: Iterable<string | Buffer>, everyMs: number): Program {
  return (socket) => {
    const rest = parts[Symbol.iterator]()
    const next = (): void => {
      const step = rest.next()
      if (step.done === true || socket.destroyed) return
      // A peer that does not read must not fill the memory.
      const isTaken = socket.write(step.value)
      if (isTaken) setTimeout(next, everyMs)
      else socket.once('drain', next)
    }
    next()
  }
}

/** Writes `text` and resets the connection. */
export function reset(text = ''): Program {
  return (socket) => {
    if (text === '') socket.resetAndDestroy()
    else socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 10))
  }
}

/** Writes `text`, and nothing more. */
export function silent(text = ''): Program {
  return (socket) => {
    if (text !== '') socket.write(text)
  }
}

/** Starts a server; `ordinary` gives the JSON that a path is answered with when no reply is set for it. */
export async function listen(ordinary: (path: string, origin: string) => unknown): Promise<HostileServer> {
  const sockets = new Set<Socket>()
  const replies = new Map<string, Reply>()
  const seen = { connections: 0, bytes: 0 }
  const server = createServer({ noDelay: true }, (socket) => {
    seen.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // The client resets what it has enough of.
    socket.on('error', () => undefined)
    let received = ''
    socket.on('data', (chunk) => {
      seen.bytes += chunk.length
      received += chunk.toString('latin1')
      for (;;) {
        const request = /^[A-Z]+ (\S+) HTTP\/1\.1\r\n[^]*?\r\n\r\n/.exec(received)
        const length = Number(/content-length: (\d+)/i.exec(request?.[0] ?? '')?.[1] ?? 0)
        if (!request || received.length < request[0].length + length) return
        received = received.slice(request[0].length + length)
        const path = request[1] ?? ''
        const reply = replies.get(path) ?? json(ordinary(path, origin))
        if (typeof reply === 'function') reply(socket, origin)
        else socket.end(reply)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    replies,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        for (const socket of sockets) socket.destroy()
      }),
  }
}
