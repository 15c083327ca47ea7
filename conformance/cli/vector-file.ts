import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { UsageError } from '../../src/cli/usage-error.js'
import { isVectorFile } from '../../generated/validators/vector-file.js'
import type { Promotion } from '../index.js'

/**
 * Adds a vector to the end of a vector file, and makes the file when it is not there. What the file has is left as it
 * is.
 */
export function appendVector(file: string, { area, vector }: Promotion): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (before === undefined) {
    save(file, `${JSON.stringify({ area, vectors: [vector] }, null, 2)}\n`)
    return
  }
  const known = parsed(file, before)
  if (known.area !== area) throw new UsageError(`${file} is for ${known.area}, and the finding is of ${area}`)
  if (known.vectors.some(({ id }) => id === vector.id))
    throw new UsageError(`${file} has a vector ${vector.id} already`)
  const end = /\s*\]\s*\}\s*$/.exec(before)
  if (!end) throw new UsageError(`${file} does not end with its vectors`)
  const entry = JSON.stringify(vector, null, 2).replace(/^/gm, '    ')
  const text = `${before.slice(0, end.index)},\n${entry}\n  ]\n}\n`
  parsed(file, text)
  save(file, text)
}

function parsed(file: string, text: string): { readonly area: string; readonly vectors: readonly { id: string }[] } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UsageError(`${file} is not JSON`)
  }
  if (!isVectorFile(value)) throw new UsageError(`${file} is not a vector file: see spec/schemas/VectorFile.json`)
  return value
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`)
  }
}
