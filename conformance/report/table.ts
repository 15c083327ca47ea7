import { styleText } from 'node:util'
import { areaTable } from './area-table.js'
import type { Finding, Report, SdkReport } from './report.js'
import { faultsOf, headline, legend, remarks, replayCommand } from './status.js'
import { printable } from './text.js'

/** The table of a report is no wider, so that it fits a terminal. */
const WIDEST = 100
/** A longer name or version is cut. */
const LONGEST_HEAD = 24
const GAP = '   '

/** How a report is printed. */
export interface TableOptions {
  /** Colours for a terminal. Default: none. */
  readonly color?: boolean
}

/**
 * A report as plain text: area by SDK, then each failing requirement with its smallest counterexample.
 *
 * A cell has the requirements that passed, failed and do not apply. SDKs that do not fit beside the others follow below.
 *
 * @param report What `runConformance` gave.
 * @param options Whether it has colours.
 * @example
 * ```ts
 * console.log(renderTable(await runConformance()))
 * ```
 */
export function renderTable(report: Report, { color = false }: TableOptions = {}): string {
  const head = [
    headline(report),
    ...(report.incomplete ?? []).map((why) => `Incomplete: ${printable(why)}`),
    legend(report),
  ]
  const cells = blocksOf(report).flatMap((block) => ['', ...block])
  const found = report.sdks.flatMap(notes).join('\n').split('\n')
  const lines = [
    ...head.map(visible),
    ...cells.map(visible).map(color ? paintedCells : plain),
    ...found.map(visible).map(color ? paintedNote : plain),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** A second look at every line: what is invisible is left in none. */
function visible(line: string): string {
  return printable(line, Infinity)
}

function plain(line: string): string {
  return line
}

/** The table in blocks of as many SDKs as fit beside each other. */
function blocksOf(report: Report): string[][] {
  const { areas, columns } = areaTable(report)
  const labels = ['', '', ...areas, 'cases', 'result']
  const labelWidth = widthOf(labels)
  const blocks: { width: number; columns: string[][] }[] = []
  for (const { name, version, areas: cells, cases, result } of columns) {
    const heads = [name, version].map((text) => printable(text, LONGEST_HEAD))
    const column = [...heads, ...cells, cases, result]
    const width = GAP.length + widthOf(column)
    const last = blocks.at(-1)
    if (last && last.width + width <= WIDEST) {
      last.width += width
      last.columns.push(column)
    } else blocks.push({ width: labelWidth + width, columns: [column] })
  }
  return blocks.map((block) => sideBySide([labels, ...block.columns]))
}

function notes(sdk: SdkReport): string[] {
  const lines = sdk.findings.flatMap(findingLines)
  if (sdk.reason !== undefined) lines.push(`  skipped: ${printable(sdk.reason)}`)
  for (const { kind, text, line } of sdk.baseline?.problems ?? []) {
    lines.push(`  ${kind.padEnd(6)} ${sdk.baseline?.file ?? ''}:${line}: ${printable(text)}`)
  }
  for (const { checks, message } of faultsOf(sdk)) lines.push(`  fault in ${checks}: ${printable(message)}`)
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

function sideBySide(columns: readonly (readonly string[])[]): string[] {
  const lines = columns[0] ?? []
  return lines.map((_, line) =>
    columns
      .map((column) => (column[line] ?? '').padEnd(widthOf(column)))
      .join(GAP)
      .trimEnd(),
  )
}

function widthOf(column: readonly string[]): number {
  return Math.max(...column.map(({ length }) => length))
}

function paintedCells(line: string): string {
  return line.replace(/(?<= \/ )[1-9]\d*(?= \/ \d)/g, (failed) => paint('red', failed))
}

function paintedNote(line: string): string {
  return line
    .replace(/^ {2}(?:MUST|fault|stale|dead|expired|unfilled)(?= )/, (word) => paint('red', word))
    .replace(/^ {2}(?:SHOULD|VENDOR|skipped)(?=[ :])/, (word) => paint('yellow', word))
    .replace(/^ {2}known .*/, (known) => paint('gray', known))
}

/** Whoever asks for colours has looked at the stream. */
function paint(color: 'red' | 'yellow' | 'gray', text: string): string {
  return styleText(color, text, { validateStream: false })
}
