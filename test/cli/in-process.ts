import { Command, CommanderError } from 'commander'
import { vi } from 'vitest'
import { addDiffCommand } from '../../conformance/cli/diff.js'
import { addMatrixCommand } from '../../conformance/cli/matrix.js'
import { addPromoteCommand } from '../../conformance/cli/promote.js'
import { addReplayCommand } from '../../conformance/cli/replay.js'
import { addRunCommand } from '../../conformance/cli/run.js'
import { UsageError } from '../../src/cli/usage-error.js'

/** What a command did. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of `onbehalf conformance` in this process, which takes a tenth of the time. One at a time. */
export async function conformance(...args: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk)
      return true
    }),
  )
  spies.push(
    vi.spyOn(console, 'log').mockImplementation((line) => void (written.stdout += `${String(line)}\n`)) as never,
    vi.spyOn(console, 'error').mockImplementation((line) => void (written.stderr += `${String(line)}\n`)) as never,
  )
  const before = process.exitCode
  process.exitCode = 0
  try {
    const program = new Command('conformance').exitOverride()
    for (const add of [addRunCommand, addMatrixCommand, addReplayCommand, addPromoteCommand, addDiffCommand])
      add(program)
    await program.parseAsync(args, { from: 'user' })
    return { exitCode: process.exitCode, ...written }
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2, ...written }
    if (error instanceof UsageError) return { exitCode: 2, ...written, stderr: written.stderr + error.message }
    throw error
  } finally {
    process.exitCode = before
    for (const spy of spies) spy.mockRestore()
  }
}
