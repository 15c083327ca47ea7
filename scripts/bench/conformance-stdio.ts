import { fileURLToPath } from 'node:url'
import { packageFile } from '../../conformance/package-file.js'
import { openSession } from '../../conformance/runner/session.js'
import { processAdapter } from '../../conformance/stdio/adapter.js'
import type { Command } from '../../conformance/stdio/command.js'
import type { Measurement } from './measurement.js'
import { plainRate } from './plain-rate.js'

const NODE: Command = {
  words: [process.execPath, fileURLToPath(new URL('../../conformance/adapters/onbehalf/stdio.js', import.meta.url))],
}
/** The least that an SDK can do: what is measured is the suite and the kit. */
export const PYTHON: Command = {
  words: ['python3', packageFile('scripts/bench/adapter.py')],
  env: { PYTHONPATH: packageFile('conformance/templates/python') },
}

/** Exchanges with plain replies, over https, by adapters in other processes. */
export async function measureConformanceStdio(): Promise<Measurement[]> {
  return [
    { name: 'conformance, wire cases over stdio, Node', value: await rateOf(NODE), unit: 'a second', reach: '≥ 1500' },
    {
      name: 'conformance, wire cases over stdio, Python',
      value: await rateOf(PYTHON),
      unit: 'a second',
      reach: '≥ 1200',
    },
  ]
}

async function rateOf(command: Command): Promise<number> {
  const session = await openSession(processAdapter(command))
  try {
    return await plainRate(session, { warmUp: 1_000, cases: 5_000 })
  } finally {
    await session.close()
  }
}
