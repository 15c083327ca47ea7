import type {
  ActRequest,
  Capabilities,
  ExchangeClient,
  ExchangeInput,
  ExchangeRequest,
  ExchangeTarget,
  ExtraEntry,
  Hello,
  Observation,
  SdkError,
} from '../generated/schemas.js'

export type {
  ActRequest,
  Capabilities,
  ExchangeClient,
  ExchangeInput,
  ExchangeRequest,
  ExchangeTarget,
  ExtraEntry,
  Hello,
  Observation,
  SdkError,
}

/** What the runner asks of an adapter, beside its hello. */
export type PerformRequest = ExchangeRequest | ActRequest

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
}

/** An adapter that can be had by name. */
export interface AdapterEntry {
  readonly name: string
  /** Rejects when the SDK is not installed. */
  load(): Promise<Adapter>
}

/**
 * The observation for an error that an SDK threw.
 *
 * @param error What was caught.
 * @example
 * ```ts
 * const observation = rejectedBy(new TypeError('no'))
 * // { outcome: 'rejected', error: { class: 'TypeError', message: 'no' } }
 * ```
 */
export function rejectedBy(error: unknown): Observation {
  if (!(error instanceof Error)) return { outcome: 'rejected', error: { class: typeof error, message: '' } }
  const code = (error as { code?: unknown }).code
  return {
    outcome: 'rejected',
    error: {
      class: error.constructor.name,
      ...(typeof code === 'string' ? { code } : {}),
      message: error.message,
    },
  }
}
