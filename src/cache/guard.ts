/** Asks a store. Without an answer in time, or with a failure, the result is `undefined`. */
export type Guard = (operation: () => unknown) => Promise<{ readonly value: unknown } | undefined>

/**
 * Makes a failing store cost little: each operation has a deadline, and after a failure none is begun for a while.
 *
 * @param timeoutMs For one operation, in milliseconds.
 * @param cooldownMs After a failure, in milliseconds.
 */
export function createGuard(timeoutMs: number, cooldownMs: number): Guard {
  let restsUntil = Number.NEGATIVE_INFINITY

  return async (operation) => {
    if (performance.now() < restsUntil) return undefined
    try {
      return { value: await withDeadline(operation, timeoutMs) }
    } catch {
      restsUntil = performance.now() + cooldownMs
      return undefined
    }
  }
}

function withDeadline(operation: () => unknown, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('too late'))
    }, timeoutMs)
    // A store may throw where it should reject.
    void new Promise((settle) => {
      settle(operation())
    })
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer)
      })
  })
}
