import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of the checkout. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** The parts of package.json that say what is public and how paths are found. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, string | { readonly types?: string; readonly default: string }>>
  readonly imports?: Readonly<Record<string, string>>
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest
}

/** The file of the checkout that a path in package.json stands for: dist/ is built from the sources. */
export function sourceOf(path: string): string {
  const file = path.replace(/^\.\//, '')
  return file.startsWith('dist/') ? file.slice('dist/'.length).replace(/\.js$/, '.ts') : file
}

/** The public subpaths that are modules, and the source file of each. */
export function publicModules(manifest: Manifest): Map<string, string> {
  const modules = new Map<string, string>()
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    if (typeof target !== 'string') modules.set(subpath, sourceOf(target.default))
  }
  return modules
}

/** The target of `specifier` in a map of package.json such as `exports`; a `*` stands for the same text on both sides. */
export function lookUp(map: Readonly<Record<string, unknown>>, specifier: string): string | undefined {
  for (const [pattern, target] of Object.entries(map)) {
    const path = typeof target === 'string' ? target : (target as { readonly default: string }).default
    const [before = '', after] = pattern.split('*')
    if (after === undefined) {
      if (pattern === specifier) return sourceOf(path)
    } else if (specifier.startsWith(before) && specifier.endsWith(after)) {
      return sourceOf(path.replace('*', specifier.slice(before.length, specifier.length - after.length)))
    }
  }
  return undefined
}
