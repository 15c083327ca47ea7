import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adapters } from '../conformance/index.js'
import { describePage } from './support/page.js'

// The other pages are in test/long.
describePage('README.md')

test('README.md says on how many SDKs npm start runs the suite', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(`the suite on ${adapters.length} SDKs:`)
})
