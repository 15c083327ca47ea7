import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

type Exports = Readonly<Record<string, unknown>>

const NO_TYPESCRIPT =
  'this Node.js does not load TypeScript. Run it with `node --import tsx`, or use an .mjs or .js file'

/** What a module exports. Where Node.js loads no TypeScript, tsx does when it is installed beside the file. */
export async function importModule(file: string): Promise<Exports> {
  const exports = await importFile(file)
  const { default: exported } = exports
  return isCompiled(exported) ? exported : exports
}

/** Without `"type": "module"` beside it, a module that was compiled to CommonJS is the default export of another one. */
function isCompiled(exported: unknown): exported is Exports {
  return typeof exported === 'object' && exported !== null && '__esModule' in exported
}

async function importFile(file: string): Promise<Exports> {
  const url = pathToFileURL(resolve(file)).href
  try {
    return (await import(url)) as Exports
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // The error has the same code, and names the file too, when it is an import of the file that is not there.
    if (code === 'ERR_MODULE_NOT_FOUND' && !existsSync(file)) throw new Error('there is no such file')
    if (code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error
    return importWithTsx(url)
  }
}

async function importWithTsx(url: string): Promise<Exports> {
  const tsx = findTsx(url)
  if (tsx === undefined) throw new Error(NO_TYPESCRIPT)
  const { tsImport } = (await import(tsx)) as { tsImport: (url: string, parent: string) => Promise<Exports> }
  return tsImport(url, url)
}

function findTsx(url: string): string | undefined {
  try {
    // `resolve` finds what `require` would get, and that one cannot import from here.
    return pathToFileURL(
      createRequire(url)
        .resolve('tsx/esm/api')
        .replace(/\.cjs$/, '.mjs'),
    ).href
  } catch {
    return undefined
  }
}
