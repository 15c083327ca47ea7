import type { Finding, Report, SdkReport } from '../../generated/schemas.js'
import { areaTable } from './area-table.js'
import { faultsOf, headline, legend, remarks, replayCommand } from './status.js'
import { printable } from './text.js'

/**
 * A report as a Markdown summary: area by SDK, then each finding with its input and replay line.
 *
 * @param report What `runConformance` gave.
 * @example
 * ```ts
 * console.log(renderMarkdown(await runConformance()))
 * ```
 */
export function renderMarkdown(report: Report): string {
  const { areas, columns } = areaTable(report)
  const rows = [
    ['', ...columns.map(({ name, version }) => plain(`${name} ${version}`.trim()))],
    ['---', ...columns.map(() => '---')],
    ...areas.map((area, row) => [area, ...columns.map(({ areas: cells }) => cells[row] ?? '')]),
    ['cases', ...columns.map(({ cases }) => cases)],
    ['result', ...columns.map(({ result }) => result)],
  ]
  const lines = [
    '# Token exchange conformance',
    '',
    headline(report),
    ...(report.incomplete ?? []).map((why) => `\n**Incomplete:** ${plain(why)}`),
    '',
    legend(report),
    '',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    ...report.sdks.flatMap(sdkLines),
  ]
  return `${lines.join('\n')}\n`
}

function sdkLines(sdk: SdkReport): string[] {
  const lines = [
    ...(sdk.reason === undefined ? [] : [`- skipped: ${code(sdk.reason)}`]),
    ...faultsOf(sdk).map(({ checks, message }) => `- fault in ${code(checks)}: ${code(message)}`),
    ...(sdk.baseline?.problems ?? []).map(
      ({ kind, text, line }) => `- baseline, line ${line}, ${kind}: ${plain(text)}`,
    ),
    ...sdk.findings.flatMap(findingLines),
  ]
  return lines.length > 0 ? ['', `## ${plain(sdk.name)}`, '', ...lines] : []
}

function findingLines(finding: Finding): string[] {
  const notes = remarks(finding).map((remark) => ` (${plain(remark)})`)
  return [
    `- **${finding.level}** ${code(finding.requirement)}: ${code(finding.reason)}. ${plain(finding.text)}${notes.join('')}`,
    `  - input ${code(JSON.stringify(finding.input))}`,
    `  - replay ${code(replayCommand(finding))}`,
  ]
}

/** Every mark that could begin Markdown or HTML stands for itself. */
function plain(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>&#|~!]/g, '\\$&')
}

/** A code span whose fence is longer than any inside it. */
function code(text: string): string {
  const shown = printable(text)
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return fence + pad + shown + pad + fence
}
