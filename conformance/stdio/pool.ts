import type { Observation, PerformRequest } from '../adapter.js'
import type { Case } from '../case.js'
import type { LoopbackLane } from '../loopback/lane.js'
import { withoutPorts } from '../loopback/place.js'
import { fail, pass } from '../oracles/verdict.js'
import { CLIENT, type CaseResult, type Lane } from '../runner/lane.js'
import type { LateVerdict } from '../runner/session-contract.js'
import { createJob, verdictOf, withTroubles, type Job, type Suspects } from './job.js'
import { LifecycleError } from './lifecycle.js'
import type { Supervisor } from './supervisor.js'

/** A lane with its origin, and the case that is in it or was the last. */
export interface PoolLane {
  readonly lane: Lane
  readonly origin: LoopbackLane
  /** `cut` when the process ended during it, so that what comes after is no request of its own accord. */
  readonly slot: { job?: Job; cut?: boolean }
}

/**
 * Gives cases to lanes.
 *
 * Where several cases are in flight and it is not clear which of them ended the process or wrote to its output, each
 * is done again alone: the one that does it alone is the finding.
 */
export class Pool {
  readonly #free: PoolLane[]
  readonly #concurrency: number
  readonly #supervisor: Supervisor
  readonly #waiting: Job[] = []
  readonly #again: Job[] = []
  readonly #active = new Set<Job>()
  /** What was wrong before there was a case. */
  readonly #early: LifecycleError[]
  #late: LateVerdict[] = []
  #last: Job | undefined

  constructor(
    lanes: readonly PoolLane[],
    concurrency: number,
    supervisor: Supervisor,
    early: readonly LifecycleError[],
  ) {
    this.#free = [...lanes]
    this.#early = [...early]
    this.#concurrency = concurrency
    this.#supervisor = supervisor
    supervisor.events = {
      onTrouble: (trouble, owner) => {
        this.#blame(trouble, owner as Job | undefined)
      },
      onEnd: (error) => {
        this.#blame(error, undefined)
      },
      onPrinted: (text) => {
        const isSecret = text.includes('canary-') || text.includes(CLIENT.secret)
        if (isSecret && this.#active.size > 1) this.#suspectAll(undefined)
      },
    }
  }

  judge(given: Case): Promise<CaseResult> {
    return new Promise((resolve) => {
      this.#waiting.push(createJob(given, resolve))
      this.#startNext()
    })
  }

  /** Puts one question to the adapter while there is no case. */
  async ask(request: PerformRequest): Promise<Observation> {
    const observation = this.#free[0]?.lane.ask(request)
    return (await observation?.catch(asFault)) ?? { outcome: 'adapter_error', message: 'every lane is busy' }
  }

  takeLate(): readonly LateVerdict[] {
    for (const lane of this.#free) this.#noteStray(lane)
    for (const trouble of this.#early.splice(0)) this.#blame(trouble, this.#last)
    const taken = this.#late
    this.#late = []
    return taken
  }

  /** Ends the process, and notes how it ended. */
  async close(): Promise<void> {
    const error = await this.#supervisor.close()
    if (error) this.#blame(error, this.#last)
    else if (this.#supervisor.stopped() === undefined) this.#late.push({ verdict: pass('adapter-ends-with-stdin') })
  }

  /** What standard error got during the case of a lane; nothing when it may come from another. */
  takePrinted({ job }: PoolLane['slot']): string {
    const printed = this.#supervisor.takePrinted()
    return job?.alone ? printed : ''
  }

  #startNext(): void {
    const stopped = this.#supervisor.stopped()
    if (stopped !== undefined) {
      const wire = { exchanges: [], metadata: [], others: [] }
      for (const job of [...this.#again.splice(0), ...this.#waiting.splice(0)]) {
        job.resolve({ case: job.given, answers: [], wire, verdicts: [], fault: stopped })
      }
    } else if (this.#again.length > 0) {
      if (this.#active.size === 0) this.#start(this.#again.shift())
    } else {
      while (this.#active.size < this.#concurrency && this.#waiting.length > 0) this.#start(this.#waiting.shift())
    }
  }

  #start(job: Job | undefined): void {
    const lane = this.#free.shift()
    if (!job || !lane) return
    this.#noteStray(lane)
    lane.slot.job = job
    lane.slot.cut = false
    job.alone = this.#active.size === 0
    if (job.alone) this.#supervisor.takePrinted()
    for (const other of this.#active) other.alone = false
    this.#active.add(job)
    void this.#run(job, lane)
  }

  async #run(job: Job, { lane, origin, slot }: PoolLane): Promise<void> {
    const result = await lane.judge(job.given).catch((error: unknown): CaseResult => {
      const seen = { case: job.given, answers: [], wire: origin.recorder.take(), verdicts: [] }
      if (!(error instanceof LifecycleError)) return { ...seen, fault: String(error) }
      slot.cut = true
      if (!job.suspects) job.troubles.add(error)
      return seen
    })
    this.#active.delete(job)
    this.#free.push({ lane, origin, slot })
    if (job.suspects) this.#doAgain(job, job.suspects)
    else this.#settle(job, withTroubles(result, job), origin)
    this.#startNext()
  }

  #doAgain(job: Job, suspects: Suspects): void {
    job.again = suspects
    job.suspects = undefined
    job.troubles.clear()
    this.#again.push(job)
  }

  #settle(job: Job, result: CaseResult, origin: LoopbackLane): void {
    const isClean = result.fault === undefined && result.verdicts.every(({ status }) => status !== 'fail')
    job.result = isClean ? result : withoutPorts(result, origin)
    this.#last = job
    job.resolve(job.result)
    const { again } = job
    if (!again) return
    again.left -= 1
    again.convicted ||= job.troubles.size > 0
    if (again.left > 0 || again.convicted || !again.trouble) return
    const { requirement, reason, detail } = again.trouble
    const alone = `${detail}; with ${again.count} requests in flight, and none of them does it alone`
    this.#late.push({ verdict: fail(requirement, reason, alone), result: job.result })
  }

  /** Finds out whose fault a trouble is: of its request, of the only case in flight, or else of the last one. */
  #blame(trouble: LifecycleError, owner: Job | undefined): void {
    if (!owner && this.#active.size > 1) {
      this.#suspectAll(trouble)
      return
    }
    const [only] = this.#active
    const job = owner ?? only ?? this.#last
    if (job && !job.result) job.troubles.add(trouble)
    else this.#late.push({ verdict: verdictOf(trouble), ...(job?.result && { result: job.result }) })
  }

  #suspectAll(trouble: LifecycleError | undefined): void {
    const fresh = [...this.#active].filter((job) => !job.suspects)
    const suspects: Suspects = { trouble, count: fresh.length, left: fresh.length, convicted: false }
    for (const job of fresh) job.suspects = suspects
  }

  #noteStray({ lane, slot }: PoolLane): void {
    if (!lane.takeStray() || !slot.job || slot.cut) return
    const verdict = fail('nothing-sent-after-the-reply', 'request-after-reply')
    this.#late.push({ verdict, ...(slot.job.result && { result: slot.job.result }) })
  }
}

function asFault(error: unknown): Observation {
  return { outcome: 'adapter_error', message: error instanceof Error ? error.message : String(error) }
}
