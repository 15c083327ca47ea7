import { TokenExchangeError } from '../errors.js'
import { abortedError, onAbort } from '../abort.js'
import { checkOptionNames } from '../input/options-object.js'

/** When a failed request is sent again. Never for attack protection, and never for session transfer tokens. */
export interface RetryPolicy {
  /** How many further tries. */
  readonly attempts: number
  /** For all tries and waits together, in milliseconds. Default 30,000. */
  readonly totalTimeoutMs?: number | undefined
  /** The longest wait before the first retry, in milliseconds; it doubles with each. Default 200. */
  readonly firstDelayMs?: number | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof RetryPolicy>(['attempts', 'totalTimeoutMs', 'firstDelayMs'])

/**
 * Calls `send` until it succeeds, its error does not merit another try, or the policy is used up.
 *
 * Waits are random up to a bound that doubles (full jitter), or what the server's `Retry-After` says. A wait that would
 * pass the total is not begun.
 */
export async function withRetries<T>(
  { attempts, totalTimeoutMs = 30_000, firstDelayMs = 200 }: RetryPolicy,
  signal: AbortSignal | undefined,
  send: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + totalTimeoutMs
  for (let attempt = 0; ; attempt++) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof TokenExchangeError) || !error.retryable || attempt >= attempts) throw error
      const delay =
        error.retryAfter === undefined ? Math.random() * firstDelayMs * 2 ** attempt : error.retryAfter * 1000
      if (performance.now() + delay > deadline) throw error
      await sleep(delay, signal)
    }
  }
}

/** @throws {TypeError} When the policy is not one. */
export function checkRetryPolicy(policy: unknown): asserts policy is RetryPolicy {
  checkOptionNames('retry', policy, OPTION_NAMES)
  const { attempts, totalTimeoutMs = 1, firstDelayMs = 1 } = policy as Partial<Record<keyof RetryPolicy, unknown>>
  if (!Number.isSafeInteger(attempts) || !(Number(attempts) >= 0)) {
    throw new TypeError('retry.attempts must be a whole number, 0 or more')
  }
  // A text would be appended to the time of day instead of added.
  if (![totalTimeoutMs, firstDelayMs].every((ms) => typeof ms === 'number' && ms > 0))
    throw new TypeError('retry needs positive numbers of milliseconds')
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortedError(signal))
      return
    }
    const stopListening =
      signal &&
      onAbort(signal, () => {
        clearTimeout(timer)
        reject(abortedError(signal))
      })
    const timer = setTimeout(() => {
      stopListening?.()
      resolve()
    }, ms)
  })
}
