import type { Fault } from '../faults/fault.js'

/** What `GET /__emulator/state`, and every change, answers. */
export interface ControlState {
  readonly issuer: string
  /** The clock, in milliseconds since the epoch. */
  readonly now: number
  /** The published keys by their `kid`. The first one signs. */
  readonly keys: readonly string[]
  /** The faults that wait for a request. */
  readonly faults: readonly Fault[]
  /** Give it as `since` to get the requests after this moment. */
  readonly cursor: string
}
