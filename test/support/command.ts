import { join } from 'node:path'
import { inject } from 'vitest'

/** A file of the package that was built for the tests, by its path below dist/. */
export function builtFile(path: string): string {
  return join(inject('built'), 'dist', path)
}

/** Arguments of Node that run `onbehalf`. */
export const ONBEHALF: readonly string[] = [builtFile('conformance/cli/main.js')]
