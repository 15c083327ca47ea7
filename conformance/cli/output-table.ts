import { renderTable, type Report } from '../index.js'

/** A report for standard output, with colours where they are wanted. */
export function tableForOutput(report: Report): string {
  return renderTable(report, { color: wantsColors(process.stdout, process.env) })
}

/** By https://no-color.org first, then by FORCE_COLOR as Node and others know it, then by the terminal, if it is one. */
export function wantsColors(
  stream: { readonly isTTY?: boolean; hasColors?(): boolean },
  { NO_COLOR: no = '', FORCE_COLOR: force = '' }: NodeJS.ProcessEnv,
): boolean {
  if (no !== '') return false
  if (force !== '') return force !== '0' && force !== 'false'
  return stream.isTTY === true && stream.hasColors?.() === true
}
