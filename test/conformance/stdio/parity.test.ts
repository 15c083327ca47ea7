import { expect, test } from 'vitest'
import {
  processAdapter,
  runConformance,
  serialized,
  adapterNamed,
  type AdapterEntry,
} from '../../../conformance/index.js'
import { facadeCommand } from './support.js'

const CERTIFICATES = 'server-certificate-checked'
/** Beside the rules on processes themselves, what only a process shows. */
const IN_PROCESSES = ['no-secret-printed', CERTIFICATES]

/** What a run says of each rule that needs no process. */
async function verdictsOf(entry: AdapterEntry) {
  const { sdks } = await runConformance({ sdks: [entry], seed: 2026, runs: 10, skip: [CERTIFICATES] })
  return sdks.map(({ status, faults, cases, findings, requirements }) => ({
    status,
    faults,
    cases,
    findings,
    requirements: requirements.filter(({ area, id }) => area !== 'lifecycle' && !IN_PROCESSES.includes(id)),
  }))
}

const facade = adapterNamed('onbehalf')

test('an SDK in another process, over https, gets the verdicts that it gets in this one', async () => {
  const there: AdapterEntry = { name: 'onbehalf', load: async () => Promise.resolve(processAdapter(facadeCommand())) }
  expect(await verdictsOf(there)).toEqual(await verdictsOf(facade))
}, 120_000)

test('an SDK in another process is asked to trust impostors of each kind, where there is TLS', async () => {
  for (const [scheme, status, cases] of [
    ['https', 'passed', 2],
    ['http', 'not_applicable', 0],
  ] as const) {
    const adapter = processAdapter(facadeCommand(), { scheme })
    const entry: AdapterEntry = { name: 'onbehalf', load: async () => Promise.resolve(adapter) }
    const { sdks } = await runConformance({ sdks: [entry], seed: 1, only: [CERTIFICATES] })
    const found = sdks.flatMap(({ requirements }) => requirements).find(({ id }) => id === CERTIFICATES)
    expect([found?.status, sdks[0]?.cases]).toEqual([status, cases])
  }
}, 60_000)

test('an SDK whose messages are JSON text gets the verdicts that it gets without', async () => {
  expect(await verdictsOf(serialized(facade))).toEqual(await verdictsOf(facade))
}, 60_000)
