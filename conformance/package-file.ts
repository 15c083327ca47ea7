import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file of the package that is shipped as it is, by its path from the root: an adapter in another language, a template. */
export function packageFile(path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve('onbehalf/package.json')), path)
}
