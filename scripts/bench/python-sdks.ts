import { adapterNamed } from '../../conformance/index.js'
import { openSession } from '../../conformance/runner/session.js'
import { processAdapter } from '../../conformance/stdio/adapter.js'
import { PYTHON } from './conformance-stdio.js'
import type { Measurement } from './measurement.js'
import { plainRate } from './plain-rate.js'

const SDKS = ['authlib', 'auth0-api-python', 'auth0-server-python']

/**
 * The same cases through the same kit, by an adapter that only has `http.client` and by those of the Python SDKs, which
 * are installed when they are not there. The difference is what the SDK takes.
 */
export async function measurePythonSdks(): Promise<Measurement[]> {
  const adapters = [
    ['http.client alone', processAdapter(PYTHON)] as const,
    ...(await Promise.all(SDKS.map(async (name) => [name, await adapterNamed(name).load()] as const))),
  ]
  const measurements: Measurement[] = []
  for (const [name, adapter] of adapters) {
    const session = await openSession(adapter)
    try {
      const value = await plainRate(session, { warmUp: 200, cases: 1_000 })
      measurements.push({ name: `conformance, Python, ${name}`, value, unit: 'a second' })
    } finally {
      await session.close()
    }
  }
  return measurements
}
