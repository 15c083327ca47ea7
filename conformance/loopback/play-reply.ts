import type { ServerResponse } from 'node:http'
import { replyBytes, type WireReply } from '../wire-program.js'

/** Plays a reply on a socket, breaking the connection where the reply says so. */
export function playOnSocket(reply: WireReply, response: ServerResponse): void {
  if (reply.delayMs === undefined) answer(reply, response)
  else
    later(reply.delayMs, response, () => {
      answer(reply, response)
    })
}

function later(ms: number, response: ServerResponse, act: () => void): void {
  const timer = setTimeout(act, ms)
  response.once('close', () => {
    clearTimeout(timer)
  })
}

function answer(
  { status, headers, truncateAfter, bodyDelayMs, reset, ...body }: WireReply,
  response: ServerResponse,
): void {
  if (reset) {
    response.destroy()
    return
  }
  const bytes = replyBytes({ status, headers, ...body })
  if (truncateAfter === undefined) {
    response.writeHead(status, headers.flat())
    if (bodyDelayMs === undefined) response.end(bytes)
    else {
      response.flushHeaders()
      later(bodyDelayMs, response, () => {
        response.end(bytes)
      })
    }
    return
  }
  response.writeHead(status, [...headers, ['content-length', String(bytes.length)] as const].flat())
  response.flushHeaders()
  response.write(bytes.subarray(0, truncateAfter), () => {
    response.destroy()
  })
}
