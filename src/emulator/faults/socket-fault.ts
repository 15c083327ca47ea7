import type { ServerResponse } from 'node:http'
import { ConnectionReset, TruncatedResponse } from './apply-fault.js'

/** Tells the server of Hono that nothing is left to send. */
const ALREADY_SENT = { 'x-hono-already-sent': 'true' }

/** Does to a socket what a fault did to the answer. Every other answer passes. */
export async function sendFault(answer: Promise<Response>, outgoing: ServerResponse): Promise<Response> {
  try {
    const response = await answer
    if (!(response instanceof TruncatedResponse)) return response
    outgoing.writeHead(response.status, [...response.headers].flat())
    outgoing.flushHeaders()
    outgoing.write(response.sent)
    outgoing.socket?.destroySoon()
  } catch (error) {
    if (!(error instanceof ConnectionReset)) throw error
    reset(outgoing)
  }
  return new Response(null, { headers: ALREADY_SENT })
}

/** Only a socket without TLS knows how to say that it is reset. */
function reset({ socket }: ServerResponse): void {
  if (socket === null) return
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}
