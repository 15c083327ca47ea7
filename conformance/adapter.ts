import type {
  ActRequest,
  Capabilities,
  Claim,
  ExchangeClient,
  ExchangeInput,
  ExchangeRequest,
  ExchangeTarget,
  ExtraEntry,
  Hello,
  Observation,
  OnBehalfOfInput,
  OnBehalfOfRequest,
  RedirectInput,
  RedirectRequest,
  SdkError,
  SeenSession,
  SessionInput,
  SessionRequest,
  SessionTransferInput,
  SessionTransferRequest,
} from '../generated/schemas.js'

export type {
  ActRequest,
  Capabilities,
  Claim,
  ExchangeClient,
  ExchangeInput,
  ExchangeRequest,
  ExchangeTarget,
  ExtraEntry,
  Hello,
  Observation,
  OnBehalfOfInput,
  OnBehalfOfRequest,
  RedirectInput,
  RedirectRequest,
  SdkError,
  SeenSession,
  SessionInput,
  SessionRequest,
  SessionTransferInput,
  SessionTransferRequest,
}

/** What goes over the wire: an exchange, or one of the calls that are thin around it. */
export type WireCall = ExchangeRequest | OnBehalfOfRequest | SessionTransferRequest

/** What the runner asks of an adapter, beside its hello. */
export type PerformRequest = WireCall | SessionRequest | RedirectRequest | ActRequest

/** What an adapter gets beside a request. */
export interface PerformContext {
  /** The only way to the network. The same function for as long as the adapter lives. */
  readonly fetch: typeof globalThis.fetch
}

/**
 * A thin and linear driver of one SDK. It sees neither the name of a case nor what is expected.
 *
 * An SDK's error is an observation; only a fault of the adapter itself may be thrown.
 */
export interface Adapter {
  /** Which SDK this is and what it offers. */
  hello(): Promise<Hello>
  /** Does one thing and says what was seen. */
  perform(request: PerformRequest, context: PerformContext): Promise<Observation>
  /** What the SDK wrote to standard output and error since the last call, where that can be known. */
  takePrinted?(): string
}

/** An adapter that can be had by name. */
export interface AdapterEntry {
  readonly name: string
  /** The command of its process, when the suite does not know it by name; a replay needs it. */
  readonly command?: string
  /** Rejects when the SDK is not installed. */
  load(): Promise<Adapter>
}

/**
 * The observation for an error that an SDK threw.
 *
 * @param error What was caught.
 * @param oauthError The `error` code of the server, where the SDK gives it.
 * @example
 * ```ts
 * const observation = rejectedBy(new TypeError('no'))
 * // { outcome: 'rejected', error: { class: 'TypeError', message: 'no', stack: 'TypeError: no\n    at ...' } }
 * ```
 */
export function rejectedBy(error: unknown, oauthError?: unknown): Observation {
  if (!(error instanceof Error)) return { outcome: 'rejected', error: { class: typeof error, message: '' } }
  const { message, stack } = error
  const code = (error as { code?: unknown }).code
  return {
    outcome: 'rejected',
    error: {
      class: error.constructor.name,
      ...(typeof code === 'string' ? { code } : {}),
      message,
      ...(typeof stack === 'string' ? { stack } : {}),
      ...(typeof oauthError === 'string' ? { oauth_error: oauthError } : {}),
    },
  }
}
