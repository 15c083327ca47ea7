import { isLifecycle } from '../requirements.js'
import type { Session } from './session.js'
import { failureKey, type Failure, type Tally } from './tally.js'

/** How often each finding is run again. */
export const RERUNS = 3

/**
 * Runs the smallest case of each failure again, in new sessions, and notes how often it failed.
 *
 * A failure that does not hold each time came by chance, or needs the cases before it.
 */
export async function confirmFailures(
  { failures }: Tally,
  openSession: () => Promise<Session>,
  signal?: AbortSignal,
): Promise<void> {
  const all = [...failures.values()]
  // What ends a process, or comes after its reply, must not touch the reruns of others.
  const groups = [
    all.filter((failure) => !isLifecycle(failure.requirement)),
    ...all.filter(isAlone).map((one) => [one]),
  ]
  for (const group of groups) {
    if (group.length > 0) await confirmTogether(group, openSession, signal)
  }
}

async function confirmTogether(
  group: readonly Failure[],
  openSession: () => Promise<Session>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const held = new Map<Failure, number>()
  for (let run = 0; run < RERUNS; run++) {
    const session = await openSession()
    try {
      // Each time in another order: what fails at every nth request must not meet the same case again.
      for (const failure of [...group.slice(run), ...group.slice(0, run)]) {
        if (signal?.aborted) return
        if (await fails(session, failure)) held.set(failure, (held.get(failure) ?? 0) + 1)
      }
    } finally {
      await session.close()
    }
  }
  for (const failure of group) failure.held = held.get(failure) ?? 0
}

async function fails(session: Session, failure: Failure): Promise<boolean> {
  if (!failure.smallest) return false
  const { verdicts } = await session.judge(failure.smallest.result.case)
  if (isAlone(failure)) await session.close()
  const late = session.takeLate().map(({ verdict }) => verdict)
  return [...verdicts, ...late].some(
    (verdict) => verdict.status === 'fail' && failureKey(verdict) === failureKey(failure),
  )
}

function isAlone({ requirement }: Failure): boolean {
  return isLifecycle(requirement)
}
