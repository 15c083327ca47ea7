import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { guardGroup, killGroup } from './group-guard.js'
import type { Command } from './command.js'

/** Between SIGTERM and SIGKILL, in milliseconds. */
const GRACE_MS = 2_000
/** Output that a dead process left in its pipes is waited for so long, in milliseconds. */
const DRAIN_MS = 1_000

/** How a process ended. */
export type Exit = { readonly code: number } | { readonly signal: string }

/** A process that leads a group of its own. */
export interface ProcessGroup {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves when the process has ended and what it had written was read. */
  readonly exited: Promise<Exit>
  /** The end, or undefined when it has not come within so many milliseconds. */
  exitWithin(ms: number): Promise<Exit | undefined>
  /** Ends the whole group: SIGTERM, and SIGKILL when that does not help. Waits for the end. */
  kill(): Promise<Exit>
}

/**
 * Starts a command.
 *
 * @throws {Error} When it cannot be started.
 */
export async function startGroup({ words: [file = '', ...args], env, cwd }: Command): Promise<ProcessGroup> {
  const child = spawn(file, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const leader = child.pid ?? 0
  const release = guardGroup(leader)
  // What is written to a process that has ended goes nowhere; its end is told by `exited`.
  child.stdin.on('error', () => undefined)

  const exited = new Promise<Exit>((resolve) => {
    // Not `close`: a grandchild may hold the pipes for as long as it likes.
    child.once('exit', (code, signal) => {
      killGroup(leader, 'SIGKILL')
      release()
      const exit = signal === null ? { code: code ?? 0 } : { signal }
      const timer = setTimeout(resolve, DRAIN_MS, exit)
      child.once('close', () => {
        clearTimeout(timer)
        resolve(exit)
      })
    })
  })
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    exitWithin: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        void exited.then((exit) => {
          clearTimeout(timer)
          resolve(exit)
        })
      }),
    async kill() {
      killGroup(leader, 'SIGTERM')
      const timer = setTimeout(killGroup, GRACE_MS, leader, 'SIGKILL')
      const exit = await exited
      clearTimeout(timer)
      return exit
    },
  }
}
