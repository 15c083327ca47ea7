import { formatPath, type Problem } from '../../emulator/config/problem.js'
import { UsageError } from '../usage-error.js'

/** A problem, and where in the file it is. */
export interface PlacedProblem extends Problem {
  /** Such as `:12:5`; empty when it is not known. */
  readonly place: string
}

/** @throws UsageError when there is any. */
export function refuse(file: string, problems: readonly PlacedProblem[]): void {
  if (problems.length === 0) return
  const lines = problems.map(({ place, path, text }) => [`${file}${place}`, formatPath(path), text].filter(Boolean))
  const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
  throw new UsageError([`${count} in ${file}`, ...lines.map(joinLine)].join('\n'))
}

function joinLine([where = '', ...rest]: readonly string[]): string {
  return `${where} ${rest.join(': ')}`
}
