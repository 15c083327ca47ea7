import { describe, it } from 'vitest'
import { FOUND_BY_THE_LINTER, expectOneLine } from '../scripts/broken-specs.js'

describe('a broken spec gives one line that says where', () => {
  it.each(FOUND_BY_THE_LINTER.map((broken) => [broken[0], broken] as const))('%s', async (_mistake, broken) => {
    await expectOneLine(broken)
  })
})
