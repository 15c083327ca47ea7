import { decodeForm, type FormFields } from './form.js'

/** What answers: the emulator's handler, or a canned reply. */
export type Handler = (request: Request) => Promise<Response> | Response

/** One request, as its bytes went out. */
export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
  /** The fields of the body, or undefined when it is not a well-formed form. */
  readonly form: FormFields | undefined
}

/** What one case sent. */
export interface WireLog {
  /** POST requests to the token endpoint. Only these count as exchanges. */
  readonly exchanges: readonly WireRequest[]
  /** Requests for metadata and keys. */
  readonly metadata: readonly WireRequest[]
  /** Requests to anywhere else. */
  readonly others: readonly WireRequest[]
}

/** A fetch that reaches a handler without a network and writes down what it is given. */
export interface Wire {
  readonly fetch: typeof globalThis.fetch
  /** What was sent since the last call. */
  take(): WireLog
}

/** Where the token endpoint and the metadata are. */
export interface WireOptions {
  readonly issuer: string
  readonly handler: Handler
  /** Answers the token endpoint in place of the handler. */
  readonly reply?: Handler
}

/**
 * A recording fetch in front of a handler.
 *
 * @param options The issuer, and what answers.
 * @example
 * ```ts
 * const wire = createWire({ issuer: 'https://tenant.example.com/', handler: emulator.fetch })
 * await wire.fetch('https://tenant.example.com/oauth/token', { method: 'POST', body: 'grant_type=x' })
 * const { exchanges } = wire.take()
 * ```
 */
export function createWire({ issuer, handler, reply }: WireOptions): Wire {
  const tokenEndpoint = new URL('oauth/token', issuer).href
  const wellKnown = new URL('.well-known/', issuer).href
  let log = emptyLog()
  return {
    async fetch(input, init) {
      // The log of the moment of the call: what is sent too late must not be taken for the next case's.
      const current = log
      const { recorded, request } = await capture(input, init)
      const isExchange = recorded.method === 'POST' && recorded.url.split('?', 1)[0] === tokenEndpoint
      if (isExchange) current.exchanges.push(recorded)
      else if (recorded.url.startsWith(wellKnown)) current.metadata.push(recorded)
      else current.others.push(recorded)
      return isExchange && reply ? reply(request) : handler(request)
    },
    take() {
      const taken = log
      log = emptyLog()
      return taken
    },
  }
}

/** Gives the first answer of a handler that is a success to every later request: to sign again costs more than all else. */
export function recordedReply(handler: Handler): Handler {
  let recorded: { readonly body: string; readonly headers: [string, string][] } | undefined
  return async (request) => {
    if (!recorded) {
      const response = await handler(request)
      if (!response.ok) return response
      recorded = { body: await response.text(), headers: [...response.headers] }
    }
    return new Response(recorded.body, { headers: recorded.headers })
  }
}

function emptyLog(): { exchanges: WireRequest[]; metadata: WireRequest[]; others: WireRequest[] } {
  return { exchanges: [], metadata: [], others: [] }
}

async function capture(
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<{ recorded: WireRequest; request: Request }> {
  const request = new Request(input, init)
  const sent = init?.body
  // Reading a body back from a Request costs more than all the rest, so a text is taken as it was given.
  const body =
    typeof sent === 'string' || sent instanceof URLSearchParams
      ? new TextEncoder().encode(sent.toString())
      : new Uint8Array(await request.clone().arrayBuffer())
  const recorded = {
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    body,
    form: isForm(request.headers) ? decodeForm(body) : undefined,
  }
  return { recorded, request }
}

function isForm(headers: Headers): boolean {
  return (
    (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
  )
}
