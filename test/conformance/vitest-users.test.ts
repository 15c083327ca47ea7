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
  baseline: join(ROOT, 'conformance/baselines/auth0-auth-js.yaml'),
})

/** What vitest's JSON reporter says of one test. */
interface TestResult {
  readonly fullName: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

describe('an SDK that is broken', { timeout: 60_000 }, () => {
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'node_modules/.cache/vitest-users-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  async function runTests(name: string, code: string): Promise<TestResult[]> {
    const project = join(folder, name)
    mkdirSync(project)
    writeFileSync(join(project, 'vitest.config.mjs'), `export default { root: ${JSON.stringify(project)} }\n`)
    writeFileSync(
      join(project, 'sdk.test.ts'),
      [
        `import { adapterNamed } from '${ROOT}/conformance/index.js'`,
        `import { describeConformance } from '${ROOT}/conformance/vitest.js'`,
        `import { brokenSdk, mutantSdk } from '${ROOT}/test/conformance/broken-sdks.js'`,
        code,
      ].join('\n'),
    )
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
    const args = [vitest, 'run', '--reporter=json', '--config', join(project, 'vitest.config.mjs')]
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: project }, (_error, stdout) => {
        resolve(stdout)
      })
    })
    const report = JSON.parse(output) as { testResults: { assertionResults: TestResult[] }[] }
    return report.testResults.flatMap(({ assertionResults }) => assertionResults)
  }

  let results: TestResult[]
  beforeAll(async () => {
    results = await runTests('broken', `describeConformance(mutantSdk('blank-dropped'), { seed: 3, runs: 5 })`)
  }, 60_000)

  test('has one test for each requirement', () => {
    const rows = listRequirements().filter(({ excluded }) => excluded === undefined)
    expect(results.map(({ fullName }) => fullName)).toEqual(
      rows.map(({ area, id, title }) => `broken conforms ${area} ${id}: ${title}`),
    )
  })

  test('fails those alone that it breaks, with the finding and its replay token', () => {
    const failed = results.filter(({ status }) => status === 'failed')
    expect(failed.map(({ fullName }) => fullName)).toEqual([expect.stringContaining('blank-actor-refused')])
    const [message = ''] = failed[0]?.failureMessages ?? []
    expect(message).toMatch(
      /VENDOR blank-actor-refused: blank-actor-dropped\..*replay {2}onbehalf conformance replay broken\/.*run seed 3/s,
    )
    expect(message).not.toMatch(/web-app-secret|canary/i)
  })

  test('fails when a baseline no longer holds', async () => {
    const baseline = join(folder, 'stale.yaml')
    const entry = { requirement: 'chain-newest-first', reason: 'oldest-first', note: 'a', until: '2999-01-01' }
    writeFileSync(baseline, JSON.stringify({ schema: 1, sdk: 'onbehalf', entries: [entry] }))
    const options = JSON.stringify({ seed: 1, runs: 1, baseline })
    const found = await runTests('stale', `describeConformance(adapterNamed('onbehalf'), ${options})`)
    const failed = found.filter(({ status }) => status === 'failed')
    expect(failed.map(({ fullName }) => fullName)).toEqual(['onbehalf conforms the baseline holds'])
    expect(failed[0]?.failureMessages.join()).toContain('stale, line 1: chain-newest-first: oldest-first was not found')
  })

  test('fails when its adapter does not work', async () => {
    const code = `describeConformance({ name: 'gone', load: async () => Promise.reject(new Error('not there')) }, { runs: 1 })`
    const found = await runTests('gone', code)
    expect(found.filter(({ status }) => status === 'passed')).toEqual([])
    expect(found.length).toBeGreaterThan(20)
  })
})
