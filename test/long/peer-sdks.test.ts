import { expect, test } from 'vitest'
import { adapterNamed, runConformance, validateAdapter, type Adapter } from '../../conformance/index.js'
import { isProcessAdapter } from '../../conformance/stdio/adapter.js'

const SDKS = [
  'auth0-server-js',
  'openid-client',
  'node-auth0',
  'auth0-spa-js',
  'auth0-api-python',
  'auth0-server-python',
] as const

async function loaded(name: string): Promise<{ adapter: Adapter } | { why: string }> {
  return adapterNamed(name)
    .load()
    .then(
      (adapter) => ({ adapter }),
      (error: unknown) => ({ why: error instanceof Error ? error.message : String(error) }),
    )
}

test.for(SDKS)('the adapter of %s speaks the protocol, and its SDK is run to the end', async (name, { skip }) => {
  const entry = await loaded(name)
  if ('why' in entry) {
    // Without a toolchain or a registry there is nothing to see. That is no pass.
    return skip(`${name}: ${entry.why}`)
  }
  const { adapter } = entry
  if (isProcessAdapter(adapter)) {
    const results = await validateAdapter(adapter.command)
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
  }
  const report = await runConformance({
    sdks: [{ name, load: async () => Promise.resolve(adapter) }],
    runs: 10,
    seed: 1,
  })
  const [sdk] = report.sdks
  expect(sdk?.faults).toEqual([])
  expect(sdk?.status).not.toBe('faulty')
  expect(sdk?.cases).toBeGreaterThan(300)
})
