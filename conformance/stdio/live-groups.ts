import { spawn } from 'node:child_process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const live = new Set<number>()

/**
 * Sees to it that a process group does not outlive this process, however that ends.
 *
 * An exit and a signal are seen here. For a crash there is a shell that waits for its standard input to end: an adapter
 * that hangs would not see that its own has ended.
 *
 * @param leader The id of the group.
 * @returns What to call when the group has ended.
 */
export function guardGroup(leader: number): () => void {
  if (live.size === 0) listen()
  live.add(leader)
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "-$1"', 'sh', String(leader)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a shell only a crash of this process is not covered.
  watchdog.on('error', () => undefined)
  watchdog.stdin.on('error', () => undefined)
  watchdog.unref()
  return () => {
    watchdog.kill('SIGKILL')
    live.delete(leader)
    if (live.size === 0) unlisten()
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

function killAll(): void {
  for (const leader of live) killGroup(leader, 'SIGKILL')
}

/** Whoever else listens decides how the process ends, and its exit is seen; else the signal does what it always does. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  killAll()
  unlisten()
  process.kill(process.pid, signal)
}

function listen(): void {
  process.on('exit', killAll)
  for (const signal of SIGNALS) process.on(signal, onSignal)
}

function unlisten(): void {
  process.off('exit', killAll)
  for (const signal of SIGNALS) process.off(signal, onSignal)
}
