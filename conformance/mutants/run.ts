import type { Adapter } from '../adapter.js'
import { adapterNamed } from '../adapters/index.js'
import type { Reason } from '../oracles/index.js'
import { listRequirements, requirementOf, type RequirementId } from '../requirements.js'
import { runChecks, selectChecks, type Checks } from '../runner/run.js'
import { openSession } from '../runner/session.js'
import { smokeFault } from '../runner/smoke.js'
import { failureKey, Tally } from '../runner/tally.js'
import { CURRENT_ACTOR_MUTANTS } from './act.js'
import { CHAIN_MUTANTS } from './act-chain.js'
import { ACCIDENT_MUTANTS } from './accidents.js'
import { ACTOR_MUTANTS } from './actor.js'
import { ANSWER_MUTANTS } from './answers.js'
import { CACHE_MUTANTS } from './caches.js'
import { CLIENT_MUTANTS } from './clients.js'
import { CONTROLS } from './controls.js'
import { FLOW_MUTANTS } from './flows.js'
import { ID_TOKEN_MUTANTS } from './id-tokens.js'
import { LIFECYCLE_MUTANTS, tryOutProcess } from './lifecycle.js'
import { mutate, type Control, type Mutant, type MutatedAdapter } from './mutant.js'
import { NETWORK_MUTANTS } from './network.js'
import { PLAIN_EXTRA_MUTANTS } from './plain-extras.js'
import { PROTECTED_MUTANTS } from './protected.js'
import { REDIRECT_MUTANTS } from './redirects.js'
import { REQUEST_MUTANTS } from './requests.js'
import { SESSION_MUTANTS } from './sessions.js'
import { SUBJECT_MUTANTS } from './subjects.js'

/** Every mutant of the facade. */
export const MUTANTS: readonly Mutant[] = [
  ...PROTECTED_MUTANTS,
  ...PLAIN_EXTRA_MUTANTS,
  ...ACTOR_MUTANTS,
  ...CURRENT_ACTOR_MUTANTS,
  ...CHAIN_MUTANTS,
  ...REQUEST_MUTANTS,
  ...SUBJECT_MUTANTS,
  ...ANSWER_MUTANTS,
  ...CACHE_MUTANTS,
  ...CLIENT_MUTANTS,
  ...FLOW_MUTANTS,
  ...REDIRECT_MUTANTS,
  ...ID_TOKEN_MUTANTS,
  ...NETWORK_MUTANTS,
  ...ACCIDENT_MUTANTS,
  ...SESSION_MUTANTS,
]

/** Mutants of the lifecycle that run at the same time. */
const PROCESSES = 4

export { CONTROLS, LIFECYCLE_MUTANTS, type Control, type Mutant }

/** What became of one mutant. */
export interface MutantResult {
  readonly id: string
  readonly title: string
  readonly requirement: RequirementId
  readonly reason: Reason
  /** Void: it does not work at all, or changed nothing. */
  readonly status: 'killed' | 'killed-elsewhere' | 'survived' | 'void'
  /** Why it is void, or what was found in place of the declared failure. */
  readonly detail?: string
}

/** What became of one control. */
export interface ControlResult {
  readonly id: string
  readonly title: string
  readonly status: 'survived' | 'killed' | 'void'
  readonly detail?: string
}

/** Whether the checks can be trusted. */
export interface MutantReport {
  readonly ok: boolean
  readonly seed: number
  readonly killed: number
  readonly mutants: readonly MutantResult[]
  readonly controls: readonly ControlResult[]
  /** Rules with a check that no mutant is there for. */
  readonly unproven: readonly RequirementId[]
}

/** How the mutants are run. */
export interface MutantOptions {
  /** From which the controls get their cases. Default 1. */
  readonly seed?: number
  /** Cases that each property generates for a control. Default 25. */
  readonly runs?: number
}

/**
 * Breaks the facade in every declared way, and says whether the declared rule finds it for the declared reason.
 *
 * @param options The seed, and how many cases a property generates for a control.
 * @example
 * ```ts
 * const { ok, killed, mutants } = await runMutants()
 * console.log(`killed ${killed}/${mutants.length}`)
 * ```
 */
export async function runMutants({ seed = 1, runs = 25 }: MutantOptions = {}): Promise<MutantReport> {
  const facade = await adapterNamed('onbehalf').load()
  const options = { seed, runs }
  const mutants: MutantResult[] = []
  for (const mutant of MUTANTS) mutants.push(await runMutant(facade, mutant, options))
  mutants.push(...(await runLifecycleMutants()))
  const controls = await runControls(options)

  const proven = new Set(mutants.flatMap(({ status, requirement }) => (status === 'killed' ? [requirement] : [])))
  const unproven = listRequirements().flatMap(({ id, excluded }) =>
    excluded === undefined && !proven.has(id) ? [id] : [],
  )
  const killed = mutants.filter(({ status }) => status === 'killed').length
  const survived = controls.every(({ status }) => status === 'survived')
  return {
    ok: killed === mutants.length && survived && unproven.length === 0,
    seed,
    killed,
    mutants,
    controls,
    unproven,
  }
}

/** By vectors alone: what only some seeds find is not proven. */
async function runMutant(facade: Adapter, mutant: Mutant, options: RunNumbers): Promise<MutantResult> {
  const { kills, hooks } = mutant
  const { id: rule, area } = requirementOf(kills.requirement)
  const { vectors } = selectChecks((check) => check.area === area || check.requirements.includes(rule))
  const outcome = await tryOut(mutate(facade, hooks), { vectors, properties: [] }, options, failureKey(kills))
  return resultOf(mutant, outcome, (failures) => failures.has(failureKey(kills)))
}

function resultOf(
  { id, title, kills }: Omit<Mutant, 'hooks'>,
  outcome: Tally | { readonly void: string },
  isKill: (failures: Tally['failures']) => boolean,
): MutantResult {
  const result = { id, title, ...kills }
  if ('void' in outcome) return { ...result, status: 'void', detail: outcome.void }
  if (isKill(outcome.failures)) return { ...result, status: 'killed' }
  if (outcome.failures.size === 0) return { ...result, status: 'survived' }
  return { ...result, status: 'killed-elsewhere', detail: [...outcome.failures.keys()].join(', ') }
}

/** A few at a time, since most of their time is waiting. What one does is one fault, so that nothing else may fail. */
async function runLifecycleMutants(): Promise<MutantResult[]> {
  const results: MutantResult[] = []
  const left = [...LIFECYCLE_MUTANTS.entries()]
  async function work(): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, mutant] = next
      const declared = failureKey(mutant.kills)
      const isKill = (failures: Tally['failures']) => failures.has(declared) && failures.size === 1
      results[index] = resultOf(mutant, await tryOutProcess(mutant), isKill)
    }
  }
  await Promise.all(Array.from({ length: PROCESSES }, work))
  return results
}

/** Runs every check on every control. None may fail. */
export async function runControls(options: RunNumbers): Promise<ControlResult[]> {
  const facade = await adapterNamed('onbehalf').load()
  const controls: ControlResult[] = []
  for (const control of CONTROLS) controls.push(await runControl(facade, control, options))
  return controls
}

async function runControl(facade: Adapter, control: Control, options: RunNumbers): Promise<ControlResult> {
  const { id, title, hooks } = control
  const outcome = await tryOut(
    mutate(facade, hooks),
    selectChecks(() => true),
    options,
  )
  if ('void' in outcome) return { id, title, status: 'void', detail: outcome.void }
  if (outcome.failures.size === 0) return { id, title, status: 'survived' }
  return { id, title, status: 'killed', detail: [...outcome.failures.keys()].join(', ') }
}

interface RunNumbers {
  readonly seed: number
  readonly runs: number
}

/** @param sought The failure after which nothing more is to be found. */
async function tryOut(
  mutated: MutatedAdapter,
  checks: Checks,
  options: RunNumbers,
  sought?: string,
): Promise<Tally | { readonly void: string }> {
  const session = await openSession(mutated.adapter)
  const fault = await smokeFault(session)
  if (fault !== undefined) return { void: fault }
  const found = new AbortController()
  const tally = new Tally((_check, _number, { verdicts }) => {
    if (verdicts.some((verdict) => verdict.status === 'fail' && failureKey(verdict) === sought)) found.abort()
  })
  const { signal } = found
  await runChecks(
    session,
    checks,
    { ...options, shrink: false, ...(sought !== undefined && { signal }) },
    undefined,
    tally,
  )
  const [broken] = tally.faults
  if (broken) return { void: `${broken.check}: ${broken.message}` }
  return mutated.hasApplied() ? tally : { void: 'it changed nothing' }
}
