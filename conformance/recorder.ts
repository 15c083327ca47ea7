import { decodeForm, type FormFields } from './form.js'
import { replyAt, type WireProgram, type WireReply } from './wire-program.js'

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

/** Writes down the requests to one issuer, and says what a program answers them. */
export interface Recorder {
  /**
   * Called when a request begins. What it gives takes the whole request and says the reply.
   *
   * The request stands in the log of the moment when it began: what is sent too late must not be taken for the next
   * case's.
   */
  begin(): (request: WireRequest) => WireReply
  /** What is answered from now on. */
  play(program: Required<WireProgram>): void
  /** What was sent since the last call. */
  take(): WireLog
}

const NOT_FOUND: WireReply = { status: 404, headers: [] }
const UNAVAILABLE: WireReply = { status: 503, headers: [] }
const SILENT: Required<WireProgram> = { token: [UNAVAILABLE], metadata: UNAVAILABLE, keys: UNAVAILABLE }

/**
 * A recorder for the server of an issuer.
 *
 * @param issuer Its URL, with the closing slash.
 * @param program What it answers at first. Default: that it is not available.
 */
export function createRecorder(issuer: string, program = SILENT): Recorder {
  const tokenEndpoint = `${issuer}oauth/token`
  const wellKnown = `${issuer}.well-known/`
  let playing = program
  let log = emptyLog()
  return {
    begin() {
      const current = log
      return (request) => {
        if (request.method === 'POST' && request.url.split('?', 1)[0] === tokenEndpoint) {
          return replyAt(playing.token, current.exchanges.push(request) - 1)
        }
        if (!request.url.startsWith(wellKnown)) {
          current.others.push(request)
          return NOT_FOUND
        }
        current.metadata.push(request)
        return request.url.endsWith('jwks.json') ? playing.keys : playing.metadata
      }
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

/** A request as it went out; its body is read as a form when it says that it is one. */
export function recordRequest(
  method: string,
  url: string,
  headers: WireRequest['headers'],
  body: Uint8Array,
): WireRequest {
  return { method, url, headers, body, form: isForm(headers) ? decodeForm(body) : undefined }
}

function isForm(headers: WireRequest['headers']): boolean {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  return type.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

function emptyLog(): Record<keyof WireLog, WireRequest[]> {
  return { exchanges: [], metadata: [], others: [] }
}
