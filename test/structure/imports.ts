import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import { lookUp, publicModules, type Manifest } from './manifest.js'

/** The files of a project by their path from its root, and what its package.json says. */
export interface Project {
  readonly files: ReadonlyMap<string, string>
  readonly manifest: Manifest
}

/** What an import leads to. A computed or unknown one leads nowhere that this checker could follow. */
type Target =
  | { readonly to: 'file'; readonly file: string }
  | { readonly to: 'package'; readonly name: string }
  | { readonly to: 'builtin'; readonly name: string }
  | { readonly to: 'nowhere'; readonly why: string }

interface Import {
  readonly line: number
  /** As it is written. */
  readonly text: string
  /** Erased by the compiler: nothing is loaded. */
  readonly typeOnly: boolean
  /** Loaded when it is called for, not with the file. */
  readonly deferred: boolean
  readonly target: Target
}

interface Module {
  readonly file: string
  readonly source: ts.SourceFile
  readonly imports: readonly Import[]
}

interface Graph {
  readonly modules: ReadonlyMap<string, Module>
  readonly manifest: Manifest
}

interface Rule {
  readonly id: string
  readonly check: (graph: Graph) => Iterable<string>
}

/** Each folder may import from itself and from those before it. */
const FOLDERS = ['spec', 'generated', 'src', 'conformance', 'scripts', 'test']
/** Facts and their types: they work in any runtime and in a bundle of nothing else. */
const PURE = [
  'src/act.ts',
  'src/errors.ts',
  'src/text.ts',
  'src/challenge.ts',
  'generated/constants.ts',
  'generated/error-codes.ts',
]
const IO = new Set(['fetch', 'process', 'console', 'globalThis', 'XMLHttpRequest', 'WebSocket', 'Deno', 'Bun'])
const NODE_CODE = /^src\/(?:emulator\/|cli\/|node[/.-])/
const FACADE = 'src/index.ts'
const SEPARATE_SURFACE = /^src\/(?:(?:emulator|cli|node|cache|session)[/.]|verify\/)/

export const RULES: readonly Rule[] = [
  {
    id: 'every import can be followed: it is literal, and leads to a file, a package or a Node module',
    *check({ modules }) {
      for (const [module, { target, ...found }] of importsOf(modules)) {
        // A command line loads what its user names.
        const computed = target.to === 'nowhere' && target.why === 'is computed'
        if (computed && /^(?:src|conformance)\/cli\//.test(module.file)) continue
        if (target.to === 'nowhere') yield `${place(module, found)} ${found.text} ${target.why}`
      }
    },
  },
  {
    id: 'a file imports from its own top-level folder or one before it: spec, generated, src, conformance, scripts',
    *check({ modules }) {
      for (const [module, found] of importsOf(modules)) {
        if (found.target.to !== 'file') continue
        const { file } = found.target
        if (rank(file) > rank(module.file) || rank(file) === -1) yield `${place(module, found)} imports ${file}`
      }
    },
  },
  {
    id: 'generated imports nothing but types from other generated files',
    *check({ modules }) {
      for (const [module, found] of importsOf(modules)) {
        if (!module.file.startsWith('generated/')) continue
        const { target } = found
        if (!found.typeOnly || target.to !== 'file' || !target.file.startsWith('generated/')) {
          yield `${place(module, found)} imports ${found.text}`
        }
      }
    },
  },
  {
    id: 'conformance sees src through its public subpaths alone, and conformance/cli sees src/cli too',
    *check({ modules, manifest }) {
      const open = new Set(publicModules(manifest).values())
      for (const [module, found] of importsOf(modules)) {
        if (!module.file.startsWith('conformance/') || found.target.to !== 'file') continue
        const { file } = found.target
        if (!file.startsWith('src/') || open.has(file)) continue
        if (module.file.startsWith('conformance/cli/') && file.startsWith('src/cli/')) continue
        yield `${place(module, found)} imports ${file}`
      }
    },
  },
  {
    id: 'only src/transport/raw-client.ts imports the value of openapi-fetch',
    *check({ modules }) {
      for (const [module, found] of importsOf(modules)) {
        const { target, typeOnly } = found
        if (target.to !== 'package' || target.name !== 'openapi-fetch' || typeOnly) continue
        if (module.file !== 'src/transport/raw-client.ts') yield `${place(module, found)} imports openapi-fetch`
      }
    },
  },
  {
    id: 'act, errors, text, challenge and the generated constants reach no package, no Node module and no I/O',
    *check({ modules }) {
      for (const root of PURE) {
        if (!modules.has(root)) yield `${root} is not there`
      }
      for (const module of reachable(modules, PURE)) {
        for (const found of module.imports) {
          if (found.target.to !== 'file') yield `${place(module, found)} imports ${found.text}`
        }
        for (const name of globalsIn(module.source)) {
          if (IO.has(name)) yield `${module.file} uses ${name}`
        }
      }
    },
  },
  {
    id: 'in src only the emulator, the command line and the Node transport import Node modules',
    *check({ modules }) {
      for (const [module, found] of importsOf(modules)) {
        if (found.target.to !== 'builtin' || !module.file.startsWith('src/') || NODE_CODE.test(module.file)) continue
        yield `${place(module, found)} imports ${found.text}`
      }
    },
  },
  {
    id: 'src/index.ts reaches no package but jose, types included',
    *check({ modules }) {
      if (!modules.has(FACADE)) yield `${FACADE} is not there`
      for (const module of reachable(modules, [FACADE])) {
        for (const found of module.imports) {
          if (found.target.to !== 'package' || found.target.name === 'jose') continue
          yield `${place(module, found)} imports ${found.target.name}`
        }
      }
    },
  },
  {
    id: 'src/index.ts loads no package before it is used',
    *check({ modules }) {
      for (const module of reachable(modules, [FACADE], isLoadedAtOnce)) {
        for (const found of module.imports) {
          const { target } = found
          if (target.to !== 'package' || !isLoadedAtOnce(found)) continue
          yield `${place(module, found)} imports ${target.name}`
        }
      }
    },
  },
  {
    id: 'src/index.ts loads nothing of the emulator, the command line, the Node transport, the cache, sessions or src/verify/',
    *check({ modules }) {
      for (const module of reachable(modules, [FACADE], (found) => !found.typeOnly)) {
        if (SEPARATE_SURFACE.test(module.file)) yield `${module.file} is loaded`
      }
    },
  },
  {
    id: 'there is no import cycle, types included',
    *check({ modules }) {
      for (const cycle of cyclesOf(modules)) yield [...cycle, cycle[0]].join(' → ')
    },
  },
]

/** Each breach of a rule, as the rule's id and a line that says where. */
export function violations({ files, manifest }: Project): { readonly rule: string; readonly text: string }[] {
  const modules = new Map<string, Module>()
  for (const [file, text] of files) {
    if (/\.[cm]?[jt]sx?$/.test(file)) modules.set(file, readModule(file, text, files, manifest))
  }
  return RULES.flatMap(({ id, check }) => [...check({ modules, manifest })].map((text) => ({ rule: id, text })))
}

function readModule(file: string, text: string, files: Project['files'], manifest: Manifest): Module {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const imports: Import[] = []

  function add(node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean, deferred = false): void {
    const literal = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined
    imports.push({
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
      text: literal ?? (specifier ?? node).getText(),
      typeOnly,
      deferred,
      target: literal === undefined ? { to: 'nowhere', why: 'is computed' } : resolve(file, literal, files, manifest),
    })
  }

  function visit(node: ts.Node): void {
    // `import { type A }` without `import type` is kept as an import of nothing: the module is loaded.
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    } else if (ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier) add(node, node.moduleSpecifier, node.isTypeOnly)
    } else if (ts.isImportEqualsDeclaration(node)) {
      if (ts.isExternalModuleReference(node.moduleReference)) {
        add(node, node.moduleReference.expression, node.isTypeOnly)
      }
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument, true)
    } else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      add(node, node.arguments[0], false, true)
    }
    ts.forEachChild(node, visit)
  }

  visit(source)
  return { file, source, imports }
}

function isLoadedAtOnce({ typeOnly, deferred }: Import): boolean {
  return !typeOnly && !deferred
}

function isLoader(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
}

function resolve(from: string, specifier: string, files: Project['files'], manifest: Manifest): Target {
  if (isBuiltin(specifier)) return { to: 'builtin', name: specifier }
  if (/^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(specifier))
    return { to: 'nowhere', why: 'is not a relative path or a package' }
  const file = fileOf(from, specifier, manifest)
  if (file === undefined) return { to: 'package', name: packageName(specifier) }
  const source = [file.replace(/\.([cm]?)js$/, '.$1ts'), file].find((name) => files.has(name))
  // The folder alone is enough to judge what is outside of the files at hand.
  if (source === undefined && FOLDERS.slice(0, -1).includes(topLevel(file))) return { to: 'nowhere', why: 'is no file' }
  return { to: 'file', file: source ?? file }
}

function fileOf(from: string, specifier: string, manifest: Manifest): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  if (specifier.startsWith('#')) return lookUp(manifest.imports ?? {}, specifier) ?? specifier
  const name = packageName(specifier)
  if (name !== manifest.name) return undefined
  return lookUp(manifest.exports, `.${specifier.slice(name.length)}`) ?? specifier
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function* importsOf(modules: ReadonlyMap<string, Module>): Generator<[Module, Import]> {
  for (const module of modules.values()) {
    for (const found of module.imports) yield [module, found]
  }
}

function place({ file }: Module, { line }: { readonly line: number }): string {
  return `${file}:${line}`
}

function topLevel(file: string): string {
  return file.split('/')[0] ?? ''
}

function rank(file: string): number {
  return FOLDERS.indexOf(topLevel(file))
}

function reachable(
  modules: ReadonlyMap<string, Module>,
  roots: readonly string[],
  follow: (found: Import) => boolean = () => true,
): Set<Module> {
  const seen = new Set<Module>()
  const queue = [...roots]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const module = modules.get(file)
    if (!module || seen.has(module)) continue
    seen.add(module)
    for (const found of module.imports) {
      if (found.target.to === 'file' && follow(found)) queue.push(found.target.file)
    }
  }
  return seen
}

/** One cycle through each file that is first on one, in the order of the files. */
function cyclesOf(modules: ReadonlyMap<string, Module>): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []

  function walk(file: string): void {
    const start = path.indexOf(file)
    if (start !== -1) cycles.push(path.slice(start))
    if (start !== -1 || done.has(file)) return
    path.push(file)
    for (const { target } of modules.get(file)?.imports ?? []) {
      if (target.to === 'file') walk(target.file)
    }
    path.pop()
    done.add(file)
  }

  for (const file of modules.keys()) walk(file)
  return cycles
}

/** The names that a file uses, apart from names of members. */
function* globalsIn(node: ts.Node): Generator<string> {
  if (ts.isIdentifier(node)) {
    const { parent } = node
    const isMember =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node)
    if (!isMember) yield node.text
  }
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => {
    children.push(child)
  })
  for (const child of children) yield* globalsIn(child)
}
