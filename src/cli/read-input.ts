import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { UsageError } from './usage-error.js'

/** The text of a file, or of standard input for `-`, without the line end that editors and `echo` add. */
export async function readInput(file: string): Promise<string> {
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8')
  const content = await read.catch((error: unknown) => {
    throw new UsageError(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`)
  })
  return content.replace(/\r?\n$/, '')
}
