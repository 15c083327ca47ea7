import { countAt, type MatrixData, type MatrixRow } from './data.js'

const START = '<!-- matrix: `npm run matrix` writes from here -->'
const END = '<!-- matrix: to here -->'
const FINDINGS = 'conformance/FINDINGS.md'
const LANGUAGES: Readonly<Record<string, string>> = {
  typescript: 'TypeScript',
  python: 'Python',
  java: 'Java',
  go: 'Go',
}

/** The page with the table of a run between its marks. */
export function withTable(page: string, data: MatrixData): string {
  const start = page.indexOf(START)
  const end = page.indexOf(END)
  if (start < 0 || end < start) throw new Error(`README.md needs the lines ${START} and ${END}`)
  return `${page.slice(0, start + START.length)}\n\n${tableOf(data)}\n\n${page.slice(end)}`
}

function tableOf({ date, suite, seed, runs, sdks }: MatrixData): string {
  const head = ['SDK', 'version', 'language', 'MUST', 'SHOULD', 'VENDOR', 'holds', 'not applicable']
  const rows = sdks.map(cellsOf)
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = widths.map((width, column) => (column < 3 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [
    `Run on ${date} with suite ${suite}, seed ${seed} and ${runs} cases a property:`,
    '',
    line(head),
    line(rule),
    ...rows.map(line),
  ].join('\n')
}

function cellsOf(row: MatrixRow): string[] {
  const levels = ['MUST', 'SHOULD', 'VENDOR'].map((level) => {
    const count = countAt(row, level)
    return count === 0 ? '0' : `[${count}](${FINDINGS})`
  })
  return [
    row.name,
    row.version.replace(/^v/, ''),
    LANGUAGES[row.language] ?? row.language,
    ...levels,
    String(row.passed),
    String(row.notApplicable),
  ]
}
