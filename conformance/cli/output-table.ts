import { renderTable, type Report } from '../index.js'

/** A report for standard output, with colours where it is a terminal that wants them. */
export function tableForOutput(report: Report): string {
  return renderTable(report, { color: process.stdout.isTTY && process.stdout.hasColors() })
}
