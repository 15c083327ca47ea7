import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adapterNamed, listRequirements } from '../../conformance/index.js'
import { describeConformance } from '../../conformance/vitest.js'
import { ROOT } from '../structure/manifest.js'

describeConformance(adapterNamed('onbehalf'), { seed: 11, runs: 5 })
describeConformance(adapterNamed('auth0-auth-js'), {
  seed: 11,
  runs: 5,
  areas: ['protected-parameters', 'actor-pairing'],
  baseline: join(ROOT, 'conformance/baselines/auth0-auth-js.yaml'),
})

/** What vitest's JSON reporter says of one test. */
interface TestResult {
  readonly fullName: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

describe('in a project of its user', { timeout: 60_000 }, () => {
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true })
  const project = mkdtempSync(join(ROOT, 'node_modules/.cache/vitest-users-'))
  const baseline = join(project, 'stale.yaml')
  afterAll(() => {
    rmSync(project, { recursive: true })
  })

  let results: readonly TestResult[]
  beforeAll(async () => {
    const entry = { requirement: 'chain-newest-first', reason: 'oldest-first', note: 'a', until: '2999-01-01' }
    writeFileSync(baseline, JSON.stringify({ schema: 1, sdk: 'onbehalf', entries: [entry] }))
    results = await runTests([
      `import { adapterNamed } from '${ROOT}/conformance/index.js'`,
      `import { describeConformance } from '${ROOT}/conformance/vitest.js'`,
      `import { mutantSdk } from '${ROOT}/test/conformance/broken-sdks.js'`,
      `describeConformance(mutantSdk('blank-dropped'), { seed: 3, runs: 5 })`,
      `describeConformance(adapterNamed('onbehalf'), ${JSON.stringify({ seed: 1, runs: 1, baseline })})`,
      `describeConformance(adapterNamed('oauth4webapi'), { seed: 1, runs: 1 })`,
      `describeConformance({ name: 'gone', load: async () => Promise.reject(new Error('not there')) }, { runs: 1 })`,
    ])
  }, 60_000)

  async function runTests(lines: readonly string[]): Promise<TestResult[]> {
    writeFileSync(join(project, 'vitest.config.mjs'), `export default { root: ${JSON.stringify(project)} }\n`)
    writeFileSync(join(project, 'sdk.test.ts'), lines.join('\n'))
    const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json']
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: project }, (_error, stdout) => {
        resolve(stdout)
      })
    })
    const report = JSON.parse(output) as { testResults: { assertionResults: TestResult[] }[] }
    return report.testResults.flatMap(({ assertionResults }) => assertionResults)
  }

  function resultsOf(sdk: string): TestResult[] {
    return results.filter(({ fullName }) => fullName.startsWith(`${sdk} conforms `))
  }

  test('there is one test for each requirement', () => {
    const rows = listRequirements().filter(({ excluded }) => excluded === undefined)
    expect(resultsOf('broken').map(({ fullName }) => fullName)).toEqual(
      rows.map(({ area, id, title }) => `broken conforms ${area} ${id}: ${title}`),
    )
  })

  test('a broken SDK fails those alone that it breaks, with the finding and its replay token', () => {
    const failed = resultsOf('broken').filter(({ status }) => status === 'failed')
    expect(failed.map(({ fullName }) => fullName)).toEqual([expect.stringContaining('blank-actor-refused')])
    const [message = ''] = failed[0]?.failureMessages ?? []
    expect(message).toMatch(/VENDOR blank-actor-refused: blank-actor-dropped\./)
    expect(message).toMatch(/replay {2}replay\('broken\/[^']+', \{ adapter \}\).*run seed 3/s)
    expect(message).not.toMatch(/web-app-secret|canary/i)
  })

  test('a baseline that no longer holds fails', () => {
    const failed = resultsOf('onbehalf').filter(({ status }) => status === 'failed')
    expect(failed.map(({ fullName }) => fullName)).toEqual(['onbehalf conforms the baseline holds'])
    expect(failed[0]?.failureMessages.join()).toContain('stale, line 1: chain-newest-first: oldest-first was not found')
  })

  test('a baseline for another SDK is refused', () => {
    const path = join(ROOT, 'conformance/baselines/onbehalf.yaml')
    expect(() => {
      describeConformance(adapterNamed('oauth4webapi'), { baseline: path })
    }).toThrow(/it is for onbehalf, and oauth4webapi is run/)
  })

  test('a requirement that does not apply is skipped', () => {
    const skipped = resultsOf('oauth4webapi').filter(({ status }) => status === 'skipped')
    expect(skipped.map(({ fullName }) => fullName)).toContainEqual(expect.stringContaining(' act-parsing '))
    expect(skipped.map(({ fullName }) => fullName)).not.toContainEqual(
      expect.stringContaining(' no-repeated-parameter'),
    )
  })

  test('an adapter that does not work passes nothing', () => {
    expect(resultsOf('gone').length).toBeGreaterThan(20)
    expect(resultsOf('gone').filter(({ status }) => status === 'passed')).toEqual([])
  })
})
