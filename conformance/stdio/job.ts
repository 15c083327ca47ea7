import type { Case } from '../case.js'
import { fail, pass, type Verdict } from '../oracles/verdict.js'
import type { CaseResult } from '../runner/lane.js'
import { KEPT_BY_EACH_CASE, type LifecycleError } from './lifecycle.js'

/** A case on its way through the pool. */
export interface Job {
  readonly given: Case
  readonly resolve: (result: CaseResult) => void
  /** What the process did wrong for it. */
  readonly troubles: Set<LifecycleError>
  /** Whether no other case was in flight at any time of it. */
  alone: boolean
  /** It has to be done again, alone, since something went wrong that may be its fault. */
  suspects: Suspects | undefined
  /** It is done again for these. */
  again: Suspects | undefined
  result: CaseResult | undefined
}

/** The cases that were in flight when something went wrong. */
export interface Suspects {
  /** Undefined when it is only to be seen whose output something was. */
  readonly trouble: LifecycleError | undefined
  readonly count: number
  left: number
  convicted: boolean
}

export function createJob(given: Case, resolve: Job['resolve']): Job {
  return {
    given,
    resolve,
    troubles: new Set(),
    alone: true,
    suspects: undefined,
    again: undefined,
    result: undefined,
  }
}

export function verdictOf({ requirement, reason, detail }: LifecycleError): Verdict {
  return fail(requirement, reason, detail)
}

/** The result of a case with what its process did wrong, or that it did nothing wrong. */
export function withTroubles(result: CaseResult, { troubles }: Job): CaseResult {
  if (result.skipped) return result
  const failed = [...troubles].map(verdictOf)
  const kept = KEPT_BY_EACH_CASE.filter((id) => !failed.some(({ requirement }) => requirement === id))
  return { ...result, verdicts: [...result.verdicts, ...failed, ...kept.map(pass)] }
}
