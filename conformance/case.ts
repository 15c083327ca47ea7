import type { CallVector } from '../generated/schemas.js'
import type {
  Capabilities,
  ExchangeClient,
  ExchangeInput,
  Observation,
  OnBehalfOfInput,
  RedirectInput,
  SessionInput,
  SessionTransferInput,
} from './adapter.js'
import type { WireProgram } from './wire-program.js'
import type { WireLog } from './wire.js'

/** Who asks and what is answered, for every case that goes over the wire. */
export interface WireSettings {
  /** Default: the client of the suite, with client_secret_post. */
  readonly client?: CaseClient
  /** Default: tokens that hold. `{{name}}` in a body stands for the signed token of that name. */
  readonly program?: WireProgram
}

/** A client as a case names it; the suite adds the key of private_key_jwt. */
export type CaseClient = Partial<Omit<ExchangeClient, 'private_key'>>

/** A server whose certificate does not vouch for it: of an authority that nobody trusts, or for another host. */
export type Impostor = NonNullable<CallVector['server']>

/** One exchange, as the application asks for it. */
export interface ExchangeCase extends WireSettings {
  readonly kind: 'exchange'
  readonly input: ExchangeInput
  /** The SDK is pointed at it in place of the issuer. */
  readonly server?: Impostor
}

/** One exchange of an incoming access token for the next API's. */
export interface OnBehalfOfCase extends WireSettings {
  readonly kind: 'on_behalf_of'
  readonly input: OnBehalfOfInput
}

/** One session transfer token that is asked for. */
export interface SessionTransferCase extends WireSettings {
  readonly kind: 'session_transfer'
  readonly input: SessionTransferInput
}

/** One call that goes over the wire. */
export type CallCase = ExchangeCase | OnBehalfOfCase | SessionTransferCase

/** Several calls whose requests and answers are compared. The settings of the sequence are those of each call. */
export interface SequenceCase extends WireSettings {
  readonly kind: 'sequence'
  /** What the calls are to each other. */
  readonly relation: 'same-input' | 'further-extra' | 'other-order' | 'other-call'
  /** Whether the calls are made at the same time. */
  readonly concurrent?: true
  readonly steps: readonly CallCase[]
}

/** Logins and logouts in browsers, one after the other. Each login gets one reply. */
export interface SessionCase extends WireSettings {
  readonly kind: 'session'
  readonly input: SessionInput
}

/** One redirect to the login page of another application. */
export interface RedirectCase {
  readonly kind: 'redirect'
  readonly input: RedirectInput
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

/** The claims of a token, and those of the token that `actor` got for it. */
export interface ReExchangeCase {
  readonly kind: 're_exchange'
  readonly claims: ClaimsSource
  readonly next: ClaimsSource
  readonly actor: string
}

/** The JSON text of the claims, or how to make it when it is long. */
export type ClaimsSource = { readonly json: string } | { readonly actors: number }

/** One input, which the oracles judge. */
export type Case = CallCase | SequenceCase | SessionCase | RedirectCase | ActCase | ReExchangeCase

/** What a reader needs to see of a case: its input, without the defaults. */
export function caseInput(given: Case): unknown {
  switch (given.kind) {
    case 'act':
      return given.claims
    case 're_exchange':
      return { claims: given.claims, next: given.next }
    case 'sequence':
      return { relation: given.relation, steps: given.steps.map(caseInput), ...settingsOf(given) }
    case 'redirect':
      return given.input
    default:
      return { ...given.input, ...settingsOf(given), ...('server' in given && { server: given.server }) }
  }
}

function settingsOf({ client, program }: WireSettings): WireSettings {
  return { ...(client && { client }), ...(program && { program }) }
}

/** What was seen of an exchange, or of a call that is thin around one. */
export interface ExchangeEvidence {
  readonly op: CallCase['kind']
  readonly capabilities: Capabilities
  readonly issuer: string
  /** The URL of the impostor that the SDK was pointed at in place of the issuer. */
  readonly impostor?: string
  readonly client: ExchangeClient
  /** The exchange that was asked for. Of an on-behalf-of call or a session transfer, the exchange that it must be. */
  readonly input: ExchangeInput
  /** What the server answered, its signed tokens filled in. */
  readonly program: WireProgram
  /** What is known of the signed tokens in it. */
  readonly signed: ReadonlyMap<string, SignedTokenFact>
  readonly wire: WireLog
  readonly observation: Observation
  /** When the call was made and had ended, in seconds since the epoch. */
  readonly time: { readonly from: number; readonly to: number }
  /** What the SDK wrote to standard output and error, where that is known. */
  readonly printed?: string
}

/** What is known of a token that the suite signed. */
export interface SignedTokenFact {
  readonly claims: Readonly<Record<string, unknown>>
  /** Why a client must not trust it. */
  readonly problem?: string
  /** The media type in its header. */
  readonly typ?: string
}

/** What was seen of several calls together. */
export interface SequenceEvidence {
  readonly case: SequenceCase
  /** One for each step, in order; all of them have the requests of all. */
  readonly steps: readonly ExchangeEvidence[]
}

/** What was seen of the sessions in browsers. */
export interface SessionEvidence {
  readonly input: SessionInput
  /** What the server answered, its signed tokens filled in. */
  readonly program: WireProgram
  /** What is known of the signed tokens in it. */
  readonly signed: ReadonlyMap<string, SignedTokenFact>
  readonly wire: WireLog
  readonly observation: Observation
}

/** What was seen of a redirect. */
export interface RedirectEvidence {
  readonly input: RedirectInput
  readonly observation: Observation
}

/** What was seen of the act helpers; a helper that the SDK does not have gave no observation. */
export interface ActEvidence {
  readonly case: ActCase
  readonly currentActor: Observation | undefined
  readonly delegationChain: Observation | undefined
}

/** The chains that were read before and after one more exchange. */
export interface ReExchangeEvidence {
  readonly case: ReExchangeCase
  readonly before: Observation
  readonly after: Observation
}
