/** The exit code of a command that Ctrl+C ended. */
export const INTERRUPTED = 130

/**
 * Does work that Ctrl+C ends in order: the signal is aborted, and the work comes to its end. A second Ctrl+C ends the
 * process at once.
 */
export async function withInterrupt<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    // On a terminal there is a line of progress, and perhaps a ^C behind it.
    console.error(`${process.stderr.isTTY ? '\n' : ''}interrupted: the report of what ran follows`)
    controller.abort()
  }
  process.on('SIGINT', onSignal)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', onSignal)
  }
}
