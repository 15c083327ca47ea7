import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { MatrixData } from '../../scripts/matrix/data.js'
import { DATA_FILE, matrixDrift, PAGE } from '../../scripts/matrix/drift.js'
import { withTable } from '../../scripts/matrix/table.js'

const page = readFileSync(PAGE, 'utf8')
const data = JSON.parse(readFileSync(DATA_FILE, 'utf8')) as MatrixData

describe('the table of the matrix', () => {
  test('is what the last run, the baselines and the adapters make', async () => {
    expect(await matrixDrift(data, page)).toEqual([])
  })

  test.each<[rule: string, change: (sdks: MatrixData['sdks']) => MatrixData['sdks'], says: RegExp]>([
    ['has every SDK', (sdks) => sdks.slice(1), /onbehalf: the last run did not have it/],
    ['has every finding', (sdks) => sdks.map((row) => ({ ...row, findings: [] })), /the last run did not find/],
    ['has the pinned versions', (sdks) => sdks.map((row) => ({ ...row, version: '0.0.1' })), /another version/],
  ])('%s', async (_rule, change, says) => {
    const changed = { ...data, sdks: change(data.sdks) }
    expect((await matrixDrift(changed, withTable(page, changed))).join('\n')).toMatch(says)
  })

  test('cannot be written by hand', async () => {
    expect(await matrixDrift(data, page.replace('| onbehalf ', '| by-hand  '))).toHaveLength(1)
  })
})
