import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import type { Case } from '../case.js'
import type { Verdict } from '../oracles/index.js'
import type { Property } from '../properties/index.js'
import { isLifecycle } from '../requirements.js'
import { propertySeed } from '../seed.js'
import type { Vector } from '../vectors.js'
import type { CaseResult, Session } from './session.js'
import { failureKey, type Tally } from './tally.js'

/** Shrinking ends after so many cases for one failure. */
const SHRINK_BUDGET = 500
/** Cases that wait for nothing leave no turn to a signal handler: it gets one after so many. */
const CASES_A_TURN = 64

/** Counts the one case of a vector. */
export function countVector(vector: Vector, result: CaseResult, tally: Tally): void {
  const place = { check: { kind: 'vector', id: vector.id }, seed: 0, path: '0' } as const
  tally.add(vector.id, result)
  tally.place(result, place)
  for (const verdict of failuresOf(result)) tally.keep(verdict, { ...place, result })
}

/** How a property is run. */
export interface PropertyOptions {
  readonly runSeed: number
  readonly runs: number
  /** Whether counterexamples are made smaller. */
  readonly shrink: boolean
  /** Ends the work after the case at hand. */
  readonly signal?: AbortSignal
}

/**
 * Judges the cases of a property, every one of them, then shrinks the first of each way of failing.
 *
 * To go on after a failure is what lets one property find several.
 */
export async function runProperty(
  session: Session,
  property: Property,
  { runSeed, runs, shrink, signal }: PropertyOptions,
  tally: Tally,
): Promise<void> {
  const seed = propertySeed(runSeed, property.id)
  const firsts = new Map<string, { readonly verdict: Verdict; readonly index: number; readonly result: CaseResult }>()
  const check = { kind: 'property', id: property.id } as const
  let index = 0
  const { give, end } = inOrder(session, (result) => {
    tally.add(property.id, result)
    tally.place(result, { check, seed, path: String(index) })
    for (const verdict of failuresOf(result)) {
      const key = failureKey(verdict)
      if (!firsts.has(key)) firsts.set(key, { verdict, index, result })
    }
    index += 1
  })
  const judged = fc.asyncProperty(property.cases, async (given) => {
    if (signal && index % CASES_A_TURN === 0) await setImmediate()
    // To make the cases that are left takes time, too.
    if (signal?.aborted) throw new Error('The run has ended.')
    await give(given)
  })
  const details = await fc.check(judged, { seed, numRuns: runs, endOnFailure: true })
  await end()
  if (details.failed && !signal?.aborted)
    tally.fault(property.id, `the property did not run: ${String(details.errorInstance)}`)
  for (const { verdict, index: at, result } of firsts.values()) {
    const isWorth = shrink && !signal?.aborted && !isLifecycle(verdict.requirement)
    // To hang or to crash again and again costs more than a smaller case is worth.
    const smallest = isWorth ? await shrunk(session, property, seed, at, verdict) : undefined
    tally.keep(verdict, { check, seed, ...(smallest ?? { path: String(at), result }) })
  }
}

/** As many cases at the same time as the session has lanes, their results in the order in which they were given. */
export function inOrder(
  session: Session,
  onResult: (result: CaseResult) => void,
): { readonly give: (given: Case) => Promise<void>; readonly end: () => Promise<void> } {
  const open: Promise<CaseResult>[] = []
  const take = async (): Promise<void> => {
    const first = open.shift()
    if (first) onResult(await first)
  }
  return {
    async give(given) {
      open.push(session.judge(given))
      if (open.length >= session.lanes) await take()
    },
    async end() {
      while (open.length > 0) await take()
    },
  }
}

async function shrunk(
  session: Session,
  property: Property,
  seed: number,
  index: number,
  target: Verdict,
): Promise<{ readonly path: string; readonly result: CaseResult } | undefined> {
  let calls = 0
  let smallest: CaseResult | undefined
  const sameFailure = fc.asyncProperty(property.cases, async (given) => {
    calls += 1
    if (calls > SHRINK_BUDGET) return true
    const result = await session.judge(given)
    const fails = failuresOf(result).some((verdict) => failureKey(verdict) === failureKey(target))
    if (fails) smallest = result
    return !fails
  })
  const { counterexamplePath } = await fc.check(sameFailure, { seed, path: String(index), numRuns: 1 })
  return counterexamplePath === null || smallest === undefined
    ? undefined
    : { path: counterexamplePath, result: smallest }
}

/**
 * Judges the one case that a seed and a path lead to.
 *
 * @throws {RangeError} When the property cannot make that case any more.
 */
export async function replayProperty(
  session: Session,
  property: Property,
  seed: number,
  path: string,
): Promise<{ readonly result: CaseResult; readonly runs: number }> {
  const results: CaseResult[] = []
  const once = fc.asyncProperty(property.cases, async (given: Case) => {
    results.push(await session.judge(given))
    // A failure ends the run at this very case.
    return false
  })
  try {
    await fc.check(once, { seed, path, numRuns: 1, endOnFailure: true })
  } catch (cause) {
    throw new RangeError(`${property.id} does not lead to a case by ${seed}:${path}`, { cause })
  }
  const [result] = results
  if (!result) throw new RangeError(`${property.id} does not lead to a case by ${seed}:${path}`)
  return { result, runs: results.length }
}

function failuresOf(result: CaseResult): readonly Verdict[] {
  return result.verdicts.filter(({ status }) => status === 'fail')
}
