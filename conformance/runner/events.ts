import type { Finding, Report, SdkReport } from '../../generated/schemas.js'

/** What is known of a run before its first case. */
export interface RunPlan {
  readonly suite: string
  readonly seed: number
  readonly runs: number
  readonly sdks: readonly string[]
  /** How many vectors and properties there are for each SDK. */
  readonly checks: number
  /** What was left out, or undefined when nothing was. */
  readonly filter?: string
}

/** A step of a run. A report is what they add up to. */
export type RunEvent =
  | ({ readonly type: 'run.started' } & RunPlan)
  | { readonly type: 'sdk.started'; readonly sdk: string }
  | {
      readonly type: 'case.judged'
      readonly sdk: string
      readonly check: string
      /** Which case of the check it was, counted from 1. */
      readonly number: number
      readonly outcome: 'passed' | 'failed' | 'fault'
    }
  | { readonly type: 'check.finished'; readonly sdk: string; readonly check: string; readonly cases: number }
  | { readonly type: 'finding.confirmed' | 'finding.flaky'; readonly sdk: string; readonly finding: Finding }
  | { readonly type: 'sdk.finished'; readonly sdk: string; readonly report: SdkReport }
  | { readonly type: 'run.finished'; readonly environment: Report['environment'] }
  /** `why` is a sentence. */
  | { readonly type: 'run.interrupted'; readonly why: string; readonly environment: Report['environment'] }
