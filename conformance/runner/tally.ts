import { caseInput } from '../case.js'
import type { Reason, Verdict } from '../oracles/index.js'
import type { RequirementId } from '../requirements.js'
import type { CaseResult, LateVerdict } from './session.js'

/** A failing case, and how to see it again. */
export interface Counterexample {
  readonly check: { readonly kind: 'vector' | 'property'; readonly id: string }
  readonly seed: number
  readonly path: string
  readonly result: CaseResult
}

/** Where a failing case without a check of its own is found again: the plainest one. */
const PLAIN = { check: { kind: 'vector', id: 'plain-exchange' }, seed: 0, path: '0' } as const

/** One way of failing one rule. */
export interface Failure {
  readonly requirement: RequirementId
  readonly reason: Reason
  count: number
  /** The smallest that was found. */
  smallest: Counterexample | undefined
  /** How often the smallest failed when it was run again, or undefined when it was not. */
  held?: number
}

/** Told of each case as it is counted: which one of its check it was, counted from 1. */
export type CaseListener = (check: string, number: number, result: CaseResult) => void

/** Adds up what the cases of one SDK showed. */
export class Tally {
  cases = 0
  /** Cases in which an exchange request was sent. */
  wireCases = 0
  readonly counts = new Map<RequirementId, { passed: number; failed: number; unscored: number }>()
  readonly failures = new Map<string, Failure>()
  readonly faults: { readonly check: string; readonly message: string }[] = []
  readonly #places = new WeakMap<CaseResult, Omit<Counterexample, 'result'>>()
  readonly #numbers = new Map<string, number>()
  readonly #onCase: CaseListener | undefined

  constructor(onCase?: CaseListener) {
    this.#onCase = onCase
  }

  /** Counts a case of a check. */
  add(check: string, result: CaseResult): void {
    if (result.skipped) return
    this.cases += 1
    if (result.wire.exchanges.length > 0) this.wireCases += 1
    if (result.fault !== undefined) this.fault(check, result.fault)
    for (const verdict of result.verdicts) this.#count(verdict)
    const number = (this.#numbers.get(check) ?? 0) + 1
    this.#numbers.set(check, number)
    this.#onCase?.(check, number, result)
  }

  /** Notes where a case came from, for what may be found out about it later. */
  place(result: CaseResult, place: Omit<Counterexample, 'result'>): void {
    this.#places.set(result, place)
  }

  /** Counts a verdict on a case that was counted before, or on none. */
  addLate({ verdict, result }: LateVerdict): void {
    this.#count(verdict)
    if (verdict.status !== 'fail') return
    if (!result) {
      this.fault('adapter', `${verdict.requirement}: ${verdict.reason} (${verdict.detail ?? ''})`)
      return
    }
    const whole = { ...result, verdicts: [...result.verdicts, verdict] }
    this.keep(verdict, { ...(this.#places.get(result) ?? PLAIN), result: whole })
  }

  /** Keeps a counterexample when it is the smallest so far. */
  keep(verdict: Verdict, found: Counterexample): void {
    const failure = this.#failure(verdict)
    if (!failure.smallest || isSmaller(found, failure.smallest)) failure.smallest = found
  }

  /** Notes a fault of the suite or the adapter, once for each check and text. */
  fault(check: string, message: string): void {
    if (!this.faults.some((known) => known.check === check && known.message === message)) {
      this.faults.push({ check, message })
    }
  }

  #count(verdict: Verdict): void {
    const counts = this.counts.get(verdict.requirement) ?? { passed: 0, failed: 0, unscored: 0 }
    this.counts.set(verdict.requirement, counts)
    if (verdict.status === 'pass') counts.passed += 1
    else if (verdict.status === 'not_applicable') counts.unscored += 1
    else {
      counts.failed += 1
      this.#failure(verdict).count += 1
    }
  }

  #failure({ requirement, reason }: Verdict): Failure {
    const key = failureKey({ requirement, reason })
    const failure = this.failures.get(key) ?? { requirement, reason, count: 0, smallest: undefined }
    this.failures.set(key, failure)
    return failure
  }
}

/** What makes two failures the same: the rule and the reason. */
export function failureKey({ requirement, reason }: Pick<Verdict, 'requirement' | 'reason'>): string {
  return `${requirement} ${reason}`
}

/** Fewer options first; then what a person wrote, since it reads better; then the shorter text. */
function isSmaller(found: Counterexample, known: Counterexample): boolean {
  for (const measure of [optionsIn, isGenerated, lengthOf]) {
    const difference = measure(found) - measure(known)
    if (difference !== 0) return difference < 0
  }
  return false
}

function optionsIn({ result: { case: given } }: Counterexample): number {
  if (given.kind === 'act') return given.chain.length
  if (given.kind === 'session') return given.input.steps.length
  if (given.kind === 'sequence') return given.steps.length * 10
  if (given.kind === 're_exchange') return 1
  const { extra = [], ...typed } = given.input as { extra?: readonly unknown[] }
  const settings = given.kind === 'redirect' ? [] : [given.client, given.program]
  return Object.keys(typed).length + extra.length + settings.filter((part) => part !== undefined).length
}

function isGenerated({ check }: Counterexample): number {
  return check.kind === 'property' ? 1 : 0
}

function lengthOf({ result }: Counterexample): number {
  return JSON.stringify(caseInput(result.case)).length
}
