import { expect, test } from 'vitest'
import { PROPERTIES, runConformance, VECTORS, type RunOptions, type SdkReport } from '../../conformance/index.js'
import { selector } from '../../conformance/runner/selection.js'

const CHECKS = [...VECTORS, ...PROPERTIES]

test.each([2, 3, 7])('every check is in exactly one of %i shards, and each shard has some', (count) => {
  const shards = Array.from({ length: count }, (_, index) =>
    CHECKS.filter(selector({ shard: { index: index + 1, count } })),
  )
  expect(
    shards
      .flat()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(CHECKS.map(({ id }) => id).sort())
  expect(shards.every(({ length }) => length > 0)).toBe(true)
})

test('another choice of checks moves none to another shard', () => {
  const shard = { index: 1, count: 3 }
  const whole = CHECKS.filter(selector({ shard }))
  const part = CHECKS.filter(selector({ shard, areas: ['leaks'] }))
  expect(part).toEqual(whole.filter(({ area }) => area === 'leaks'))
})

test('the shards of a run have together what the whole run has', async () => {
  const run = async (options: RunOptions): Promise<SdkReport | undefined> =>
    (await runConformance({ sdks: ['oauth4webapi'], seed: 11, runs: 3, ...options })).sdks[0]
  const whole = await run({})
  const parts = await Promise.all([1, 2].map(async (index) => run({ shard: { index, count: 2 } })))
  expect(parts.reduce((sum, part) => sum + (part?.cases ?? 0), 0)).toBe(whole?.cases)
  const replays = (report: SdkReport | undefined) => report?.findings.map(({ replay }) => replay) ?? []
  expect(parts.flatMap(replays)).toEqual(expect.arrayContaining(replays(whole)))
})

test.each<[pattern: string, check: string, is: boolean]>([
  ['case-variants', 'case-variants', true],
  ['case-*', 'case-variants', true],
  ['*', 'plain-exchange', true],
  ['case-upper-*', 'case-variants', false],
  ['actor-type-has-token', 'actor-pair', true],
])('%s chooses %s: %s', (pattern, id, is) => {
  const check = CHECKS.find((one) => one.id === id)
  expect(check && selector({ only: [pattern] })(check)).toBe(is)
})
