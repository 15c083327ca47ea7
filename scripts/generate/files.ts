import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { makeFolder } from '../../conformance/make-folder.js'

/** Paths relative to the output folder, and their texts. */
export type Files = ReadonlyMap<string, string>

/** How every generated file begins. */
export const GENERATED = '// Generated from spec/ '

/** Whose folder it is: one for the generated files alone, or one that has files of others too. */
export type Folder = 'own' | 'shared'

/** Names each file below `folder` that differs from `files`, is missing or is unexpected. */
export function differences(folder: string, files: Files, kind: Folder = 'own'): string[] {
  const present = listFiles(folder)
  const found: string[] = []
  for (const [name, text] of files) {
    if (!present.includes(name)) found.push(`${join(folder, name)}: missing`)
    else if (readFileSync(join(folder, name), 'utf8') !== text) found.push(`${join(folder, name)}: differs`)
  }
  for (const name of present) {
    if (files.has(name) || (kind === 'shared' && !isGenerated(join(folder, name)))) continue
    found.push(`${join(folder, name)}: unexpected`)
  }
  return found.sort()
}

/** Writes `files` below `folder` and removes what the spec no longer makes. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const name of listFiles(folder)) {
    // A folder that holds other people's files is not ours to clean: only what says that it was generated goes.
    if (!files.has(name) && isGenerated(join(folder, name))) rmSync(join(folder, name))
  }
  for (const [name, text] of files) {
    await makeFolder(dirname(join(folder, name)))
    writeFileSync(join(folder, name), text)
  }
}

/** Other tools mark their files with `// Generated`, too. */
function isGenerated(file: string): boolean {
  return readFileSync(file, 'utf8').startsWith(GENERATED)
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}
