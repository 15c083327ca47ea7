import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { NO_PROC, processesWith, TSX } from './support.js'

const RUNNER = fileURLToPath(new URL('dying-runner.ts', import.meta.url))

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
    const runner = spawn(process.execPath, [...TSX, RUNNER], {
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
