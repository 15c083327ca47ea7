import { InvalidArgumentError } from 'commander'

/** A whole number of the command line. */
export function integer(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || text.trim() === '' || (value | 0) !== value) {
    throw new InvalidArgumentError('It must be a 32-bit integer.')
  }
  return value
}
