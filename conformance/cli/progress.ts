import type { RunEvent } from '../index.js'

/** A terminal is told no more often than this, in milliseconds. */
const EVERY_MS = 80

/** Where progress is told. */
export interface ProgressStream {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/**
 * Tells of a run: the seed first, and then, on a terminal, one line that changes; elsewhere a line for each SDK and
 * finding.
 */
export function progressOn(stream: ProgressStream = process.stderr): (event: RunEvent) => void {
  const live = stream.isTTY === true
  let checks = 0
  let done = 0
  let cases = 0
  let failed = 0
  let toldAt = 0
  const line = (text: string): void => {
    stream.write(`${live ? '\r\u001b[K' : ''}${text}\n`)
  }
  return (event) => {
    switch (event.type) {
      case 'run.started':
        checks = event.checks
        line(`seed ${event.seed}`)
        return
      case 'sdk.started':
        done = cases = failed = 0
        if (!live) line(`${event.sdk}: ${checks} checks`)
        return
      case 'case.judged': {
        cases += 1
        if (event.outcome !== 'passed') failed += 1
        const now = Date.now()
        if (!live || now - toldAt < EVERY_MS) return
        toldAt = now
        stream.write(
          `\r\u001b[K${event.sdk}: ${done}/${checks} checks, ${cases} cases, ${failed} failed, ${event.check}`,
        )
        return
      }
      case 'check.finished':
        done += 1
        return
      case 'finding.confirmed':
      case 'finding.flaky': {
        const { level, requirement, reason } = event.finding
        const flaky = event.type === 'finding.flaky' ? ', flaky' : ''
        if (!live) line(`${event.sdk}: ${level} ${requirement}: ${reason}${flaky}`)
        return
      }
      case 'sdk.finished':
        if (live) stream.write('\r\u001b[K')
        else line(`${event.sdk}: ${event.report.status}, ${event.report.cases} cases`)
        return
      case 'run.interrupted':
        line(event.why)
        return
      case 'run.finished':
    }
  }
}
