import type { Finding, Report, RequirementResult, SdkReport } from '../../generated/schemas.js'
import { adapters, foreignAdapters } from '../adapters/index.js'
import type { ReplayNeeds } from '../runner/replay-needs.js'

/** The reason of a rule that applies, and that no case was about. */
export const NO_CASE = 'no case'
/** So many checks of a fault are named. */
const NAMED_CHECKS = 3

/** The findings of a row of the matrix. */
export function findingsOf({ findings }: SdkReport, { id }: Pick<RequirementResult, 'id'>): readonly Finding[] {
  return findings.filter(({ requirement }) => requirement === id)
}

/** Findings that no baseline explains. */
export function newFindings({ findings }: SdkReport): readonly Finding[] {
  return findings.filter(({ known }) => known === undefined)
}

/** What the three numbers of an area are. Where not everything ran, the third has that, too. */
export function legend({ complete }: Pick<Report, 'complete'>): string {
  return `Requirements passed / failed / not applicable${complete ? '' : ' or not run'}:`
}

/** Whether a rule would apply, and no case of it ran. */
export function isNotRun({ status, reason }: Pick<RequirementResult, 'status' | 'reason'>): boolean {
  return status === 'not_applicable' && reason === NO_CASE
}

/** The faults of an SDK, each text once, with the checks that it came in. */
export function faultsOf({ faults }: SdkReport): { readonly checks: string; readonly message: string }[] {
  const checksOf = new Map<string, string[]>()
  for (const { check, message } of faults) checksOf.set(message, [...(checksOf.get(message) ?? []), check])
  return [...checksOf].map(([message, checks]) => {
    const more = checks.length - NAMED_CHECKS
    const named = checks.slice(0, NAMED_CHECKS).join(', ')
    return { checks: more > 0 ? `${named} and ${more} more` : named, message }
  })
}

/** What stands beside a finding that is not simply confirmed and new. */
export function remarks({ status, known }: Pick<Finding, 'status' | 'known'>): string[] {
  return [
    ...(status === 'flaky' ? ['flaky: it does not hold each time'] : []),
    ...(status === 'unconfirmed' ? ['not run again'] : []),
    ...(known === undefined ? [] : [`known until ${known.until}: ${known.issue ?? known.note ?? ''}`]),
  ]
}

/** The command that runs the case of a finding again, or the call: no command knows an adapter of its user's own process. */
export function replayCommand(finding: Pick<Finding, 'replay'> & ReplayNeeds): string {
  const { replay, adapter, deadline_ms: deadline, http } = finding
  const command = [
    `npx onbehalf conformance replay ${replay}`,
    ...(adapter === undefined ? [] : [`--adapter ${quoted(adapter)}`]),
    ...(deadline === undefined ? [] : [`--deadline ${deadline}`]),
    ...(http ? ['--http'] : []),
  ].join(' ')
  if (adapter !== undefined) return command
  const isKnown = [...adapters, ...foreignAdapters].some(({ name }) => replay.startsWith(`${name}/`))
  return isKnown ? command : `replay('${replay}', { adapter })`
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`
}

/** The first words of every report. */
export function headline({ seed, runs, complete }: Pick<Report, 'seed' | 'runs' | 'complete'>): string {
  return `Seed ${seed}, ${runs} cases a property${complete ? '' : ', incomplete'}.`
}

/** The state of an SDK in words. */
export function summaryOf(sdk: SdkReport): string {
  if (sdk.status !== 'findings') return sdk.status
  const known = sdk.findings.length - newFindings(sdk).length
  const count = `${sdk.findings.length} ${sdk.findings.length === 1 ? 'finding' : 'findings'}`
  return known === 0 ? count : `${count}, ${known} known`
}
