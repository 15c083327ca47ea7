let running = 0
let limit = Error.stackTraceLimit

/**
 * Does `work` while errors get no stack frames.
 *
 * Frames are places in code, which no rule is about, and most of what the rejection of a case costs. What an SDK writes
 * into a stack by itself stays.
 */
export async function withoutStackFrames<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) {
    limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
  }
  try {
    return await work()
  } finally {
    if (--running === 0) Error.stackTraceLimit = limit
  }
}
