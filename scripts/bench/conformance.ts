import { runConformance } from '../../conformance/index.js'
import type { Measurement } from './measurement.js'

/** The default run of the suite on the facade. */
export async function measureConformance(): Promise<Measurement[]> {
  const start = performance.now()
  const { sdks } = await runConformance({ sdks: ['onbehalf'], seed: 1 })
  const seconds = (performance.now() - start) / 1000
  const cases = sdks[0]?.cases ?? 0
  return [
    { name: 'conformance, default run of the facade', value: seconds, unit: 's' },
    { name: 'conformance, cases in process', value: cases / seconds, unit: 'a second' },
  ]
}
