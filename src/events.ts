import type { TokenExchangeErrorCode } from './errors.js'

/** Which call an event is about. */
export type Flow = 'exchange' | 'on_behalf_of' | 'session_transfer' | 'token_vault' | 'login' | 'refresh'

/** One finished call, without a token in it. */
export interface ExchangeEvent {
  readonly flow: Flow
  readonly outcome: 'success' | 'error'
  /** Of the error. */
  readonly code?: TokenExchangeErrorCode
  /** HTTP status of the error's answer. */
  readonly status?: number
  /** `bypass`: the call does not use the cache. */
  readonly cache: 'hit' | 'miss' | 'bypass'
  /** Whether the answer came from another call's request. */
  readonly coalesced: boolean
  /** When the call began, in milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  /** The server's issuer; absent when the call ended before it was known. */
  readonly issuer?: string
  readonly audience?: string | readonly string[]
  readonly scope?: string
}

/** Told of every finished call. What it throws or rejects with is dropped: watching must not break a call. */
export type OnEvent = (event: ExchangeEvent) => unknown
