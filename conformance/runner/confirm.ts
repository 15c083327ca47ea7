import type { Session } from './session.js'
import { failureKey, type Failure, type Tally } from './tally.js'

/** How often each finding is run again. */
export const RERUNS = 3

/**
 * Runs the smallest case of each failure again, each time in a session of its own, and notes how often it failed.
 *
 * A failure that does not hold each time came by chance, or needs the cases before it.
 */
export async function confirmFailures(
  { failures }: Tally,
  openSession: () => Promise<Session>,
  signal?: AbortSignal,
): Promise<void> {
  for (const failure of failures.values()) {
    let held = 0
    for (let run = 0; run < RERUNS; run++) {
      if (signal?.aborted) return
      if (await fails(await openSession(), failure)) held += 1
    }
    failure.held = held
  }
}

async function fails(session: Session, failure: Failure): Promise<boolean> {
  if (!failure.smallest) return false
  const { verdicts } = await session.judge(failure.smallest.result.case)
  return verdicts.some((verdict) => verdict.status === 'fail' && failureKey(verdict) === failureKey(failure))
}
