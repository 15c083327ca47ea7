import { createRecorder, recordRequest, type Recorder, type WireLog, type WireRequest } from './recorder.js'
import { playReply, type ResolvedProgram } from './wire-program.js'

export type { WireLog, WireRequest }

/** A fetch that plays a program without a network and writes down what it is given. */
export interface Wire extends Pick<Recorder, 'play' | 'take'> {
  readonly fetch: typeof globalThis.fetch
}

type RedirectMode = 'follow' | 'manual' | 'error'

const MAX_REDIRECTS = 20

/**
 * A recording fetch that answers in place of the server of `issuer`.
 *
 * @param issuer Its URL, with the closing slash.
 * @param program What it answers at first. Default: that it is not available.
 */
export function createWire(issuer: string, program?: ResolvedProgram): Wire {
  const recorder = createRecorder(issuer, program)
  return {
    async fetch(input, init) {
      const record = recorder.begin()
      const { recorded, mode, signal } = await capture(input, init)
      let request = recorded
      let response = await playReply(record(request), signal)
      for (let hops = 0; isRedirect(response) && mode !== 'manual'; hops++) {
        if (mode === 'error' || hops === MAX_REDIRECTS) throw new TypeError('fetch failed')
        request = redirected(request, response)
        response = await playReply(record(request), signal)
      }
      return response
    },
    play: (next) => {
      recorder.play(next)
    },
    take: () => recorder.take(),
  }
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
      recorded: recordRequest((init?.method ?? 'GET').toUpperCase(), url, [...headers], body),
      mode: init?.redirect ?? 'follow',
      signal: init?.signal ?? null,
    }
  }
  const request = new Request(input, init)
  const body = new Uint8Array(await request.clone().arrayBuffer())
  return {
    recorded: recordRequest(request.method, request.url, [...request.headers], body),
    mode: request.redirect,
    signal: request.signal,
  }
}
