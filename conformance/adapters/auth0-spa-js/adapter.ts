import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Adapter } from '../../adapter.js'
import { packageFile } from '../../package-file.js'
import { processAdapter } from '../../stdio/adapter.js'
import { packagesOf } from '../node-environment.js'

/**
 * The adapter of `@auth0/auth0-spa-js`, as it is on npm. It takes no fetch, so it has a process of its own.
 *
 * @throws {Error} When the package cannot be installed.
 */
export async function loadAuth0SpaJs(): Promise<Adapter> {
  const require = await packagesOf(packageFile('conformance/adapters/auth0-spa-js/dependencies.json'))
  const compiled = fileURLToPath(new URL('drive.js', import.meta.url))
  const program = existsSync(compiled) ? [compiled] : ['--import', 'tsx', compiled.replace(/js$/, 'ts')]
  return processAdapter({ words: [process.execPath, ...program, require.resolve('@auth0/auth0-spa-js')] })
}
