import type { Capabilities, ExchangeClient, ExchangeInput, Observation } from './adapter.js'
import type { WireLog } from './wire.js'

/** One exchange, as the application asks for it. */
export interface ExchangeCase {
  readonly kind: 'exchange'
  readonly input: ExchangeInput
}

/** What is known of one node of an act claim, from the outermost inwards. */
export type ActorFact = { readonly sub: string } | { readonly malformed: string }

/** The claims of one token, and what is known of its act claim. */
export interface ActCase {
  readonly kind: 'act'
  readonly claims: ClaimsSource
  /** One fact for each node. A malformed node may be the last that is known. */
  readonly chain: readonly ActorFact[]
  /** How the innermost node ends: without `act`, or with `act: null`. */
  readonly end: 'absent' | 'null'
  /** Names that the claims hold in places where no actor is named. */
  readonly decoys: readonly string[]
}

/** The JSON text of the claims, or how to make it when it is long. */
export type ClaimsSource = { readonly json: string } | { readonly actors: number }

/** One input, which the oracles judge. */
export type Case = ExchangeCase | ActCase

/** What was seen of an exchange. */
export interface ExchangeEvidence {
  readonly capabilities: Capabilities
  readonly client: ExchangeClient
  readonly input: ExchangeInput
  readonly wire: WireLog
  readonly observation: Observation
}

/** What was seen of the act helpers; a helper that the SDK does not have gave no observation. */
export interface ActEvidence {
  readonly case: ActCase
  readonly currentActor: Observation | undefined
  readonly delegationChain: Observation | undefined
}
