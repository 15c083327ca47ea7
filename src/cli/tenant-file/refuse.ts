import { formatPath, type Problem } from '../../emulator/config/problem.js'
import { UsageError } from '../usage-error.js'

/** A place in a file. Both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A problem, and where in the file it is, when that is known. */
export interface PlacedProblem extends Problem {
  readonly place: Place | undefined
}

/** @throws UsageError when there is any, with all of them in the order of the file. */
export function refuse(file: string, problems: readonly PlacedProblem[]): void {
  if (problems.length === 0) return
  const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
  const lines = [...problems].sort(byPlace).map((problem) => `${file}${formatProblem(problem)}`)
  throw new UsageError([`${count} in ${file}`, ...lines].join('\n'))
}

function byPlace({ place: one }: PlacedProblem, { place: other }: PlacedProblem): number {
  return one === undefined || other === undefined ? 0 : one.line - other.line || one.column - other.column
}

function formatProblem({ place, path, text }: PlacedProblem): string {
  const where = place === undefined ? '' : `:${place.line}:${place.column}`
  return `${where} ${[formatPath(path), text].filter(Boolean).join(': ')}`
}
