import { getGlobalDispatcher, type Dispatcher } from 'undici'
import type { Fetch, LightBody } from '../transport/bounded-fetch.js'

type HeaderFields = Readonly<Record<string, string>>

/** Nothing is decoded here, and a request that does not say so takes any coding (RFC 9110, section 12.5.3). */
const NOT_ENCODED: HeaderFields = { 'Accept-Encoding': 'identity' }

/** A fetch over undici's dispatcher itself: what `request` puts around a body costs more than the request. */
export function createLightFetch(dispatcher: Dispatcher | undefined): Fetch {
  return (url, { method = 'GET', headers, body, signal }) => {
    const { origin, pathname, search } = new URL(url)
    const sent = { ...(headers as HeaderFields), ...NOT_ENCODED }
    const request = { origin, path: pathname + search, method, headers: sent, body } as Dispatcher.DispatchOptions
    return new Promise((resolve, reject) => {
      const onAnswer = (answer: LightAnswer): void => {
        resolve(answer as unknown as Response)
      }
      const handler = new LightAnswer(onAnswer, reject, signal ?? undefined)
      void (dispatcher ?? getGlobalDispatcher()).dispatch(request, handler)
    })
  }
}

/**
 * One answer, as undici tells of it and as the transport reads it.
 *
 * A handler of the older form: the dispatcher may be that of Node's own fetch, which knows no other.
 */
class LightAnswer implements Dispatcher.DispatchHandler, LightBody {
  readonly type = 'basic'
  status = 0
  ok = false
  readonly headers = { get: (name: string) => this.#header(name) }
  readonly body = this
  #rawHeaders: readonly unknown[] = []
  readonly #pieces: Uint8Array[] = []
  #add: (piece: Uint8Array) => void = (piece) => void this.#pieces.push(piece)
  #hasEnded = false
  #onEnd: () => void = () => undefined
  #onFailure: (error: Error) => void
  #error: Error | undefined
  #abort: ((reason?: Error) => void) | undefined
  readonly #onAnswer: (answer: LightAnswer) => void
  readonly #signal: AbortSignal | undefined
  readonly #onAbort = (): void => this.#abort?.(this.#signal?.reason as Error)

  constructor(
    onAnswer: (answer: LightAnswer) => void,
    onFailure: (error: Error) => void,
    signal: AbortSignal | undefined,
  ) {
    this.#onAnswer = onAnswer
    this.#onFailure = onFailure
    this.#signal = signal
    signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#abort = abort
    if (this.#signal?.aborted) this.#onAbort()
  }

  onHeaders(status: number, rawHeaders: Buffer[]): boolean {
    if (status < 200) return true
    this.status = status
    this.ok = status < 300
    this.#rawHeaders = rawHeaders
    this.#onAnswer(this)
    return true
  }

  onData(piece: Buffer): boolean {
    try {
      this.#add(piece)
    } catch (error) {
      this.#abort?.(error as Error)
    }
    return true
  }

  onComplete(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#hasEnded = true
    this.#onEnd()
  }

  onError(error: Error): void {
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#error = error
    this.#onFailure(error)
  }

  read(add: (piece: Uint8Array) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      for (const piece of this.#pieces.splice(0)) add(piece)
      if (this.#error) reject(this.#error)
      else if (this.#hasEnded) resolve()
      this.#add = add
      this.#onEnd = resolve
      this.#onFailure = reject
    })
  }

  cancel(): Promise<void> {
    this.#abort?.(new Error('The answer is not read to its end.'))
    return Promise.resolve()
  }

  #header(name: string): string | null {
    const values: string[] = []
    for (let at = 0; at < this.#rawHeaders.length; at += 2) {
      if (String(this.#rawHeaders[at]).toLowerCase() === name.toLowerCase())
        values.push(String(this.#rawHeaders[at + 1]))
    }
    return values.length === 0 ? null : values.join(', ')
  }
}
