import { readFileSync } from 'node:fs'
import { describe, expect, it, type TestContext } from 'vitest'
import { parse } from 'yaml'
import { adapterNamed } from '../../conformance/adapters/index.js'
import { runConformance, validateAdapter } from '../../conformance/index.js'
import { isProcessAdapter, type ProcessAdapter } from '../../conformance/stdio/adapter.js'

interface Baseline {
  readonly entries: readonly { readonly requirement: string; readonly reason: string; readonly flaky?: true }[]
}

function keyOf({ requirement, reason }: { readonly requirement: string; readonly reason: string }): string {
  return `${requirement}/${reason}`
}

/** The adapter, or a skip that says why there is none: a missing toolchain or registry is never a pass. */
async function loaded(name: string, { skip }: TestContext): Promise<ProcessAdapter> {
  const adapter = await adapterNamed(name)
    .load()
    .catch((error: unknown) => skip(`${name}: ${(error as Error).message}`))
  if (!isProcessAdapter(adapter)) throw new TypeError(`${name} runs in this process`)
  return adapter
}

describe.each(['nimbus', 'spring-security', 'zitadel-oidc'])('%s', (name) => {
  it('speaks the protocol', async (context) => {
    const { command } = await loaded(name, context)
    const results = await validateAdapter(command, { deadlineMs: 20_000 })
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    expect(results).toHaveLength(6)
  })

  it('runs to completion over https, with the findings that its baseline explains and no other', async (context) => {
    await loaded(name, context)
    const { sdks, complete } = await runConformance({ sdks: [name], seed: 1 })
    expect(complete).toBe(true)
    const { entries } = parse(readFileSync(`conformance/baselines/${name}.yaml`, 'utf8')) as Baseline
    const found = sdks[0]?.findings.map(keyOf) ?? []
    expect(found.filter((key) => !entries.map(keyOf).includes(key))).toEqual([])
    const steady = entries.filter(({ flaky }) => !flaky).map(keyOf)
    expect(steady.filter((key) => !found.includes(key))).toEqual([])
  })
})
