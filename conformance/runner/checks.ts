import fc from 'fast-check'
import type { Case } from '../case.js'
import type { Verdict } from '../oracles/index.js'
import type { Property } from '../properties/index.js'
import { propertySeed } from '../seed.js'
import type { Vector } from '../vectors.js'
import type { CaseResult, Session } from './session.js'
import { failureKey, type Tally } from './tally.js'

/** Shrinking ends after so many cases for one failure. */
const SHRINK_BUDGET = 500

/** Judges one static case. */
export async function runVector(session: Session, vector: Vector, tally: Tally): Promise<void> {
  const result = await session.judge(vector.case)
  tally.add(vector.id, result)
  for (const verdict of failuresOf(result)) {
    tally.keep(verdict, { check: { kind: 'vector', id: vector.id }, seed: 0, path: '0', result })
  }
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
  let index = 0
  const judged = fc.asyncProperty(property.cases, async (given) => {
    if (signal?.aborted) return
    const result = await session.judge(given)
    tally.add(property.id, result)
    for (const verdict of failuresOf(result)) {
      const key = failureKey(verdict)
      if (!firsts.has(key)) firsts.set(key, { verdict, index, result })
    }
    index += 1
  })
  const details = await fc.check(judged, { seed, numRuns: runs })
  if (details.failed) tally.fault(property.id, `the property did not run: ${String(details.errorInstance)}`)
  const check = { kind: 'property', id: property.id } as const
  for (const { verdict, index: at, result } of firsts.values()) {
    const smallest = shrink && !signal?.aborted ? await shrunk(session, property, seed, at, verdict) : undefined
    tally.keep(verdict, { check, seed, ...(smallest ?? { path: String(at), result }) })
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
