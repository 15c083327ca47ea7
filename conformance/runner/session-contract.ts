import type { Hello, Observation, PerformRequest } from '../adapter.js'
import type { Case } from '../case.js'
import type { Verdict } from '../oracles/index.js'
import type { CaseResult } from './lane.js'

/** A verdict that came after the case that it is about, or about no case. */
export interface LateVerdict {
  readonly verdict: Verdict
  /** The case, as `judge` gave it. */
  readonly result?: CaseResult
}

/** One SDK under test. */
export interface Session {
  readonly hello: Hello
  /** How many cases it works on at the same time. */
  readonly lanes: number
  /** Does a case and has it judged by every rule that applies to the SDK. Never rejects. */
  judge(given: Case): Promise<CaseResult>
  /** Puts one question to the adapter, outside of any case. */
  ask(request: PerformRequest): Promise<Observation>
  /** What was found since the last call about cases that had ended. */
  takeLate(): readonly LateVerdict[]
  /** Why no further case can be done, or undefined when it can. */
  stopped(): string | undefined
  /** Ends what was started for it; to do so again is no error. A process that ends badly says so in `takeLate`. */
  close(): Promise<void>
}
