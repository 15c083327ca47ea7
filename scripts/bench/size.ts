import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { median, type Measurement } from './measurement.js'

/** What an app pays that imports the facade: bytes over the wire, and time at its start. */
export async function measureSize(): Promise<Measurement[]> {
  const entry = resolve(import.meta.dirname, '../../src/index.js')
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['jose'],
    write: false,
  })
  const size = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength
  const times = { onbehalf: [] as number[], jose: [] as number[] }
  for (let round = 0; round < 15; round++) {
    times.jose.push(importTime('jose'))
    times.onbehalf.push(importTime(entry))
  }
  const [onbehalf, jose] = [median(times.onbehalf), median(times.jose)]
  return [
    { name: 'core bundle without jose, minified and gzipped', value: size / 1000, unit: 'kB', reach: '<= 12' },
    { name: 'import in a new process', value: onbehalf, unit: 'ms' },
    { name: 'import / importing jose', value: onbehalf / jose, unit: 'ratio', reach: '<= 1.5' },
  ]
}

/** Inside a new process, from before the import to after it. */
function importTime(specifier: string): number {
  const code = `const start = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - start)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }))
}
