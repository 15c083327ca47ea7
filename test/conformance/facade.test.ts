import { expect, test } from 'vitest'
import { runConformance } from '../../conformance/index.js'

test.each([1, 2026, -7])('the facade conforms with seed %d', { timeout: 60_000 }, async (seed) => {
  const { sdks, complete } = await runConformance({ sdks: ['onbehalf'], seed })
  expect(complete).toBe(true)
  expect(sdks.map(({ findings, faults, status }) => ({ findings, faults, status }))).toEqual([
    { findings: [], faults: [], status: 'conforms' },
  ])
})
