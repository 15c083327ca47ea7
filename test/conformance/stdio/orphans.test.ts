import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { builtFile } from '../../support/command.js'
import { mutantCommand, NO_PROC, ORGANIZATION, processesWith } from './support.js'

/** Opens a session with an adapter that hangs, and waits in a case of it. */
const RUNNER = `
import { openSession } from ${JSON.stringify(builtFile('conformance/runner/session.js'))}
import { processAdapter } from ${JSON.stringify(builtFile('conformance/stdio/adapter.js'))}
const words = ${JSON.stringify(mutantCommand('busy-hang').words)}
const session = await openSession(processAdapter({ words }, { deadlineMs: 600_000 }))
process.stdin.once('data', () => process.exit(7))
process.stdout.write('ready')
await session.judge(${JSON.stringify(ORGANIZATION)})
`

/** Nobody tells when a process of another process has ended. */
const POLL = { timeout: 10_000, interval: 50 }

describe.skipIf(NO_PROC !== undefined)(`an adapter that hangs does not outlive the runner ${NO_PROC ?? ''}`, () => {
  test.concurrent.each([
    ['SIGINT', null, 'SIGINT'],
    ['SIGTERM', null, 'SIGTERM'],
    ['SIGHUP', null, 'SIGHUP'],
    ['SIGKILL', null, 'SIGKILL'],
    ['exit', 7, null],
  ])('after %s', async (how, code, signal) => {
    const mark = randomUUID()
    const runner = spawn(process.execPath, ['--input-type=module', '--eval', RUNNER], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, MARK: mark },
    })
    await once(runner.stdout, 'data')
    expect(processesWith(mark).length).toBeGreaterThan(1)
    if (how === 'exit') runner.stdin.write('now\n')
    else runner.kill(how as NodeJS.Signals)
    expect(await once(runner, 'exit')).toEqual([code, signal])
    await vi.waitUntil(() => processesWith(mark).length === 0, POLL)
  })
})
