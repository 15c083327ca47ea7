import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

/** Deletes the declarations in `folder` that none of `entries` leads to: no user of the package can import them. */
export function pruneDeclarations(folder: string, entries: readonly string[]): void {
  const reached = new Set(entries.map((entry) => resolve(entry)))
  for (const file of reached) {
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) reached.add(resolve(dirname(file), fileName.replace(/\.js$/, '.d.ts')))
    }
  }
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file)
  }
}
