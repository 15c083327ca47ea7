import { decodeForm, type FormFields } from './form.js'
import { playReply, replyAt, type ResolvedProgram, type WireReply } from './wire-program.js'

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

/** A fetch that plays a program without a network and writes down what it is given. */
export interface Wire {
  readonly fetch: typeof globalThis.fetch
  /** What is answered from now on. */
  play(program: ResolvedProgram): void
  /** What was sent since the last call. */
  take(): WireLog
}

type Log = Record<keyof WireLog, WireRequest[]>
type RedirectMode = 'follow' | 'manual' | 'error'

const NOT_FOUND: WireReply = { status: 404, headers: [] }
const MAX_REDIRECTS = 20

/**
 * A recording fetch that answers in place of the server of `issuer`.
 *
 * @param issuer Its URL, with the closing slash.
 * @param program What it answers at first.
 */
export function createWire(issuer: string, program: ResolvedProgram): Wire {
  const tokenEndpoint = `${issuer}oauth/token`
  const wellKnown = `${issuer}.well-known/`
  let playing = program
  let log = emptyLog()

  async function send(request: WireRequest, current: Log, signal: AbortSignal | null): Promise<Response> {
    if (request.method === 'POST' && request.url.split('?', 1)[0] === tokenEndpoint) {
      const index = current.exchanges.push(request) - 1
      return playReply(replyAt(playing.token, index), signal)
    }
    if (!request.url.startsWith(wellKnown)) {
      current.others.push(request)
      return playReply(NOT_FOUND, signal)
    }
    current.metadata.push(request)
    return playReply(request.url.endsWith('jwks.json') ? playing.keys : playing.metadata, signal)
  }

  return {
    async fetch(input, init) {
      // The log of the moment of the call: what is sent too late must not be taken for the next case's.
      const current = log
      const { recorded, mode, signal } = await capture(input, init)
      let request = recorded
      let response = await send(request, current, signal)
      for (let hops = 0; isRedirect(response) && mode !== 'manual'; hops++) {
        if (mode === 'error' || hops === MAX_REDIRECTS) throw new TypeError('fetch failed')
        request = redirected(request, response)
        response = await send(request, current, signal)
      }
      return response
    },
    play(next) {
      playing = next
    },
    take() {
      const taken = log
      log = emptyLog()
      return taken
    },
  }
}

function emptyLog(): Log {
  return { exchanges: [], metadata: [], others: [] }
}

function isRedirect({ status, headers }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.has('location')
}

/** What a fetch sends after a redirect (Fetch standard, HTTP-redirect fetch). */
function redirected(request: WireRequest, { status, headers }: Response): WireRequest {
  const url = new URL(headers.get('location') ?? '', request.url)
  const isOtherOrigin = url.origin !== new URL(request.url).origin
  const losesBody = status === 303 || ((status === 301 || status === 302) && request.method === 'POST')
  const dropped = [...(isOtherOrigin ? ['authorization', 'cookie'] : []), ...(losesBody ? ['content-type'] : [])]
  return {
    method: losesBody ? 'GET' : request.method,
    url: url.href,
    headers: request.headers.filter(([name]) => !dropped.includes(name)),
    body: losesBody ? new Uint8Array() : request.body,
    form: losesBody ? undefined : request.form,
  }
}

interface Captured {
  readonly recorded: WireRequest
  readonly mode: RedirectMode
  readonly signal: AbortSignal | null
}

async function capture(input: string | URL | Request, init: RequestInit | undefined): Promise<Captured> {
  const sent = init?.body
  // To make a Request, and to read its body back, costs more than all the rest: a plain call is taken as it was given.
  if (
    !(input instanceof Request) &&
    (sent === undefined || typeof sent === 'string' || sent instanceof URLSearchParams)
  ) {
    const headers = new Headers(init?.headers)
    if (sent instanceof URLSearchParams && !headers.has('content-type')) {
      headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8')
    }
    const url = input instanceof URL ? input.href : input
    const body = sent === undefined ? new Uint8Array() : new TextEncoder().encode(sent.toString())
    return {
      recorded: record((init?.method ?? 'GET').toUpperCase(), url, headers, body),
      mode: init?.redirect ?? 'follow',
      signal: init?.signal ?? null,
    }
  }
  const request = new Request(input, init)
  const body = new Uint8Array(await request.clone().arrayBuffer())
  return {
    recorded: record(request.method, request.url, request.headers, body),
    mode: request.redirect,
    signal: request.signal,
  }
}

function record(method: string, url: string, headers: Headers, body: Uint8Array): WireRequest {
  return { method, url, headers: [...headers], body, form: isForm(headers) ? decodeForm(body) : undefined }
}

function isForm(headers: Headers): boolean {
  return (
    (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
  )
}
