import { describe, expect, it } from 'vitest'
import { runConformance } from '../../conformance/index.js'
import { runControls } from '../../conformance/mutants/run.js'

const SEEDS = Array.from({ length: 20 }, () => Math.floor(Math.random() * 2 ** 31))

describe('many seeds', () => {
  it.each(SEEDS)('the facade conforms with seed %i', async (seed) => {
    const { sdks, complete } = await runConformance({ sdks: ['onbehalf'], seed, runs: 300 })
    expect(sdks[0]?.findings).toEqual([])
    expect(complete).toBe(true)
  })

  // Every control runs every check.
  it.each(SEEDS.slice(0, 3))('the controls survive with seed %i', async (seed) => {
    const controls = await runControls({ seed, runs: 100 })
    expect(controls.filter(({ status }) => status !== 'survived')).toEqual([])
  })
})
