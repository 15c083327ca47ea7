import {
  readBaseline,
  requirementOf,
  type Report,
  type RequirementId,
  type SdkReport,
} from '../../conformance/index.js'

/** What one run of the matrix gave, without what nobody needs for its table. */
export interface MatrixData {
  /** Its day, in UTC. */
  readonly date: string
  readonly suite: string
  readonly seed: number
  readonly runs: number
  readonly sdks: readonly MatrixRow[]
}

/** What the run gave for one SDK. */
export interface MatrixRow {
  readonly name: string
  readonly version: string
  readonly language: string
  readonly cases: number
  readonly passed: number
  readonly notApplicable: number
  /** Each `requirement: reason`, in order. */
  readonly findings: readonly string[]
}

/**
 * The data of a run, for the table.
 *
 * @throws {Error} When an SDK did not run, or was found to do what its baseline does not explain.
 */
export function matrixData(report: Report): MatrixData {
  if (!report.complete) throw new Error(`The run is not complete. ${(report.incomplete ?? []).join(' ')}`)
  return {
    date: report.environment.started_at.slice(0, 10),
    suite: report.suite,
    seed: report.seed,
    runs: report.runs,
    sdks: report.sdks.map(rowOf),
  }
}

function rowOf(sdk: SdkReport): MatrixRow {
  const { name, version, language, cases, requirements, findings, reason } = sdk
  if (version === undefined || language === undefined) throw new Error(`${name} did not run: ${reason ?? sdk.status}`)
  const unknown = findings.find(({ known }) => known === undefined)
  if (unknown) throw new Error(`${name}: no baseline explains ${unknown.requirement}: ${unknown.reason}`)
  const count = (status: string): number => requirements.filter((row) => row.status === status).length
  return {
    name,
    version,
    language,
    cases,
    passed: count('passed'),
    notApplicable: count('not_applicable'),
    findings: findings.map((finding) => `${finding.requirement}: ${finding.reason}`).sort(),
  }
}

/** The findings of a row at a level. */
export function countAt({ findings }: MatrixRow, level: string): number {
  return findings.filter((finding) => requirementOf(requirementIn(finding)).level === level).length
}

function requirementIn(finding: string): RequirementId {
  return finding.slice(0, finding.indexOf(':')) as RequirementId
}

/** Where a row is not what the baseline of its SDK says. A flaky entry may be missing. */
export function baselineDrift({ name, findings }: MatrixRow, file: string): string[] {
  const { entries } = readBaseline(file).baseline
  const keyed = entries.map((entry) => ({ key: `${entry.requirement}: ${entry.reason}`, flaky: entry.flaky === true }))
  return [
    ...findings
      .filter((finding) => !keyed.some(({ key }) => key === finding))
      .map((finding) => `${name}: ${finding} was found in the last run, and ${file} does not have it`),
    ...keyed
      .filter(({ key, flaky }) => !flaky && !findings.includes(key))
      .map(({ key }) => `${name}: ${file} has ${key}, which the last run did not find`),
  ]
}
