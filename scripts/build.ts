/** Compiles src/, conformance/ and what they use of generated/ to dist/, and makes the binary executable. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const binary = join(root, 'dist/conformance/cli/main.js')

rmSync(join(root, 'dist'), { recursive: true, force: true })
execFileSync(process.execPath, [tsc, '--project', join(root, 'scripts/tsconfig.build.json')], { stdio: 'inherit' })
// npm links the binary before `prepare` has built it, and tsc writes files without the run bit.
if (existsSync(binary)) chmodSync(binary, 0o755)
