import type { AnswerFault } from './fault.js'
import type { TakenFault } from './fault-queue.js'

/** How a fetch fails whose connection breaks: as that of Node does. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('The connection was reset'), { code: 'ECONNRESET' }) })
  }
}

/** An answer whose body breaks off. Reading it fails as with Node's fetch; a socket sends the bytes itself. */
export class TruncatedResponse extends Response {
  readonly sent: Uint8Array<ArrayBuffer>

  constructor(whole: Response, body: Uint8Array<ArrayBuffer>, length: number) {
    const sent = body.slice(0, length)
    const headers = new Headers(whole.headers)
    headers.set('Content-Length', String(Math.max(body.length, length + 1)))
    super(breakingOff(sent), { status: whole.status, headers })
    this.sent = sent
  }
}

/**
 * What becomes of the answer to a request that got a fault. Without an answer of the server's there is that of the
 * fault, or none.
 */
export async function applyFault(
  { fault, cleared }: TakenFault,
  request: Request,
  own: Response | undefined,
): Promise<Response> {
  if (fault.delayMs !== undefined) await holdBack(fault.delayMs, request.signal, cleared)
  const answer = fault.status === undefined ? own : makeAnswer(fault)
  if (answer === undefined) throw new ConnectionReset()
  if (fault.truncateAfter === undefined) return answer
  return new TruncatedResponse(answer, new Uint8Array(await answer.arrayBuffer()), fault.truncateAfter)
}

function makeAnswer({ status, headers = {}, body }: AnswerFault): Response {
  if (typeof body !== 'object') return new Response(body ?? null, { status, headers })
  const all = new Headers(headers)
  if (!all.has('Content-Type')) all.set('Content-Type', 'application/json')
  return new Response(JSON.stringify(body), { status, headers: all })
}

/** Ends early when the client gives up, or when the faults are cleared. */
function holdBack(milliseconds: number, givenUp: AbortSignal, cleared: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      clearTimeout(timer)
      givenUp.removeEventListener('abort', onGivenUp)
      cleared.removeEventListener('abort', onCleared)
      if (error === undefined) resolve()
      else reject(error)
    }
    const onGivenUp = (): void => {
      end(givenUp.reason as Error)
    }
    const onCleared = (): void => {
      end(new ConnectionReset())
    }
    const timer = setTimeout(() => {
      end()
    }, milliseconds)
    givenUp.addEventListener('abort', onGivenUp)
    cleared.addEventListener('abort', onCleared)
    if (givenUp.aborted) onGivenUp()
    else if (cleared.aborted) onCleared()
  })
}

function breakingOff(sent: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isSent = sent.length === 0
  return new ReadableStream({
    pull: (controller) => {
      if (isSent) {
        controller.error(new TypeError('terminated', { cause: new Error('The other side closed the connection') }))
        return
      }
      controller.enqueue(sent)
      isSent = true
    },
  })
}
