import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument, type Document } from 'yaml'
import type { Baseline, BaselineEntry } from '../../generated/schemas.js'
import { isBaseline } from '../../generated/validators/baseline.js'

export type { Baseline, BaselineEntry }

/** A baseline that cannot be used: what is wrong, with file and line. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError'
  readonly file: string
  readonly line: number

  constructor(file: string, line: number, text: string) {
    super(`${file}:${line}: ${text}`)
    this.file = file
    this.line = line
  }
}

/** A baseline with the lines of its entries. */
export interface BaselineFile {
  readonly file: string
  readonly baseline: Baseline
  /** The document, so that a change keeps the author's comments. */
  readonly document: Document
  /** The line of an entry, counted from 1. */
  readonly lineOf: (index: number) => number
}

/**
 * Reads a baseline, YAML or JSON.
 *
 * @param file Its path.
 * @throws {BaselineError} When it cannot be read, does not fit its schema, names a finding twice or a day that is none.
 * @example
 * ```ts
 * const { baseline } = readBaseline('conformance-baseline.yaml')
 * console.log(baseline.sdk, baseline.entries.length)
 * ```
 */
export function readBaseline(file: string): BaselineFile {
  return parseBaseline(file, readText(file))
}

/**
 * Reads the text of a baseline.
 *
 * @throws {BaselineError} As `readBaseline`.
 */
export function parseBaseline(file: string, text: string): BaselineFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    const [what = ''] = broken.message.split(/ at line \d+|\n/)
    throw new BaselineError(file, lines.linePos(broken.pos[0]).line, what)
  }
  const baseline: unknown = document.toJS()
  const at = (path: readonly string[]): number => lines.linePos(nearestNode(document, path)).line
  if (!isBaseline(baseline)) {
    const [problem] = (isBaseline.errors ?? []) as readonly SchemaProblem[]
    const path = (problem?.instancePath ?? '').split('/').slice(1)
    throw new BaselineError(file, at(path), `${path.join('.') || 'the baseline'} ${problemText(problem)}`)
  }
  const seen = new Set<string>()
  for (const [index, { requirement, reason, until }] of baseline.entries.entries()) {
    const key = `${requirement}: ${reason}`
    const path = ['entries', String(index)]
    if (seen.has(key)) throw new BaselineError(file, at(path), `${key} is there twice`)
    if (!isDay(until)) throw new BaselineError(file, at([...path, 'until']), `until: ${until} is no day`)
    seen.add(key)
  }
  return { file, baseline, document, lineOf: (index) => at(['entries', String(index)]) }
}

interface SchemaProblem {
  readonly instancePath: string
  readonly keyword: string
  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string }
}

function problemText(problem: SchemaProblem | undefined): string {
  const { missingProperty, additionalProperty } = problem?.params ?? {}
  if (missingProperty === 'note') return 'needs an issue or a note'
  if (missingProperty !== undefined) return `needs ${missingProperty}`
  if (additionalProperty !== undefined) return `has a member ${additionalProperty}, which no baseline has`
  if (problem?.instancePath.endsWith('/issue')) return 'is no link: it begins with https:// or http://'
  return `is not what the schema asks for (${problem?.keyword ?? 'unknown'}); see spec/schemas/Baseline.json`
}

function nearestNode(document: Document, path: readonly string[]): number {
  const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  for (let length = steps.length; length > 0; length--) {
    const node = document.getIn(steps.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return node.range[0]
  }
  return 0
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new BaselineError(file, 1, `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
}
