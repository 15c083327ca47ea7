import { describe, expect, it, type TestContext } from 'vitest'
import {
  adapters,
  compareWithBaselines,
  foreignAdapters,
  readBaseline,
  runConformance,
  validateAdapter,
  type Adapter,
} from '../../conformance/index.js'
import { adapterOf } from '../../conformance/cli/adapter-options.js'
import { isProcessAdapter } from '../../conformance/stdio/adapter.js'

/** A fixed day: a test does not turn red with the calendar. */
const TODAY = new Date('2026-11-28T00:00:00Z')
const ALL = [...adapters, ...foreignAdapters]

/** Those that are not there are installed, at the same time: most of that is waiting. */
const loads = new Map(
  ALL.map((entry) => [
    entry.name,
    entry.load().catch((error: unknown) => (error instanceof Error ? error.message : String(error))),
  ]),
)

/** The adapter, or a skip that says why there is none: a missing toolchain or registry is never a pass. */
async function loaded(name: string, { skip }: TestContext): Promise<Adapter> {
  const adapter = await loads.get(name)
  if (adapter !== undefined && typeof adapter !== 'string') return adapter
  console.log(`${name} is skipped: ${adapter ?? 'there is no such adapter'}`)
  return skip(adapter)
}

describe.each(ALL.map(({ name }) => name))('%s', (name) => {
  it('speaks the protocol', async (context) => {
    const adapter = await loaded(name, context)
    if (!isProcessAdapter(adapter)) return context.skip('it runs in the process of the suite, by no protocol')
    const results = await validateAdapter(adapter.command, { deadlineMs: 20_000 })
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    expect(results).toHaveLength(6)
  })

  it('runs to the end, with the findings that its baseline explains and no other', async (context) => {
    const adapter = await loaded(name, context)
    const entry = { name, load: async () => Promise.resolve(adapter) }
    const report = await runConformance({ sdks: [entry], seed: 1 })
    expect(report.incomplete).toBeUndefined()
    const [sdk] = compareWithBaselines(report, [readBaseline(`conformance/baselines/${name}.yaml`)], TODAY).sdks
    const unknown = sdk?.findings.filter(({ known }) => known === undefined)
    expect(unknown?.map(({ requirement, reason }) => `${requirement}: ${reason}`)).toEqual([])
    expect(sdk?.baseline?.problems).toEqual([])
    expect(sdk?.cases).toBeGreaterThan(1000)
  })
})

it('the options of a replay reach an SDK that the suite knows', async (context) => {
  await loaded('authlib', context)
  const adapter = await (await adapterOf('authlib/plain-exchange:0:0', { deadline: 7, http: true }))?.load()
  expect(adapter).toMatchObject({ options: { deadlineMs: 7, scheme: 'http' } })
})
