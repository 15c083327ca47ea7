/** The signals that end a run in order, and the exit codes that a shell gives for them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

/** What work came to, and the exit code of the signal that ended it, if one did. */
export interface Interruptible<Result> {
  readonly result: Result
  readonly exitCode: number | undefined
}

/**
 * Does work that Ctrl+C and SIGTERM end in order: the signal is aborted, and the work comes to its end. A second one ends
 * the process at once.
 */
export async function withInterrupt<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Interruptible<Result>> {
  const controller = new AbortController()
  let exitCode: number | undefined
  const onSignal = (name: keyof typeof EXIT_CODES): void => {
    if (exitCode !== undefined) process.exit(EXIT_CODES[name])
    exitCode = EXIT_CODES[name]
    // On a terminal there is a line of progress, and perhaps a ^C behind it.
    console.error(`${process.stderr.isTTY ? '\n' : ''}interrupted: the report of what ran follows`)
    controller.abort()
  }
  const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[]
  for (const name of names) process.on(name, onSignal)
  try {
    const result = await work(controller.signal)
    return { result, exitCode }
  } finally {
    for (const name of names) process.off(name, onSignal)
  }
}
