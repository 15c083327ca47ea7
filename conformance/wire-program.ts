/** One answer of a server, as data. */
export interface WireReply {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The body as text. */
  readonly body?: string
  /** The body where its bytes matter. */
  readonly bodyBase64?: string
  /** The connection breaks after so many bytes of the body. */
  readonly truncateAfter?: number
  /** The answer comes after so many milliseconds. */
  readonly delayMs?: number
  /** The body comes so many milliseconds after the headers. */
  readonly bodyDelayMs?: number
  /** The connection breaks before any answer. */
  readonly reset?: true
}

/** What a server answers during one case. Tokens in it were signed beforehand. */
export interface WireProgram {
  /** One for each request to the token endpoint; the last repeats. */
  readonly token: readonly WireReply[]
  /** Default: metadata that holds. */
  readonly metadata?: WireReply
  /** Default: the keys that the tokens were signed with. */
  readonly keys?: WireReply
}

/** A program that says everything. */
export type ResolvedProgram = Required<WireProgram>

/** The bytes of a reply's body, before anything is cut off. */
export function replyBytes({ body = '', bodyBase64 }: WireReply): Uint8Array {
  return bodyBase64 === undefined ? new TextEncoder().encode(body) : Buffer.from(bodyBase64, 'base64')
}

/** The reply to the `index`th request, counted from 0. */
export function replyAt(replies: readonly WireReply[], index: number): WireReply {
  const reply = replies[index] ?? replies.at(-1)
  if (!reply) throw new TypeError('a wire program needs at least one reply')
  return reply
}

/**
 * Plays a reply as `fetch` would give it.
 *
 * @param reply The answer.
 * @param signal Ends the wait of a delayed answer.
 * @throws {TypeError} When the connection breaks, as `fetch` does.
 */
export async function playReply(reply: WireReply, signal?: AbortSignal | null): Promise<Response> {
  if (reply.delayMs !== undefined) await delay(reply.delayMs, signal)
  if (reply.reset) throw brokenConnection()
  const { status, headers, truncateAfter, bodyDelayMs } = reply
  const init = { status, headers: headers as [string, string][] }
  if (NULL_BODY.has(status)) return new Response(null, init)
  if (truncateAfter !== undefined) return new Response(truncated(replyBytes(reply), truncateAfter), init)
  if (bodyDelayMs !== undefined) return new Response(delayed(replyBytes(reply), bodyDelayMs, signal), init)
  return new Response(reply.bodyBase64 === undefined ? (reply.body ?? '') : replyBytes(reply).slice(), init)
}

const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304])

function truncated(bytes: Uint8Array, length: number): ReadableStream<Uint8Array> {
  let sent = length === 0
  return new ReadableStream({
    async pull(controller) {
      if (!sent) {
        sent = true
        controller.enqueue(bytes.slice(0, length))
        return
      }
      // As on a network, what came before is read before the connection is seen to break.
      await new Promise((resolve) => setImmediate(resolve))
      controller.error(brokenConnection())
    },
  })
}

function delayed(bytes: Uint8Array, ms: number, signal: AbortSignal | null | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      await delay(ms, signal)
      controller.enqueue(bytes)
      controller.close()
    },
  })
}

function brokenConnection(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) })
}

function delay(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    if (signal?.aborted) {
      reject(signal.reason as Error)
      return
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
