import type { Answer as ReportAnswer, Finding, Report, RequirementResult, SdkReport } from '../../generated/schemas.js'
import type { Adapter, AdapterEntry, Hello, SeenSession } from '../adapter.js'
import { caseInput, type Case } from '../case.js'
import type { CaseResult } from '../runner/session.js'
import { CLIENT } from '../runner/session.js'
import type { Failure, Tally } from '../runner/tally.js'
import { REASONS } from '../oracles/index.js'
import { AREAS, listRequirements, notApplicable, requirementOf } from '../requirements.js'
import { RERUNS } from '../runner/confirm.js'
import { replayNeeds } from '../runner/replay-needs.js'
import { formatReplayToken } from '../seed.js'
import type { WireLog } from '../wire.js'
import { expectedFields } from './expected-fields.js'
import { heldInput } from './held-input.js'
import { markedRequest } from './marked-request.js'
import { NO_CASE } from './status.js'
import { printable, redacted, shortened } from './text.js'

export type { Finding, Report, SdkReport }

/** A longer value of a field is cut. */
const LONGEST_VALUE = 1000
const LEVELS = ['MUST', 'SHOULD', 'VENDOR']

/** What a report says of an SDK that ran. */
export function sdkReport(
  { name, command }: Pick<AdapterEntry, 'name' | 'command'>,
  adapter: Adapter,
  { sdk, capabilities }: Hello,
  tally: Tally,
  { interrupted }: { readonly interrupted: boolean },
): SdkReport {
  const requirements = listRequirements().map((row): RequirementResult => {
    const counts = tally.counts.get(row.id) ?? { passed: 0, failed: 0, unscored: 0 }
    const reason = notApplicable(row, capabilities) ?? (counts.unscored > 0 ? 'not set by the SDK itself' : NO_CASE)
    const status = counts.failed > 0 ? 'failed' : counts.passed > 0 ? 'passed' : 'not_applicable'
    const { id, area, level } = row
    return { id, area, level, status, ...(status === 'not_applicable' ? { reason } : {}), ...counts }
  })
  const findings = [...tally.failures.values()]
    .flatMap((failure) => finding(name, failure))
    .map((found) => ({ ...found, ...replayNeeds(command, adapter) }))
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
  return {
    name,
    status: interrupted
      ? 'interrupted'
      : tally.faults.length > 0
        ? 'faulty'
        : findings.length > 0
          ? 'findings'
          : 'conforms',
    version: sdk.version,
    language: sdk.language,
    cases: tally.cases,
    areas: AREAS.map((area) => {
      const rows = requirements.filter((row) => row.area === area)
      const count = (status: RequirementResult['status']) => rows.filter((row) => row.status === status).length
      return { area, passed: count('passed'), failed: count('failed'), not_applicable: count('not_applicable') }
    }),
    requirements,
    findings,
    faults: tally.faults.map(({ check, message }) => ({ check, message: safeText(message) })),
  }
}

/** What a report says of an SDK that could not be loaded. */
export function skippedReport(name: string, reason: string): SdkReport {
  return {
    name,
    status: 'skipped',
    reason: safeText(reason),
    cases: 0,
    areas: [],
    requirements: [],
    findings: [],
    faults: [],
  }
}

/** What a report says of an SDK that did not get as far as its first case. */
export function faultyReport(name: string, message: string): SdkReport {
  const faults = [{ check: 'smoke', message: safeText(message) }]
  return { name, status: 'faulty', cases: 0, areas: [], requirements: [], findings: [], faults }
}

function safeText(text: string): string {
  return printable(redacted(text, CLIENT.secret))
}

function finding(name: string, { requirement, reason, count, smallest, held }: Failure): Finding[] {
  if (!smallest) return []
  const { check, seed, path, result } = smallest
  const { area, level } = requirementOf(requirement)
  const { case: given, wire } = result
  const expected = given.kind === 'exchange' && !given.client ? expectedFields(given.input, CLIENT) : undefined
  const verdict = result.verdicts.find((item) => item.requirement === requirement && item.reason === reason)
  return [
    {
      requirement,
      area,
      level,
      reason,
      status: held === undefined ? 'unconfirmed' : held === RERUNS ? 'confirmed' : 'flaky',
      text: REASONS[reason],
      ...(verdict?.detail === undefined ? {} : { detail: safeText(verdict.detail) }),
      count,
      check,
      input: inputOf(given),
      sent: sentForms(wire, CLIENT.secret),
      requests: wire.exchanges.map((request) => markedRequest(request, expected, CLIENT.secret)),
      answers: answersOf(result),
      replay: formatReplayToken({ sdk: name, check: check.id, seed, path }),
    },
  ]
}

/** The input of a case, without secrets, and with what is long held as how to make it. */
export function inputOf(given: Case): unknown {
  return heldInput(caseInput(given))
}

/** The fields of each exchange request, or null for a body that is not a form; without the client's secret. */
export function sentForms({ exchanges }: WireLog, secret: string): (string[][] | null)[] {
  const safe = (text: string): string => shortened(redacted(text, secret), LONGEST_VALUE)
  return exchanges.map(({ form }) => form?.map(([name, value]) => [safe(name), safe(value)]) ?? null)
}

/** Who is signed in after a step, and the class of the error that it gave. */
function shownSession({ user, error }: SeenSession): unknown {
  return error === undefined ? user : { user, error: error.class }
}

/** The answers of a case, without tokens and secrets. */
export function answersOf({ answers }: CaseResult): ReportAnswer[] {
  return answers.map(({ op, observation }) => {
    const said = { op, outcome: observation.outcome }
    switch (observation.outcome) {
      case 'rejected': {
        const { class: className, code, message } = observation.error
        const names = { class: printable(className), ...(code === undefined ? {} : { code: printable(code) }) }
        return { ...said, ...names, message: safeText(message) }
      }
      case 'session':
        return { ...said, value: safeText(JSON.stringify(observation.steps.map(shownSession))) }
      case 'value':
        return { ...said, value: safeText(JSON.stringify(observation.value)) }
      default:
        return said
    }
  })
}
