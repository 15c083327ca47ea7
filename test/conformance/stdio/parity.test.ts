import { expect, test } from 'vitest'
import {
  processAdapter,
  runConformance,
  serialized,
  adapterNamed,
  type AdapterEntry,
} from '../../../conformance/index.js'
import { facadeCommand } from './support.js'

/** What a run says of each rule, apart from those on processes and on what is printed, which only a process shows. */
async function verdictsOf(entry: AdapterEntry) {
  const { sdks } = await runConformance({ sdks: [entry], seed: 2026, runs: 10 })
  return sdks.map(({ status, faults, cases, findings, requirements }) => ({
    status,
    faults,
    cases,
    findings,
    requirements: requirements.filter(({ area, id }) => area !== 'lifecycle' && id !== 'no-secret-printed'),
  }))
}

const facade = adapterNamed('onbehalf')

test('an SDK in another process, over https, gets the verdicts that it gets in this one', async () => {
  const there: AdapterEntry = { name: 'onbehalf', load: async () => Promise.resolve(processAdapter(facadeCommand())) }
  expect(await verdictsOf(there)).toEqual(await verdictsOf(facade))
}, 120_000)

test('an SDK whose messages are JSON text gets the verdicts that it gets without', async () => {
  expect(await verdictsOf(serialized(facade))).toEqual(await verdictsOf(facade))
}, 60_000)
