/** Compiles generated/, src/ and conformance/ to dist/ and makes the binary executable. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { transformSync } from 'esbuild'

const root = resolve(import.meta.dirname, '..')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const validators = join(root, 'dist/generated/validators')
const binary = join(root, 'dist/conformance/cli/main.js')

rmSync(join(root, 'dist'), { recursive: true, force: true })
execFileSync(process.execPath, [tsc, '--project', join(root, 'scripts/tsconfig.build.json')], { stdio: 'inherit' })
// Nobody reads a validator, and tsc indents it to more than twice its size.
for (const file of readdirSync(validators).filter((name) => name.endsWith('.js'))) {
  const { code } = transformSync(readFileSync(join(validators, file), 'utf8'), { minifyWhitespace: true })
  writeFileSync(join(validators, file), code)
}
// npm links the binary before `prepare` has built it, and tsc writes files without the run bit.
if (existsSync(binary)) chmodSync(binary, 0o755)
