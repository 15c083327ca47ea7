import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LineCounter, parseDocument, visit, type Document } from 'yaml'
import { SpecError } from './spec-error.js'

/** A YAML or JSON file with the places of its nodes, so that a mistake can be pointed at. */
export interface Source {
  readonly file: string
  readonly value: unknown
  /** The error to throw for a mistake at `path`. */
  error(path: readonly (string | number)[], text: string): SpecError
}

/** Reads a YAML or JSON file that holds an object; a syntax error names its line. */
export function readSource(file: string): Source {
  const lines = new LineCounter()
  const document: Document = parseDocument(readText(file), { lineCounter: lines })
  const [problem] = document.errors
  if (problem) {
    const at = lines.linePos(problem.pos[0])
    const [text = ''] = problem.message.split(/ at line \d+, column \d+:|\n/)
    throw new SpecError(file, at.line, at.col, text)
  }
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document)) return
      const at = lines.linePos(alias.range?.[0] ?? 0)
      throw new SpecError(file, at.line, at.col, `the alias *${alias.source} has no anchor before it`)
    },
  })
  const value: unknown = document.toJS()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SpecError(file, 1, 1, 'the file does not hold an object')
  }
  return {
    file,
    value,
    error(path, text) {
      const node = nearestNode(document, path)
      const at = lines.linePos(node)
      return new SpecError(file, at.line, at.col, text)
    },
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new SpecError(file, 1, 1, `the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
}

function nearestNode(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return node.range[0]
  }
  return 0
}

/** The linter says of any other file only that it does not know it. */
export function requireOpenApi(description: Source): void {
  const { openapi } = description.value as Readonly<Record<string, unknown>>
  if (typeof openapi === 'string' && /^3\.[1-9]\d*\.\d+/.test(openapi)) return
  throw description.error(['openapi'], 'openapi must be 3.1.0 or newer, as a text: the file is no such description')
}

/** Neither a look for a newer version nor a report of use: what is generated depends on the spec alone. */
const QUIET = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' }

interface LintReport {
  readonly problems: readonly {
    readonly message: string
    readonly ruleId: string
    readonly location: readonly { source: { ref: string }; start?: { line: number; col: number }; pointer?: string }[]
  }[]
}

/** Checks the description with Redocly's rules; the first problem is thrown with its file and line. */
export async function lintDescription(file: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json')
  const cli = join(dirname(manifest), 'bin/cli.js')
  const config = fileURLToPath(new URL('../../.redocly.yaml', import.meta.url))
  const output = await new Promise<string>((resolve) => {
    const args = [cli, 'lint', file, '--format=json', '--max-problems=1', `--config=${config}`]
    execFile(process.execPath, args, { env: QUIET }, (error, stdout, stderr) => {
      resolve(stdout === '' ? JSON.stringify({ problems: [failure(error, stderr)] }) : stdout)
    })
  })
  const [problem] = (JSON.parse(output) as LintReport).problems
  if (!problem) return
  const place = problem.location[0]
  const at = place?.start ?? { line: 1, col: 1 }
  throw new SpecError(place?.source.ref ?? file, at.line, at.col, `${problem.message} (${problem.ruleId})`)

  function failure(error: Error | null, stderr: string): LintReport['problems'][number] {
    const text = stderr.split('\n').find((line) => /\w/.test(line)) ?? error?.message ?? 'no output'
    return { message: `redocly lint did not run: ${text}`, ruleId: 'lint', location: [{ source: { ref: file } }] }
  }
}
