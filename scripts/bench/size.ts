import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { median, type Measurement } from './measurement.js'

const entry = resolve(import.meta.dirname, '../../src/index.js')
export const APPS = {
  'an app that exchanges': `import { TokenExchangeClient, clientSecretPost } from 'onbehalf'
    export const client = new TokenExchangeClient({ clientAuthentication: clientSecretPost('') })`,
  'every export': `export * from 'onbehalf'`,
}

/** What an app pays that imports the facade: bytes over the wire, and time at its start. */
export async function measureSize(): Promise<Measurement[]> {
  const sizes: Measurement[] = []
  for (const [name, code] of Object.entries(APPS)) {
    const { atStart, later } = await bundledSize(code, entry)
    const reach = name === 'an app that exchanges' ? { reach: '<= 12' } : {}
    sizes.push({ name: `bundle at start, ${name}`, value: atStart / 1000, unit: 'kB', ...reach })
    sizes.push({ name: `bundle with all later chunks, ${name}`, value: (atStart + later) / 1000, unit: 'kB' })
  }
  const times = { onbehalf: [] as number[], jose: [] as number[] }
  for (let round = 0; round < 15; round++) {
    times.jose.push(importTime('jose'))
    times.onbehalf.push(importTime(entry))
  }
  const [onbehalf, jose] = [median(times.onbehalf), median(times.jose)]
  return [
    ...sizes,
    { name: 'import in a new process', value: onbehalf, unit: 'ms' },
    { name: 'import / importing jose', value: onbehalf / jose, unit: 'ratio', reach: '<= 1.5' },
  ]
}

/**
 * The bytes of a program as esbuild splits and minifies it, without jose, each file gzipped for itself: the entry and
 * what it imports, which a plain exchange needs, and the files that wait for an `import()`.
 *
 * @param facade The compiled file that `onbehalf` stands for.
 */
export async function bundledSize(
  code: string,
  facade: string,
): Promise<{ readonly atStart: number; readonly later: number }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    alias: { onbehalf: facade },
    external: ['jose'],
    outdir: '.',
    metafile: true,
    write: false,
  })
  const atStart = new Set<string>()
  const queue = Object.keys(metafile.outputs).filter((file) => metafile.outputs[file]?.entryPoint === '<stdin>')
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    atStart.add(file)
    for (const { kind, path } of metafile.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && path in metafile.outputs && !atStart.has(path)) queue.push(path)
    }
  }
  const size = { atStart: 0, later: 0 }
  for (const { path, contents } of outputFiles) {
    const isAtStart = [...atStart].some((file) => resolve(file) === path)
    size[isAtStart ? 'atStart' : 'later'] += gzipSync(contents, { level: 9 }).byteLength
  }
  return size
}

/** Inside a new process, from before the import to after it. */
function importTime(specifier: string): number {
  const code = `const start = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - start)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }))
}
