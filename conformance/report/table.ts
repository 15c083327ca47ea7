import type { Finding, Report, SdkReport } from './report.js'
import { headline, remarks, replayCommand, summaryOf } from './status.js'
import { printable } from './text.js'

/**
 * A report as plain text: SDK by area, then each failing requirement with its smallest counterexample.
 *
 * A cell has the requirements that passed, failed and do not apply.
 *
 * @param report What `runConformance` gave.
 * @example
 * ```ts
 * console.log(renderTable(await runConformance()))
 * ```
 */
export function renderTable(report: Report): string {
  const ran = report.sdks.filter(({ areas }) => areas.length > 0)
  const areas = ran[0]?.areas.map(({ area }) => area) ?? []
  const head = ['SDK', ...areas, 'cases', '']
  const rows = report.sdks.map((sdk) => [
    sdk.version === undefined ? sdk.name : `${sdk.name} ${sdk.version}`,
    ...areas.map((area) => cell(sdk, area)),
    String(sdk.cases),
    summaryOf(sdk),
  ])
  const parts = [
    headline(report),
    ...(report.incomplete ?? []).map((why) => `Incomplete: ${printable(why)}`),
    'Requirements passed / failed / not applicable:',
    '',
    ...aligned([head, ...rows]),
    ...report.sdks.flatMap(notes),
  ]
  return `${visible(parts.join('\n'))}\n`
}

/** A second look at every line: what is invisible is left in none. */
function visible(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, Infinity))
    .join('\n')
}

function cell({ areas }: SdkReport, area: string): string {
  const found = areas.find((result) => result.area === area)
  return found ? `${found.passed} / ${found.failed} / ${found.not_applicable}` : '-'
}

function notes(sdk: SdkReport): string[] {
  const lines = sdk.findings.flatMap(findingLines)
  if (sdk.reason !== undefined) lines.push(`  skipped: ${printable(sdk.reason)}`)
  for (const { kind, text, line } of sdk.baseline?.problems ?? []) {
    lines.push(`  ${kind.padEnd(6)} ${sdk.baseline?.file ?? ''}:${line}: ${printable(text)}`)
  }
  for (const { check, message } of sdk.faults) lines.push(`  fault in ${check}: ${printable(message)}`)
  return lines.length > 0 ? ['', sdk.name, ...lines] : []
}

function findingLines(finding: Finding): string[] {
  const { requirement, reason, known } = finding
  // What is known is not told again each time.
  if (known) return [`  known  ${requirement}: ${reason}, until ${known.until}`]
  return [renderFinding(finding)]
}

/** A finding as plain text, with its input and how to see it again. */
export function renderFinding(finding: Finding): string {
  const { level, requirement, reason, text } = finding
  const detail = finding.detail === undefined ? '' : ` (${finding.detail})`
  return [
    `  ${level.padEnd(6)} ${requirement}: ${reason}${detail}. ${text}`,
    ...remarks(finding).map((remark) => `         ${printable(remark)}`),
    `         input   ${printable(JSON.stringify(finding.input))}`,
    ...finding.sent.map((form) => `         sent    ${printable(formText(form))}`),
    ...finding.answers.map((answer) => `         answer  ${answerText(answer)}`),
    `         replay  ${replayCommand(finding)}`,
  ].join('\n')
}

export function formText(form: Finding['sent'][number]): string {
  if (form === null) return 'a body that is not a form'
  return form.map(([name = '', value = '']) => `${name}=${value}`).join(' & ')
}

export function answerText({
  op,
  outcome,
  class: className,
  code,
  message,
  value,
}: Finding['answers'][number]): string {
  const error = [className, code, message].filter((part) => part !== undefined && part !== '').join(': ')
  return [op, outcome, error, value].filter((part) => part !== undefined && part !== '').join(' ')
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
