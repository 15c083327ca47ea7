import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { publicModules, readManifest, ROOT } from '../structure/manifest.js'
import { createProgram } from '../structure/program.js'
import { publicNames } from '../structure/public-names.js'

/** A piece of TypeScript as a reader of the documentation would write it. */
export interface Snippet {
  readonly code: string
  /** A source file whose exports are at hand before the public ones. */
  readonly file?: string
}

/** A rule, a snippet, and what the compiler must say of it: a part of its one error, or nothing. */
export type Row = readonly [rule: string, code: string, error: string | null]

/** Variables that a snippet may use without declaring them. Their types are names that the snippet could use. */
const PRELUDE: Readonly<Record<string, string>> = {
  client: 'TokenExchangeClient',
  error: 'TokenExchangeError',
  verified: 'VerifiedAccessToken',
  emulator: 'Emulator',
  evidence: 'ExchangeEvidence',
  incomingToken: 'string',
  subjectToken: 'string',
  actorToken: 'string',
  agentIdToken: 'string',
  refreshToken: 'string',
  // Verified for one call, and the token alone for another.
  accessToken: 'VerifiedAccessToken & string',
  claims: 'AccessTokenClaims',
  transfer: 'SessionTransferTokenResult',
  request: 'Request',
  headers: 'Headers',
  sessions: 'SessionClient',
  authorizeUrl: 'URL',
}

/** Where a snippet stands, so that `../../src/index.js` is what it is for a test. */
const FOLDER = 'test/types'

const modules = [...publicModules(readManifest())].filter(([, file]) => existsSync(join(ROOT, file)))

/**
 * Compiles all snippets in one program and gives the errors of each.
 *
 * Compiler options stand in for those of tsconfig.json. Each snippet is the body of a function, below its own imports. Public names that it mentions are imported, and
 * variables of the prelude that it mentions are declared.
 */
export function compile(snippets: readonly Snippet[], options: ts.CompilerOptions = {}): string[][] {
  const files = [...new Set([...modules.map(([, file]) => file), ...snippets.flatMap(({ file }) => file ?? [])])]
  const names = namesOf(files)
  const texts = new Map(
    snippets.map((snippet, index) => {
      const sources = snippet.file === undefined ? files : [snippet.file, ...files]
      return [`${FOLDER}/snippet-${index}.ts`, moduleText(snippet.code, sources, names)]
    }),
  )
  const program = createProgram([...texts.keys()], texts, { ...options, paths: packagePaths() })
  return [...texts.keys()].map((name) => {
    const source = program.getSourceFile(join(ROOT, name))
    if (!source) throw new Error(`${name} is not in the program`)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(describe)
  })
}

const known = new Map<string, ReturnType<typeof publicNames>>()

function namesOf(files: readonly string[]): ReturnType<typeof publicNames> {
  const key = files.join()
  const names = known.get(key) ?? publicNames(files)
  known.set(key, names)
  return names
}

/** What is wrong with the rows that are not as their rule says, as a line each. */
export function mismatches(rows: readonly Row[], options?: ts.CompilerOptions): ReadonlyMap<Row, string> {
  const snippets = rows.map(([, code]) => ({ code }))
  const found = new Map<Row, string>()
  compile(snippets, options).forEach((errors, index) => {
    const row = rows[index]
    if (!row) return
    const [, , expected] = row
    const seen = errors.join(' | ') || 'none'
    if (expected === null) {
      if (errors.length > 0) found.set(row, `should compile, but has: ${seen}`)
    } else if (errors.length !== 1 || !seen.includes(expected)) {
      found.set(row, `should have one error with "${expected}", but has: ${seen}`)
    }
  })
  return found
}

function describe(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ').replace(/\s+/g, ' ')
}

/** `onbehalf/…` leads to the sources, as the installed package would lead to what is built from them. */
function packagePaths(): Record<string, string[]> {
  const { name } = readManifest()
  return Object.fromEntries(modules.map(([subpath, file]) => [`${name}${subpath.slice(1)}`, [join(ROOT, file)]]))
}

function moduleText(code: string, files: readonly string[], names: ReturnType<typeof publicNames>): string {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.Latest, true)
  const imports = source.statements.filter((statement) => ts.isImportDeclaration(statement))
  const body = source.statements.filter((statement) => !ts.isImportDeclaration(statement))
  const taken = new Set(imports.flatMap((node) => identifiersIn(node)))
  const mentioned = [...new Set(identifiersIn(source))].filter((name) => !taken.has(name))

  const variables = mentioned.filter((name) => Object.hasOwn(PRELUDE, name))
  const wanted = new Set([...mentioned, ...variables.flatMap((name) => PRELUDE[name]?.split(' & ') ?? [])])
  for (const name of taken) wanted.delete(name)
  const lines: string[] = []
  for (const file of files) {
    const { values = [], types = [] } = names.get(file) ?? {}
    const path = `../../${file.replace(/\.ts$/, '.js')}`
    for (const [keyword, list] of [
      ['import', values],
      ['import type', types],
    ] as const) {
      const found = list.filter((name) => wanted.delete(name))
      if (found.length > 0) lines.push(`${keyword} { ${found.join(', ')} } from '${path}'`)
    }
  }
  return [
    ...imports.map((node) => node.getText()),
    ...lines,
    ...variables.map((name) => `declare const ${name}: ${PRELUDE[name] ?? ''}`),
    'export async function snippet() {',
    ...body.map((node) => node.getFullText()),
    '}',
  ].join('\n')
}

function identifiersIn(node: ts.Node): string[] {
  const names: string[] = []
  function visit(child: ts.Node): void {
    if (ts.isIdentifier(child)) names.push(child.text)
    ts.forEachChild(child, visit)
  }
  visit(node)
  return names
}
