import type { Report, SdkReport } from '../../generated/schemas.js'
import type { RunEvent, RunPlan } from '../runner/events.js'

/**
 * The report that the events of a run add up to.
 *
 * @param events Every event of one run, in order.
 * @throws {TypeError} When the run has not started or not ended.
 * @example
 * ```ts
 * const events: RunEvent[] = []
 * await runConformance({ onEvent: (event) => events.push(event) })
 * console.log(renderTable(reportOf(events)))
 * ```
 */
export function reportOf(events: readonly RunEvent[]): Report {
  let plan: RunPlan | undefined
  const sdks: SdkReport[] = []
  for (const event of events) {
    if (event.type === 'run.started') plan = event
    else if (event.type === 'sdk.finished') sdks.push(event.report)
    else if (event.type === 'run.finished' || event.type === 'run.interrupted') {
      if (!plan) break
      const incomplete = gaps(plan, sdks, event.type === 'run.interrupted' ? event.why : undefined)
      const { suite, seed, runs } = plan
      return {
        schema: 1,
        suite,
        seed,
        runs,
        complete: incomplete.length === 0,
        ...(incomplete.length === 0 ? {} : { incomplete }),
        sdks,
        environment: event.environment,
      }
    }
  }
  throw new TypeError('these are not all events of a run')
}

/** Why a report does not say everything. */
function gaps(
  { filter, sdks: planned }: RunPlan,
  sdks: readonly SdkReport[],
  interrupted: string | undefined,
): string[] {
  const absent = planned.filter((name) => !sdks.some((sdk) => sdk.name === name))
  return [
    ...(interrupted === undefined ? [] : [interrupted]),
    ...absent.map((name) => `${name} was not run.`),
    ...(filter === undefined ? [] : [filter]),
    ...sdks.filter(({ status }) => status === 'faulty').map(({ name }) => `The adapter of ${name} failed.`),
  ]
}
