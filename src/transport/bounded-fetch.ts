import { abortedError, onAbort } from '../abort.js'
import { TokenExchangeError } from '../errors.js'

/** What a request is sent with. The arguments are always a URL string and a plain init. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Under this name a fetch offers a cheaper form of itself, whose answers have only what is read here. */
export const LIGHT_FETCH = Symbol('onbehalf.lightFetch')

/** Looked up at each call: whoever replaces the global `fetch` later, a test or a tracer, is heard. */
export const globalFetch: Fetch = (url, init) => globalThis.fetch(url, init)

/** The bounds of one request. */
export interface Limits {
  /** For the whole answer, body included, in milliseconds. */
  readonly timeoutMs: number
  /** Of the answer's body. */
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
}

export const DEFAULT_TIMEOUT_MS = 10_000
export const DEFAULT_MAX_BYTES = 1024 * 1024

/** Sends one request, which ends when the signal says so. */
export type Send = (signal: AbortSignal) => Promise<Response>

/** An answer whose body was read within its limits. */
export class ReadResponse {
  readonly status: number
  readonly ok: boolean
  readonly headers: Headers
  readonly body: string

  constructor(response: Response, body: string) {
    this.status = response.status
    this.ok = response.ok
    this.headers = response.headers
    this.body = body
  }

  text(): Promise<string> {
    return Promise.resolve(this.body)
  }
}

/**
 * Calls `send` with the signal that ends its request, and reads the whole body, within `limits`.
 *
 * @throws {TokenExchangeError} `timeout`, `aborted`, `network_error`; `invalid_response` for a body over the limit
 *   (`too_large`) or a redirect (`redirect`).
 */
export function boundedFetch(send: Send, limits: Limits): Promise<ReadResponse> {
  const { signal, timeoutMs, maxBytes } = limits
  if (signal?.aborted) return Promise.reject(abortedError(signal))
  const controller = new AbortController()
  return new Promise<ReadResponse>((resolve, reject) => {
    // The promise settles by itself: a fetch that ignores its signal must not hold the caller.
    const giveUp = (error: TokenExchangeError): void => {
      fail(error)
      controller.abort()
    }
    const stopListening =
      signal &&
      onAbort(signal, () => {
        giveUp(abortedError(signal))
      })
    const timer = setTimeout(() => {
      giveUp(new TokenExchangeError('timeout', `No complete answer within ${timeoutMs} ms.`))
    }, timeoutMs)
    const finish = (): void => {
      clearTimeout(timer)
      stopListening?.()
    }
    const fail = (error: TokenExchangeError): void => {
      finish()
      reject(error)
    }
    sendAndRead(send, controller.signal, maxBytes).then(
      (response) => {
        finish()
        resolve(response)
      },
      (error: unknown) => {
        fail(error instanceof TokenExchangeError ? error : networkError(error))
      },
    )
  })
}

async function sendAndRead(send: Send, signal: AbortSignal, maxBytes: number): Promise<ReadResponse> {
  const response = await send(signal)
  const { type, status, body } = response
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    void body?.cancel().catch(() => undefined)
    throw new TokenExchangeError('invalid_response', 'The server answered with a redirect.', {
      reason: 'redirect',
      status,
    })
  }
  return new ReadResponse(response, body ? await readText(body, maxBytes, status) : '')
}

const UTF8 = new TextDecoder()

/** The body of a light answer. */
export interface LightBody {
  /** Gives each piece as it comes; what `add` throws ends the request. */
  read(add: (piece: Uint8Array) => void): Promise<void>
  cancel(): Promise<void>
}

async function readText(
  body: ReadableStream<Uint8Array> | LightBody,
  maxBytes: number,
  status: number,
): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  const add = (chunk: Uint8Array): void => {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes, status)
    chunks.push(chunk)
  }
  // A web stream's own iterator costs more than its reader; a stream that a reader has locked only the reader cancels.
  const reader = 'getReader' in body ? body.getReader() : undefined
  try {
    if (reader) for (let read = await reader.read(); !read.done; read = await reader.read()) add(read.value)
    else await (body as LightBody).read(add)
  } catch (error) {
    void (reader ?? body).cancel().catch(() => undefined)
    throw error
  }
  const [first, second] = chunks
  return UTF8.decode(second ? joined(chunks, size) : first)
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}

function tooLarge(maxBytes: number, status: number): TokenExchangeError {
  const message = `The answer is larger than ${maxBytes} bytes.`
  return new TokenExchangeError('invalid_response', message, { reason: 'too_large', status })
}

function networkError(cause: unknown): TokenExchangeError {
  return new TokenExchangeError('network_error', 'The request got no complete answer.', { cause })
}
