import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import type { Report, SdkReport } from '../../generated/schemas.js'
import type { Adapter, AdapterEntry } from '../adapter.js'
import { adapterNamed, adapters } from '../adapters/index.js'
import { PROPERTIES, type Property } from '../properties/index.js'
import { reportOf } from '../report/fold.js'
import { faultyReport, sdkReport, skippedReport } from '../report/report.js'
import { notApplicable, requirementOf } from '../requirements.js'
import { VECTORS, type Vector } from '../vectors.js'
import { countVector, inOrder, runProperty } from './checks.js'
import { probeFault, unprovenClaims } from './claims.js'
import { confirmFailures } from './confirm.js'
import type { RunEvent } from './events.js'
import { Limits } from './limits.js'
import { selectionText, selector, type Selection } from './selection.js'
import { openSession, type Session } from './session.js'
import { smokeFault } from './smoke.js'
import { Tally } from './tally.js'

/** What a run is about. With a selection the report says that it is incomplete. */
export interface RunOptions extends Selection {
  /** Names of known adapters, or adapters of your own. Default: all that come with the suite and need no installing. */
  readonly sdks?: readonly (string | AdapterEntry)[]
  /** A 32-bit integer. The same seed generates the same cases. Default: a random one. */
  readonly seed?: number
  /** Cases that each property generates. Default 100. */
  readonly runs?: number
  /** Ends the run after the check that brings it to so many findings. The report then says that it is incomplete. */
  readonly maxFindings?: number
  /** Ends the run after so many milliseconds. The report then says that it is incomplete. */
  readonly timeBudgetMs?: number
  /** Told of each step as it happens. */
  readonly onEvent?: (event: RunEvent) => void
  /** Ends the run after the case at hand. The report then says that it is incomplete. */
  readonly signal?: AbortSignal
}

/**
 * Runs every vector and every property against SDKs, and says what holds and what does not.
 *
 * @param options Which SDKs, and from which seed.
 * @throws {RangeError} For an unknown SDK, a seed that is not a 32-bit integer, `runs` below 1, or a selection of what
 *   there is not.
 * @example
 * ```ts
 * const report = await runConformance({ sdks: ['onbehalf'], seed: 42 })
 * console.log(renderTable(report))
 * ```
 */
export async function runConformance(options: RunOptions = {}): Promise<Report> {
  const { seed = randomSeed(), runs = 100, onEvent = ignore } = options
  if ((seed | 0) !== seed) throw new RangeError('seed must be a 32-bit integer')
  if (!Number.isSafeInteger(runs) || runs < 1) throw new RangeError('runs must be a positive integer')
  const entries = (options.sdks ?? adapters).map((sdk) => (typeof sdk === 'string' ? adapterNamed(sdk) : sdk))
  const startedAt = new Date()
  const checks = selectChecks(selector(options))
  const limits = new Limits(options)
  const { signal } = limits
  const filter = selectionText(options)
  const events: RunEvent[] = []
  const emit = (event: RunEvent): void => {
    if (event.type !== 'case.judged') events.push(event)
    onEvent(event)
  }
  emit({
    type: 'run.started',
    suite: suiteVersion(),
    seed,
    runs,
    sdks: entries.map(({ name }) => name),
    checks: countOf(checks),
    ...(filter === undefined ? {} : { filter }),
  })
  for (const entry of entries) {
    if (signal.aborted) break
    emit({ type: 'sdk.started', sdk: entry.name })
    const report = await runEntry(entry, checks, { seed, runs, shrink: true, signal, limits }, emit)
    emit({ type: 'sdk.finished', sdk: entry.name, report })
  }
  emit({
    ...(signal.aborted ? { type: 'run.interrupted', why: limits.why } : { type: 'run.finished' }),
    environment: {
      started_at: startedAt.toISOString(),
      duration_ms: Date.now() - startedAt.getTime(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
    },
  })
  return reportOf(events)
}

/** Which checks to run. */
export interface Checks {
  readonly vectors: readonly Vector[]
  readonly properties: readonly Property[]
}

/** How properties are run. */
export interface CheckOptions {
  readonly seed: number
  readonly runs: number
  readonly shrink: boolean
  readonly signal?: AbortSignal
}

export function selectChecks(keep: (check: Vector | Property) => boolean): Checks {
  return { vectors: VECTORS.filter(keep), properties: PROPERTIES.filter(keep) }
}

/** Runs checks on an SDK that is loaded. */
export async function runChecks(
  session: Session,
  { vectors, properties }: Checks,
  { seed, runs, shrink, signal }: CheckOptions,
  onCheck: (check: string, cases: number) => void = ignore,
  tally = new Tally(),
): Promise<Tally> {
  await runVectors(
    session,
    vectors.filter((vector) => isAbout(vector, session)),
    tally,
    onCheck,
    signal,
  )
  for (const property of properties) {
    if (session.stopped() !== undefined || (await isAborted(signal))) break
    if (!isAbout(property, session)) continue
    await runProperty(session, property, { runSeed: seed, runs, shrink, ...(signal && { signal }) }, tally)
    onCheck(property.id, tally.cases)
  }
  countLate(session, tally)
  return tally
}

/** Cases that wait for nothing leave no turn to a signal handler, so that one is given here. */
async function isAborted(signal: AbortSignal | undefined): Promise<boolean> {
  if (signal) await setImmediate()
  return signal?.aborted ?? false
}

async function runVectors(
  session: Session,
  vectors: readonly Vector[],
  tally: Tally,
  onCheck: (check: string, cases: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let counted = 0
  const { give, end } = inOrder(session, (result) => {
    const vector = vectors[counted++]
    if (!vector) return
    countVector(vector, result, tally)
    onCheck(vector.id, tally.cases)
  })
  for (const vector of vectors) {
    if (await isAborted(signal)) break
    await give(vector.case)
  }
  await end()
}

/** What was found about cases after they had ended, and why no further one could be done. */
function countLate(session: Session, tally: Tally): void {
  for (const late of session.takeLate()) tally.addLate(late)
  const stopped = session.stopped()
  if (stopped !== undefined) tally.fault('adapter', stopped)
}

/** Ends a session, and counts what comes out at its end. */
export async function closeSession(session: Session, tally: Tally): Promise<void> {
  await session.close()
  countLate(session, tally)
}

/** Whether a check says anything of the SDK at all. */
function isAbout({ requirements }: Vector | Property, { hello: { capabilities } }: Session): boolean {
  return requirements.some((id) => notApplicable(requirementOf(id), capabilities) === undefined)
}

async function runEntry(
  entry: AdapterEntry,
  checks: Checks,
  options: CheckOptions & { readonly signal: AbortSignal; readonly limits: Limits },
  onEvent: (event: RunEvent) => void,
): Promise<SdkReport> {
  const { signal, limits } = options
  let adapter: Adapter
  try {
    adapter = await entry.load()
  } catch (error) {
    return skippedReport(entry.name, reasonOf(error))
  }
  let session: Session | undefined
  try {
    session = await openSession(adapter)
    const fault = (await smokeFault(session)) ?? (await probeFault(session))
    if (fault !== undefined) return faultyReport(entry.name, fault)
    const sdk = entry.name
    const tally = new Tally((check, number, { fault, verdicts }) => {
      limits.tick()
      const failed = verdicts.some(({ status }) => status === 'fail')
      onEvent({
        type: 'case.judged',
        sdk,
        check,
        number,
        outcome: fault !== undefined ? 'fault' : failed ? 'failed' : 'passed',
      })
    })
    const onCheck = (check: string, cases: number): void => {
      onEvent({ type: 'check.finished', sdk, check, cases })
      limits.found(sdk, tally.failures.size)
    }
    await runChecks(session, checks, options, onCheck, tally)
    await closeSession(session, tally)
    if (checks.vectors.length === VECTORS.length && !signal.aborted) {
      for (const claim of unprovenClaims(session.hello, tally)) tally.fault('claims', claim)
    }
    await confirmFailures(tally, () => openSession(adapter), limits.confirming)
    const report = sdkReport(entry, adapter, session.hello, tally, { interrupted: signal.aborted })
    for (const finding of report.findings) {
      if (finding.status !== 'unconfirmed') onEvent({ type: `finding.${finding.status}`, sdk, finding })
    }
    return report
  } catch (error) {
    return faultyReport(entry.name, reasonOf(error))
  } finally {
    await session?.close()
  }
}

/** Where the import stood is of no use to a reader. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const [, missing] = /^Cannot find (?:package|module) '([^']+)'/.exec(text) ?? []
  return missing === undefined ? text : `${missing} is not installed`
}

function countOf({ vectors, properties }: Checks): number {
  return vectors.length + properties.length
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31)
}

function suiteVersion(): string {
  return (createRequire(import.meta.url)('onbehalf/package.json') as { version: string }).version
}

function ignore(): void {
  // Nobody listens.
}
