import { join } from 'node:path'
import { expect, it } from 'vitest'
import { APPS, bundledSize } from '../../scripts/bench/size.js'
import { ROOT } from './manifest.js'

it('an app that exchanges starts with at most 12 kB of this package, minified and gzipped', async () => {
  const { atStart, later } = await bundledSize(APPS['an app that exchanges'], join(ROOT, 'src/index.ts'))
  expect(atStart).toBeLessThanOrEqual(12_000)
  // What it does not start with is there.
  expect(later).toBeGreaterThan(5_000)
})
