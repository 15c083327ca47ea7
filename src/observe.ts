import { TokenExchangeError } from './errors.js'
import type { ExchangeEvent, Flow, OnEvent } from './events.js'

/** What a call finds out about itself on its way. */
export interface CallReport {
  issuer?: string
  cache: ExchangeEvent['cache']
  coalesced: boolean
}

/** The options that an event repeats, where a call has them. */
export interface Shown {
  readonly audience?: string | readonly string[] | undefined
  readonly scope?: string | undefined
}

/** Runs a call and, when somebody watches, tells of its end. */
export function observed<R>(
  flow: Flow,
  shown: Shown,
  { onEvent, now }: { readonly onEvent: OnEvent | undefined; readonly now: () => number },
  call: (report: CallReport) => Promise<R>,
): Promise<R> {
  const report: CallReport = { cache: 'bypass', coalesced: false }
  return onEvent ? watched(flow, shown, onEvent, now, report, call) : call(report)
}

async function watched<R>(
  flow: Flow,
  shown: Shown,
  onEvent: OnEvent,
  now: () => number,
  report: CallReport,
  call: (report: CallReport) => Promise<R>,
): Promise<R> {
  const startedAt = now()
  const start = performance.now()
  const tell = (outcome: Pick<ExchangeEvent, 'outcome' | 'code' | 'status'>, hasChecked: boolean): void => {
    // What a check refused is not repeated: it may be a secret in the wrong place.
    const { audience, scope } = hasChecked ? shown : {}
    try {
      const told = onEvent({
        flow,
        ...outcome,
        ...report,
        startedAt,
        durationMs: performance.now() - start,
        ...(audience === undefined ? {} : { audience }),
        ...(scope === undefined ? {} : { scope }),
      })
      // It may be asynchronous, and a rejection that nobody handles ends a process.
      void Promise.resolve(told).catch(() => undefined)
    } catch {
      // Watching must not break a call.
    }
  }
  try {
    const result = await call(report)
    tell({ outcome: 'success' }, true)
    return result
  } catch (error) {
    const { code, status, kind = 'validation' } = error instanceof TokenExchangeError ? error : {}
    const outcome = { outcome: 'error', ...(code && { code }), ...(status !== undefined && { status }) } as const
    tell(outcome, kind !== 'validation')
    throw error
  }
}
