import { fileURLToPath } from 'node:url'
import { VECTORS } from '../../conformance/index.js'
import { packageFile } from '../../conformance/package-file.js'
import { inOrder } from '../../conformance/runner/checks.js'
import { openSession } from '../../conformance/runner/session.js'
import { processAdapter } from '../../conformance/stdio/adapter.js'
import type { Command } from '../../conformance/stdio/command.js'
import type { Measurement } from './measurement.js'

const WARM_UP = 1_000
const CASES = 5_000
const NODE: Command = {
  words: [process.execPath, fileURLToPath(new URL('../../conformance/adapters/onbehalf/stdio.js', import.meta.url))],
}
const PYTHON: Command = {
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
    await judge(session, WARM_UP)
    const start = performance.now()
    await judge(session, CASES)
    return CASES / ((performance.now() - start) / 1000)
  } finally {
    await session.close()
  }
}

async function judge(session: Awaited<ReturnType<typeof openSession>>, count: number): Promise<void> {
  const cases = VECTORS.map((vector) => vector.case).filter(
    (given) => given.kind === 'exchange' && !given.program && !given.client,
  )
  const { give, end } = inOrder(session, ({ fault }) => {
    if (fault !== undefined) throw new Error(fault)
  })
  for (let index = 0; index < count; index++) {
    const given = cases[index % cases.length]
    if (given) await give(given)
  }
  await end()
}
