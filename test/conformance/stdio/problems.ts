import { build } from 'esbuild'
import { validateAdapter } from '../../../conformance/index.js'

/** What `validateAdapter` finds, by transcript. */
export async function problemsOf(words: readonly string[], options = {}): Promise<Record<string, readonly string[]>> {
  const results = await validateAdapter({ words }, options)
  return Object.fromEntries(results.map(({ name, problems }) => [name, problems]))
}

/** As tsx does, but once for all processes of an adapter. */
export async function compile(adapter: string, outfile: string): Promise<void> {
  await build({ entryPoints: [adapter], outfile, bundle: true, format: 'esm', platform: 'node' })
}
