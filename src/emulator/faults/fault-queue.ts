import type { Fault } from './fault.js'
import { readFault } from './read-fault.js'

/** The faults that wait for a request. The first one that is for a request is used. */
export interface FaultQueue {
  /** What waits, with the `times` that are left. A copy. */
  readonly pending: readonly Fault[]
  /**
   * Puts a fault at the end.
   *
   * @throws TypeError when it could not do what it says.
   */
  push(fault: Fault): void
  /** Forgets what waits, and breaks the connections of answers that a delay holds back. */
  clear(): void
}

/** The emulator's side of the queue. */
export interface FaultSource extends FaultQueue {
  take(request: Request): TakenFault | undefined
}

/** A fault, for the one request that got it. */
export interface TakenFault {
  readonly fault: Fault
  readonly cleared: AbortSignal
}

export function createFaultQueue(): FaultSource {
  let pending: readonly Fault[] = []
  let cleared = new AbortController()
  return {
    get pending() {
      return pending
    },
    push: (fault) => {
      pending = [...pending, readFault(fault)]
    },
    clear: () => {
      pending = []
      cleared.abort()
      cleared = new AbortController()
    },
    take: (request) => {
      if (pending.length === 0) return undefined
      const { pathname } = new URL(request.url)
      const fault = pending.find(({ path, method }) => {
        return (path ?? pathname) === pathname && (method ?? request.method) === request.method
      })
      if (fault === undefined) return undefined
      pending = pending.flatMap((other) => (other === fault ? withoutOne(other) : [other]))
      return { fault, cleared: cleared.signal }
    },
  }
}

function withoutOne(fault: Fault): readonly Fault[] {
  const { times = 1 } = fault
  return times > 1 ? [{ ...fault, times: times - 1 }] : []
}
