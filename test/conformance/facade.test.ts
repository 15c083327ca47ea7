import { expect, test } from 'vitest'
import { runConformance } from '../../conformance/index.js'

// Many seeds are in test/long.
test('the facade conforms', { timeout: 60_000 }, async () => {
  const { sdks, complete } = await runConformance({ sdks: ['onbehalf'], seed: -7 })
  expect(complete).toBe(true)
  expect(sdks.map(({ findings, faults, status }) => ({ findings, faults, status }))).toEqual([
    { findings: [], faults: [], status: 'conforms' },
  ])
})
