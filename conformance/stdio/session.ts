import type { PerformRequest } from '../adapter.js'
import { openLoopback } from '../loopback/loopback.js'
import { placePrograms } from '../loopback/place.js'
import { pass } from '../oracles/verdict.js'
import type { KnownCapabilities } from '../requirements.js'
import { CLIENT, openLane } from '../runner/lane.js'
import type { Session } from '../runner/session-contract.js'
import type { ProcessAdapter } from './adapter.js'
import type { LifecycleError } from './lifecycle.js'
import { Pool, type PoolLane } from './pool.js'
import { Supervisor } from './supervisor.js'
import { trustOf } from './trust.js'

/** A lane rests for so many cases after each, so that a request that comes too late is not taken for the next case's. */
const RESTING_LANES = 2
const MAX_CONCURRENCY = 8

/**
 * Starts an adapter's process and the wire for it.
 *
 * @throws {LifecycleError} When it does not get as far as a hello.
 */
export async function openProcessSession({ command, options }: ProcessAdapter): Promise<Session> {
  const { concurrency = MAX_CONCURRENCY, deadlineMs = 5_000, helloDeadlineMs = 30_000 } = options
  const { restarts = 20, scheme = 'https' } = options
  const loopback = await openLoopback(concurrency + RESTING_LANES, scheme)
  const { caFile } = loopback
  const env = { ...command.env, ...trustOf(caFile) }
  const limits = { deadlineMs, helloDeadlineMs, secret: CLIENT.secret }
  const supervisor = new Supervisor({ ...command, env }, limits, restarts)
  const early: LifecycleError[] = []
  supervisor.events = { ...supervisor.events, onTrouble: (trouble) => early.push(trouble) }
  try {
    const { hello: said } = await supervisor.connection()
    const capabilities: KnownCapabilities = { ...said.capabilities, tls: scheme === 'https' }
    const hello = { ...said, capabilities }
    const atOnce = Math.min(concurrency, hello.concurrency ?? 1)
    let pool: Pool | undefined
    const lanes: PoolLane[] = []
    for (const origin of loopback.lanes.slice(0, atOnce + RESTING_LANES)) {
      const slot: PoolLane['slot'] = {}
      const lane = await openLane({
        hello,
        issuer: origin.issuer,
        impostors: origin.impostors,
        wire: origin.recorder,
        localise: placePrograms(origin),
        perform: async (request) =>
          (await supervisor.connection()).ask(withAuthority(request, caFile), slot.job ?? slot),
        takePrinted: () => pool?.takePrinted(slot),
      })
      lanes.push({ lane, origin, slot })
    }
    const running = (pool = new Pool(lanes, atOnce, supervisor, early))
    let isGreeted = false
    let closed: Promise<void> | undefined
    return {
      hello,
      lanes: atOnce,
      judge: (given) => running.judge(given),
      ask: (request) => running.ask(request),
      takeLate() {
        const greeting = isGreeted ? [] : [{ verdict: pass('adapter-says-hello') }]
        isGreeted = true
        return [...greeting, ...running.takeLate()]
      },
      stopped: () => supervisor.stopped(),
      close: () => (closed ??= running.close().then(() => loopback.close())),
    }
  } catch (error) {
    await supervisor.close()
    await loopback.close()
    throw error
  }
}

function withAuthority(request: PerformRequest, caFile: string | undefined): PerformRequest {
  if (caFile === undefined || !('target' in request)) return request
  return { ...request, target: { ...request.target, ca_file: caFile } }
}
