import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { makeFolder } from '../make-folder.js'
import { reportFiles, REPORTERS, type Report, type Reporter } from '../index.js'

/** The names of an option's text: `json,junit`. */
export function reporterNames(text: string): Reporter[] {
  return text.split(',').map((name) => {
    const known = REPORTERS.find((reporter) => reporter === name.trim())
    if (known === undefined) throw new InvalidArgumentError(`There are ${REPORTERS.join(', ')}.`)
    return known
  })
}

/** Writes the files of a report. A badge of an earlier run that this one does not earn is removed. */
export async function writeReportFiles(
  folder: string,
  report: Report,
  reporters: readonly Reporter[] | undefined,
): Promise<void> {
  try {
    await makeFolder(folder)
    for (const [name, text] of reportFiles(report, reporters)) {
      if (text === undefined) await rm(join(folder, name), { force: true })
      else await writeFile(join(folder, name), text)
    }
  } catch (error) {
    throw new UsageError(`cannot write to ${folder}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`)
  }
}
