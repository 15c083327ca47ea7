import { beforeAll, describe, expect, test } from 'vitest'
import { inputOf } from '../../conformance/report/report.js'
import { isReport } from '../../generated/validators/report.js'
import {
  adapterNamed,
  renderReplay,
  reportFiles,
  renderTable,
  replay,
  runConformance,
  type Report,
} from '../../conformance/index.js'

const FORMS = ['json', 'junit', 'markdown', 'badge', 'html'] as const

describe('a report on the facade and its peers', () => {
  let report: Report
  let again: Report
  beforeAll(async () => {
    report = await runConformance({ seed: 42, runs: 10 })
    again = await runConformance({ seed: 42, runs: 10 })
  }, 180_000)

  test('fits its schema', () => {
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)
  })

  test('is equal for equal seeds, but for its environment', () => {
    expect({ ...again, environment: undefined }).toEqual({ ...report, environment: undefined })
  })

  test('has in each of its forms, for equal seeds, equal bytes outside of the one section with times', () => {
    const timeless = (form: Report) => {
      const { environment } = form
      return [...reportFiles(form, FORMS)].map(([name, text = '']) => {
        const withoutSection = text
          .replace(JSON.stringify(environment, null, 2).replaceAll('\n', '\n  '), '')
          .replace(/<footer>.*<\/footer>/s, '')
        return [name, withoutSection]
      })
    }
    expect(environmentTexts(report)).not.toEqual(environmentTexts(again))
    expect(timeless(again)).toEqual(timeless(report))
    expect(JSON.stringify(timeless(report))).not.toContain(report.environment.started_at)
  })

  test('is complete, and every SDK ran', () => {
    expect(report.complete).toBe(true)
    expect(report.sdks.map(({ name, status }) => [name, status])).toEqual([
      ['onbehalf', 'conforms'],
      ['auth0-auth-js', 'findings'],
      ['auth0-server-js', 'findings'],
      ['oauth4webapi', 'conforms'],
      ['openid-client', 'conforms'],
    ])
  })

  test('has no secret and no token of a server', () => {
    for (const text of [...reportFiles(report, FORMS).values(), renderTable(report)]) {
      expect(text).not.toContain('web-app-secret')
      expect(text).not.toMatch(/eyJ|canary/i)
    }
  })

  test('says why a requirement does not apply', () => {
    const rows = report.sdks.flatMap(({ requirements }) => requirements)
    expect(rows.filter(({ status, reason }) => (status === 'not_applicable') !== (reason !== undefined))).toEqual([])
    const unseen = rows.filter(({ reason }) => reason === 'no case').map(({ id }) => id)
    expect(unseen.filter((id) => id !== 'no-secret-printed')).toEqual([])
  })

  test('holds nothing against a generic grant function that does its own part right', () => {
    const { findings, requirements = [] } = report.sdks.find(({ name }) => name === 'oauth4webapi') ?? {}
    expect(findings).toEqual([])
    expect(requirements.filter(({ status }) => status === 'passed').length).toBeGreaterThan(20)
  })

  test('shows on the wire what it holds against an SDK', () => {
    const { findings = [] } = report.sdks.find(({ name }) => name === 'auth0-auth-js') ?? {}
    const alone = findings.find(({ reason }) => reason === 'actor-type-without-token')
    const names = alone?.sent.map((form) => form?.map(([name]) => name))
    expect(names).toEqual([expect.arrayContaining(['actor_token_type'])])
    expect(names?.[0]).not.toContain('actor_token')
  })

  test('every finding is seen again when it is replayed', async () => {
    for (const { findings } of report.sdks) {
      for (const { replay: token, requirement, reason, input } of findings) {
        const { result, runs } = await replay(token)
        expect(runs).toBe(1)
        expect(inputOf(result.case)).toEqual(input)
        expect(result.verdicts).toContainEqual(expect.objectContaining({ requirement, reason, status: 'fail' }))
      }
    }
  })

  test('is printed as a table, and each finding with its level, reason, input and replay line', () => {
    const text = renderTable(report)
    expect(text).toMatch(/^ +onbehalf +auth0-auth-js +auth0-server-js +oauth4webapi/m)
    expect(text).toMatch(/^protected-parameters +18 \/ 0 \/ 0 +14 \/ 4 \/ 0 /m)
    expect(text).toMatch(/^cases( +\d+)+$/m)
    expect(text).toMatch(/^result +conforms +\d+ findings /m)
    expect(text).toContain('MUST   actor-type-has-token: actor-type-without-token.')
    expect(text).toContain('replay  npx onbehalf conformance replay auth0-auth-js/')

    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/)
  })
})

function environmentTexts({ environment }: Report): string[] {
  return Object.values(environment).map(String)
}

test('a replayed case is printed without secrets', async () => {
  const text = renderReplay(await replay('onbehalf/override-client-secret:0:0'))
  expect(text).toContain('pass            core-extra-never-overrides\n')
  expect(renderReplay(await replay('onbehalf/plain-exchange:0:0'))).not.toMatch(/web-app-secret|eyJ/)
})

test('a report on some areas is not complete', async () => {
  const report = await runConformance({ sdks: ['onbehalf'], seed: 1, runs: 1, areas: ['act-parsing'] })
  expect(report.complete).toBe(false)
})

test('an unknown SDK is an error that names the known ones', () => {
  expect(() => adapterNamed('no-such-sdk')).toThrow(/auth0-auth-js/)
})
