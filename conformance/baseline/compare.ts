import type { BaselineResult, Finding, KnownFinding, Report, SdkReport } from '../../generated/schemas.js'
import { REASONS } from '../oracles/index.js'
import { listRequirements } from '../requirements.js'
import { dayOf, UNFILLED_NOTE } from './day.js'
import type { BaselineEntry, BaselineFile } from './read.js'

/**
 * A report with what baselines say of its findings: which are known, and which entries no longer hold.
 *
 * An entry is stale when its finding is gone, dead when no such requirement or reason exists, expired after its last
 * day, and unfilled while its note is still to be written. An incomplete report, and an SDK that was
 * skipped, make no entry stale.
 *
 * @param report What `runConformance` gave.
 * @param baselines Each is for the SDK that it names.
 * @param today In UTC.
 * @throws {RangeError} When a baseline is for an SDK that is not in the report.
 * @example
 * ```ts
 * const report = compareWithBaselines(await runConformance({ sdks: ['onbehalf'] }), [readBaseline('baseline.yaml')])
 * console.log(report.sdks[0]?.baseline?.problems)
 * ```
 */
export function compareWithBaselines(
  report: Report,
  baselines: readonly BaselineFile[],
  today: Date = new Date(),
): Report {
  for (const { file, baseline } of baselines) {
    if (report.sdks.some(({ name }) => name === baseline.sdk)) continue
    throw new RangeError(`${file} is for ${baseline.sdk}, which was not run`)
  }
  const day = dayOf(today)
  const sdks = report.sdks.map((sdk) => {
    const found = baselines.find(({ baseline }) => baseline.sdk === sdk.name)
    return found ? compared(sdk, found, day, report.complete && sdk.status !== 'skipped') : sdk
  })
  return { ...report, sdks }
}

function compared(sdk: SdkReport, { file, baseline, lineOf }: BaselineFile, day: string, complete: boolean): SdkReport {
  const findings = sdk.findings.map((finding): Finding => {
    const entry = baseline.entries.find((candidate) => explains(candidate, finding))
    return entry ? { ...finding, known: knownBy(entry) } : finding
  })
  const problems = baseline.entries.flatMap((entry, index) => {
    const problem = problemOf(entry, sdk, day, complete)
    const { requirement, reason } = entry
    return problem ? [{ ...problem, requirement, reason, line: lineOf(index) }] : []
  })
  const known = findings.filter((finding) => finding.known !== undefined).length
  return { ...sdk, findings, baseline: { file, known, problems } }
}

/** A flaky finding needs an entry that says that it is one. */
export function explains(entry: BaselineEntry, { requirement, reason, status }: Finding): boolean {
  return isAbout(entry, { requirement, reason }) && (status !== 'flaky' || entry.flaky === true)
}

/** Whether an entry is about the same failure. */
export function isAbout(
  entry: Pick<BaselineEntry, 'requirement' | 'reason'>,
  finding: Pick<Finding, 'requirement' | 'reason'>,
): boolean {
  return entry.requirement === finding.requirement && entry.reason === finding.reason
}

function problemOf(
  entry: BaselineEntry,
  { findings }: SdkReport,
  day: string,
  complete: boolean,
): Pick<BaselineResult['problems'][number], 'kind' | 'text'> | undefined {
  const { requirement, reason, until } = entry
  const name = `${requirement}: ${reason}`
  if (!listRequirements().some(({ id }) => id === requirement)) {
    return { kind: 'dead', text: `There is no requirement ${requirement}. Remove the entry.` }
  }
  if (!Object.hasOwn(REASONS, reason)) {
    return { kind: 'dead', text: `There is no reason ${reason}. Remove the entry.` }
  }
  if (complete && entry.flaky !== true && !findings.some((finding) => isAbout(entry, finding))) {
    return { kind: 'stale', text: `${name} was not found any more. Remove the entry.` }
  }
  if (until < day) {
    return { kind: 'expired', text: `${name} was known until ${until}. Fix it, or say until when it may stay.` }
  }
  if (entry.note === UNFILLED_NOTE) {
    return { kind: 'unfilled', text: `${name} needs a note that says why it is not fixed, or an issue.` }
  }
  return undefined
}

function knownBy({ issue, note, until }: BaselineEntry): KnownFinding {
  return { ...(issue === undefined ? {} : { issue }), ...(note === undefined ? {} : { note }), until }
}
