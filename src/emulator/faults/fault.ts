/**
 * What goes wrong with an answer: the connection breaks (`reset`), something else answers (`status`), the body ends too
 * soon (`truncateAfter`), or all of it comes late (`delayMs`, alone or with one of the others).
 *
 * @example
 *   const down: Fault = { path: '/oauth/token', status: 503, headers: { 'Retry-After': '1' }, times: 2 }
 *   const late: Fault = { delayMs: 30_000 }
 *   const gone: Fault = { method: 'GET', path: '/.well-known/jwks.json', reset: true }
 *   const short: Fault = { path: '/oauth/token', truncateAfter: 20 }
 */
export type Fault = FaultTarget & (ResetFault | AnswerFault | TruncationFault | DelayFault)

/** The words by which the journal tells what a fault did. */
export type FaultKind = 'reset' | 'answer' | 'truncation' | 'delay'

/** Which requests a fault is for. */
export interface FaultTarget {
  /** The path of the URL. Without it, any. */
  readonly path?: string
  /** Without it, any. */
  readonly method?: string
  /** How many requests get it. Default 1. */
  readonly times?: number
}

/** The connection breaks before an answer. The server does nothing with the request. */
export interface ResetFault {
  readonly reset: true
  readonly delayMs?: number
  readonly status?: never
  readonly headers?: never
  readonly body?: never
  readonly truncateAfter?: never
}

/** An answer that is not the server's, which does nothing with the request. */
export interface AnswerFault {
  /** From 200 to 599. */
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is, or an object as JSON. Without it, none. */
  readonly body?: string | object
  readonly delayMs?: number
  readonly truncateAfter?: number
  readonly reset?: never
}

/** The server's own answer, of whose body only so many bytes come, under a longer `Content-Length`. */
export interface TruncationFault {
  readonly truncateAfter: number
  readonly delayMs?: number
  readonly status?: never
  readonly headers?: never
  readonly body?: never
  readonly reset?: never
}

/** The server's own answer, so many milliseconds later. By the real clock, since a client's timeout goes by it. */
export interface DelayFault {
  readonly delayMs: number
  readonly status?: never
  readonly headers?: never
  readonly body?: never
  readonly truncateAfter?: never
  readonly reset?: never
}

export function kindOf(fault: Fault): FaultKind {
  if (fault.reset === true) return 'reset'
  if (fault.truncateAfter !== undefined) return 'truncation'
  return fault.status === undefined ? 'delay' : 'answer'
}
