import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ROOT } from '../structure/manifest.js'

const run = promisify(execFile)

it('schemathesis finds no answer of the emulator that is not as described', async ({ skip }) => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'scripts/fuzz.ts'], { cwd: ROOT })
  if (stdout.startsWith('skipped: ')) skip(stdout)
  expect(stdout).toMatch(/(\d+) generated, \1 passed/)
})
