import type { RunEvent } from '../index.js'

/** The seed first; then, on a terminal, one line on standard error that tells which check runs. */
export function showProgress(event: RunEvent): void {
  if (event.type === 'run.started') console.error(`seed ${event.seed}`)
  if (!process.stderr.isTTY) return
  if (event.type === 'check.finished') process.stderr.write(`\r\u001b[K${event.sdk}: ${event.check}`)
  if (event.type === 'sdk.finished') process.stderr.write('\r\u001b[K')
}
