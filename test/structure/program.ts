import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './manifest.js'

/** Parsed once for all programs of a test file: libraries, packages and the sources of the checkout. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/**
 * A program under the options of tsconfig.json.
 *
 * @param files Paths from the top folder.
 * @param overlay Texts that stand for a file's own, by path from the top folder; the files need not exist.
 * @param options Further compiler options.
 */
export function createProgram(
  files: readonly string[],
  overlay: ReadonlyMap<string, string> = new Map(),
  options: ts.CompilerOptions = {},
): ts.Program {
  const file = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: unknown }
  const config = ts.parseJsonConfigFileContent(file.config, ts.sys, ROOT)
  const texts = new Map([...overlay].map(([path, text]) => [join(ROOT, path), text]))
  const host = ts.createCompilerHost({ ...config.options, ...options })
  const parse = host.getSourceFile.bind(host)
  host.fileExists = (path) => texts.has(path) || ts.sys.fileExists(path)
  host.readFile = (path) => texts.get(path) ?? ts.sys.readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path)
    if (text !== undefined) return ts.createSourceFile(path, text, version, true)
    if (!parsed.has(path)) parsed.set(path, parse(path, version, ...rest))
    return parsed.get(path)
  }
  const roots = files.map((path) => join(ROOT, path))
  return ts.createProgram(roots, { ...config.options, noEmit: true, ...options }, host)
}
