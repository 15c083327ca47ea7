/** Compiles src/, conformance/ and what they use of generated/ to dist/, and makes the binary executable. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { transformSync } from 'esbuild'
import { pruneDeclarations } from './build/prune-declarations.js'

const root = resolve(import.meta.dirname, '..')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const dist = join(root, 'dist')
const binary = join(dist, 'conformance/cli/main.js')

rmSync(dist, { recursive: true, force: true })
// Without a check, which is half of the time: `npm run check:types` is for that.
const args = [tsc, '--noCheck', '--project', join(root, 'scripts/tsconfig.build.json')]
execFileSync(process.execPath, args, { stdio: 'inherit' })
// Nobody reads what is generated, nor steps through the suite, and their indentation is half of the package.
for (const folder of ['generated', 'conformance']) {
  for (const name of readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' })) {
    const file = join(dist, folder, name)
    if (!file.endsWith('.js')) continue
    const options = name.startsWith('validators') ? { minify: true } : { minifyWhitespace: true }
    writeFileSync(file, transformSync(readFileSync(file, 'utf8'), { format: 'esm', ...options }).code)
  }
}
const { exports: modules } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, string | { readonly types: string }>>
}
pruneDeclarations(
  dist,
  Object.values(modules).flatMap((module) => (typeof module === 'string' ? [] : [join(root, module.types)])),
)
// npm links the binary before `prepare` has built it, and tsc writes files without the run bit.
if (existsSync(binary)) chmodSync(binary, 0o755)
