import type { Reporter, TestCase } from 'vitest/node'

/** Says of every test that was skipped why, which the default reporter keeps to itself. */
const skips: Reporter = {
  onTestCaseResult(test: TestCase) {
    const result = test.result()
    if (result.state === 'skipped' && result.note !== undefined) {
      console.log(`skipped: ${test.fullName}: ${result.note}`)
    }
  },
}

/** Where `.ci/run` counts the tests. */
const file = process.env['TEST_RESULTS']

const counts: ['json', { outputFile: string }][] = file === undefined ? [] : [['json', { outputFile: file }]]

/** What every run of the tests prints. */
export const REPORTERS = ['default' as const, skips, ...counts]
