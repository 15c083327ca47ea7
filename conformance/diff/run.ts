import fc from 'fast-check'
import type { AdapterEntry } from '../adapter.js'
import { adapterNamed } from '../adapters/index.js'
import { PROPERTIES, type Property } from '../properties/index.js'
import type { Area } from '../requirements.js'
import { replayNeeds, type ReplayNeeds } from '../runner/replay-needs.js'
import { openSession, type CaseResult, type Session } from '../runner/session.js'
import { smokeFault } from '../runner/smoke.js'
import { propertySeed } from '../seed.js'
import { VECTORS } from '../vectors.js'
import type { Difference } from './behaviour.js'
import { Pair, type RuleApart, type Seen } from './pair.js'

export type { RuleApart }

/** Shrinking ends after so many cases for one disagreement. */
const SHRINK_BUDGET = 500

/** One input on which two SDKs do not do the same. */
export interface Disagreement extends Difference {
  readonly area: Area
  readonly check: { readonly kind: 'vector' | 'property'; readonly id: string }
  /** Together with the check, what a replay token is made of. */
  readonly seed: number
  readonly path: string
  readonly a: CaseResult
  readonly b: CaseResult
  /** The rules that one of the two fails here and the other does not. */
  readonly toldApartBy: readonly RuleApart[]
}

/** Where two SDKs part. */
export interface DiffReport {
  readonly a: string
  readonly b: string
  /** What a replay on each of them needs beside the token. */
  readonly replayNeeds: readonly [a: ReplayNeeds, b: ReplayNeeds]
  readonly seed: number
  readonly runs: number
  /** Inputs that both were given, without those of shrinking. */
  readonly cases: number
  /** In each area the first of each kind and set of rules, as small as it could be made. */
  readonly disagreements: readonly Disagreement[]
  /** Which of the two gave no answer of its SDK to some inputs, and why, as sentences. */
  readonly faults: readonly string[]
}

/** How two SDKs are compared. */
export interface DiffOptions {
  /** A 32-bit integer. Default: a random one. */
  readonly seed?: number
  /** Cases that each property generates. Default 100. */
  readonly runs?: number
  /** Only these areas. */
  readonly areas?: readonly Area[]
}

/**
 * Gives two SDKs the same inputs, and finds and shrinks their first disagreements, area by area.
 *
 * Two disagreements are of one sort when they differ in the same way and the same rules tell them apart.
 *
 * @param a The name of a known adapter, or an adapter of your own.
 * @param b The other one.
 * @param options From which seed, and how much.
 * @throws {RangeError} For an unknown SDK, a seed that is not a 32-bit integer, or `runs` below 1.
 * @throws {Error} When one of the SDKs does not work at all.
 * @example
 * ```ts
 * const { disagreements } = await runDiff('onbehalf', 'auth0-auth-js', { seed: 42 })
 * for (const { area, kind, about } of disagreements) console.log(area, kind, about)
 * ```
 */
export async function runDiff(
  a: string | AdapterEntry,
  b: string | AdapterEntry,
  { seed = Math.floor(Math.random() * 2 ** 31), runs = 100, areas }: DiffOptions = {},
): Promise<DiffReport> {
  if ((seed | 0) !== seed) throw new RangeError('seed must be a 32-bit integer')
  if (!Number.isSafeInteger(runs) || runs < 1) throw new RangeError('runs must be a positive integer')
  const entries = [a, b].map((sdk) => (typeof sdk === 'string' ? adapterNamed(sdk) : sdk)) as [
    AdapterEntry,
    AdapterEntry,
  ]
  const sessions: Session[] = []
  try {
    const needs: ReplayNeeds[] = []
    for (const entry of entries) {
      const adapter = await entry.load()
      needs.push(replayNeeds(entry.command, adapter))
      sessions.push(await openSession(adapter))
    }
    const [first, second] = sessions as [Session, Session]
    await meet(entries[0], first)
    await meet(entries[1], second)
    const pair = new Pair([entries[0].name, first], [entries[1].name, second])
    const disagreements = await disagreementsOf(pair, { seed, runs, ...(areas && { areas }) })
    return {
      a: entries[0].name,
      b: entries[1].name,
      replayNeeds: needs as [ReplayNeeds, ReplayNeeds],
      seed,
      runs,
      cases: pair.cases,
      disagreements,
      faults: pair.faults(),
    }
  } finally {
    for (const session of sessions) await session.close()
  }
}

async function disagreementsOf(
  pair: Pair,
  { seed, runs, areas }: Required<Omit<DiffOptions, 'areas'>> & DiffOptions,
): Promise<Disagreement[]> {
  const found = new Map<string, Disagreement>()
  const isNew = (area: Area, sort: string): boolean => !found.has(`${area} ${sort}`)
  const keep = (area: Area, sort: string, disagreement: Disagreement): void => {
    found.set(`${area} ${sort}`, disagreement)
  }

  for (const { id, area, case: given } of VECTORS) {
    if (areas?.includes(area) === false) continue
    const seen = await pair.compare(given)
    if (!seen || !isNew(area, sortOf(seen))) continue
    keep(area, sortOf(seen), { area, check: { kind: 'vector', id }, seed: 0, path: '0', ...seen })
  }
  for (const property of PROPERTIES) {
    const { id, area } = property
    if (areas?.includes(area) === false) continue
    const own = propertySeed(seed, id)
    for (const [sort, index] of await firstSorts(pair, property, own, runs)) {
      if (!isNew(area, sort)) continue
      const smallest = await shrunk(pair, property, own, index, sort)
      if (smallest) keep(area, sort, { area, check: { kind: 'property', id }, seed: own, ...smallest })
    }
  }
  return [...found.values()]
}

function sortOf({ kind, toldApartBy }: Seen): string {
  return [kind, ...toldApartBy.map(({ requirement, fails }) => `${requirement} ${fails}`).sort()].join(', ')
}

async function meet({ name }: AdapterEntry, session: Session): Promise<void> {
  const fault = await smokeFault(session)
  if (fault !== undefined) throw new Error(`${name} does not work: ${fault}`)
}

/** The first case of each sort of disagreement, by its index. */
async function firstSorts(
  pair: Pair,
  property: Property,
  seed: number,
  runs: number,
): Promise<ReadonlyMap<string, number>> {
  const firsts = new Map<string, number>()
  let index = 0
  const compared = fc.asyncProperty(property.cases, async (given) => {
    const seen = await pair.compare(given)
    if (seen && !firsts.has(sortOf(seen))) firsts.set(sortOf(seen), index)
    index += 1
  })
  await fc.assert(compared, { seed, numRuns: runs })
  return firsts
}

async function shrunk(
  pair: Pair,
  property: Property,
  seed: number,
  index: number,
  sort: string,
): Promise<(Seen & { readonly path: string }) | undefined> {
  let calls = 0
  let smallest: Seen | undefined
  const same = fc.asyncProperty(property.cases, async (given) => {
    calls += 1
    if (calls > SHRINK_BUDGET) return true
    const seen = await pair.look(given)
    if (!seen || sortOf(seen) !== sort) return true
    smallest = seen
    return false
  })
  const { counterexamplePath } = await fc.check(same, { seed, path: String(index), numRuns: 1 })
  return smallest && counterexamplePath !== null ? { ...smallest, path: counterexamplePath } : undefined
}
