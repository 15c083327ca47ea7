import { adapterNamed, PROPERTIES, runConformance } from '../../conformance/index.js'
import { runChecks, type Checks } from '../../conformance/runner/run.js'
import { openSession, type Session } from '../../conformance/runner/session.js'
import { VECTORS } from '../../conformance/vectors.js'
import type { Measurement } from './measurement.js'

/** Properties all of whose cases send at least one exchange request. */
const ON_THE_WIRE = ['request-shapes', 'plain-extras', 'array-extras', 'actor-pairs', 'opaque-subjects', 'refusals']
const ROUNDS = 5

/** The default run of the suite on the facade, and how many cases a second the runner does. */
export async function measureConformance(): Promise<Measurement[]> {
  const start = performance.now()
  await runConformance({ sdks: ['onbehalf'], seed: 1 })
  const seconds = (performance.now() - start) / 1000

  const session = await openSession(await adapterNamed('onbehalf').load())
  // A case that waits for a timeout measures the wait.
  const vectors = VECTORS.filter(({ requirements }) => !requirements.includes('timeout-kept'))
  const all = await rateOf(session, { vectors, properties: PROPERTIES }, 100)
  const wire = await rateOf(
    session,
    { vectors: [], properties: PROPERTIES.filter(({ id }) => ON_THE_WIRE.includes(id)) },
    1000,
  )
  return [
    { name: 'conformance, default run of the facade', value: seconds, unit: 's', reach: '< 10' },
    { name: 'conformance, cases in process', value: all.rate, unit: 'a second', reach: '8000' },
    { name: 'conformance, of these on the wire', value: all.share * 100, unit: '%', reach: '50' },
    { name: 'conformance, wire cases alone', value: wire.rate, unit: 'a second', reach: '6000' },
  ]
}

/** The best of some rounds: what else the machine does only ever slows a round down. */
async function rateOf(session: Session, checks: Checks, runs: number): Promise<{ rate: number; share: number }> {
  let rate = 0
  let share = 0
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const start = performance.now()
    const { cases, wireCases } = await runChecks(session, checks, { seed, runs, shrink: false })
    rate = Math.max(rate, (cases / (performance.now() - start)) * 1000)
    share = wireCases / cases
  }
  return { rate, share }
}
