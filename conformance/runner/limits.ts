/** What ends a run before its end: its caller, a number of findings, or a time. */
export class Limits {
  /** Aborted when the run is to end after the case at hand. */
  readonly signal: AbortSignal
  /** The same for running findings again: those that were asked for still are. */
  readonly confirming: AbortSignal
  /** One sentence. */
  why = 'The run was interrupted.'
  readonly #late = new AbortController()
  readonly #enough = new AbortController()
  readonly #limits: RunLimits
  readonly #startedAt = performance.now()
  readonly #findings = new Map<string, number>()

  constructor(limits: RunLimits) {
    const { signal, maxFindings = 1, timeBudgetMs = 1 } = limits
    if (!(maxFindings >= 1)) throw new RangeError('maxFindings must be 1 or more')
    if (!(timeBudgetMs >= 1)) throw new RangeError('timeBudgetMs must be 1 or more')
    this.#limits = limits
    this.confirming = AbortSignal.any([this.#late.signal, ...(signal ? [signal] : [])])
    this.signal = AbortSignal.any([this.confirming, this.#enough.signal])
  }

  /** Looks at the clock. A timer would not do: cases in this process leave it no turn. */
  tick(): void {
    const { timeBudgetMs = Infinity } = this.#limits
    if (performance.now() - this.#startedAt < timeBudgetMs || this.signal.aborted) return
    this.why = `The run ended after its time budget of ${timeBudgetMs / 1000} seconds.`
    this.#late.abort()
  }

  /** Notes how many findings an SDK has. */
  found(sdk: string, count: number): void {
    this.#findings.set(sdk, count)
    const all = [...this.#findings.values()].reduce((sum, one) => sum + one, 0)
    if (all < (this.#limits.maxFindings ?? Infinity) || this.signal.aborted) return
    this.why = `The run ended after ${all} ${all === 1 ? 'finding' : 'findings'}.`
    this.#enough.abort()
  }
}

interface RunLimits {
  readonly signal?: AbortSignal
  readonly maxFindings?: number
  readonly timeBudgetMs?: number
}
