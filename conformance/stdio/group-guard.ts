import { spawn } from 'node:child_process'

/**
 * Sees to it that a process group does not outlive this process, however that ends.
 *
 * A shell waits for its standard input to end, which no crash of this process can prevent, and ends the group then. The
 * group itself cannot be relied on: a process that hangs does not look at its own.
 *
 * @param leader The id of the group.
 * @returns What to call when the group has ended.
 */
export function guardGroup(leader: number): () => void {
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "-$1"', 'sh', String(leader)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a shell there is nothing to end a group after a crash; the run itself is as good.
  watchdog.on('error', () => undefined)
  watchdog.stdin.on('error', () => undefined)
  watchdog.unref()
  return () => {
    watchdog.kill('SIGKILL')
  }
}

/** Ends every process of a group. It is no error when there is none left. */
export function killGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal)
  } catch (error) {
    // macOS says EPERM of a group whose last process has just ended.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
