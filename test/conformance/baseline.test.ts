import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, onTestFinished } from 'vitest'
import {
  BaselineError,
  compareWithBaselines,
  parseBaseline,
  readBaseline,
  runConformance,
  updatedBaseline,
  type Report,
  type SdkReport,
} from '../../conformance/index.js'
import { isReport } from '../../generated/validators/report.js'
import { flakySdk, mutantSdk } from './broken-sdks.js'

const TODAY = new Date('2026-11-20T23:59:00Z')
const ENTRY = {
  requirement: 'actor-type-has-token',
  reason: 'actor-type-without-token',
  note: 'We know.',
  until: '2026-11-20',
}

function baselineOf(...entries: readonly object[]) {
  return parseBaseline('baseline.yaml', JSON.stringify({ schema: 1, sdk: 'broken', entries }, null, 1))
}

describe('a baseline that cannot be used names its file and line', () => {
  test.each<[rule: string, text: string, line: number, says: RegExp]>([
    ['not YAML', 'schema: 1\nsdk: [', 2, /./],
    ['not an object', '- a', 1, /the baseline is not what the schema asks for \(type\)/],
    ['no SDK', 'schema: 1\nentries: []', 1, /the baseline needs sdk/],
    ['another version', 'sdk: a\nschema: 2\nentries: []', 2, /schema is not .* \(const\)/],
    [
      'no requirement',
      'schema: 1\nsdk: a\nentries:\n  - reason: b\n    note: c\n    until: 2026-01-01',
      4,
      /entries\.0 needs requirement/,
    ],
    [
      'neither issue nor note',
      'schema: 1\nsdk: a\nentries:\n  - requirement: a\n    reason: b\n    until: 2026-01-01',
      4,
      /entries\.0 needs an issue or a note/,
    ],
    [
      'no expiry',
      'schema: 1\nsdk: a\nentries:\n  - requirement: a\n    reason: b\n    note: c',
      4,
      /entries\.0 needs until/,
    ],
    [
      'a misspelt member',
      'schema: 1\nsdk: a\nentries:\n  - requirement: a\n    resaon: b\n    reason: b\n    note: c\n    until: 2026-01-01',
      4,
      /a member resaon, which no baseline has/,
    ],
    [
      'an issue that is no link',
      'schema: 1\nsdk: a\nentries:\n  - requirement: a\n    reason: b\n    issue: "#7"\n    until: 2026-01-01',
      6,
      /entries\.0\.issue is no link: it begins with https/,
    ],
    [
      'a day that is none',
      'schema: 1\nsdk: a\nentries:\n  - requirement: a\n    reason: b\n    note: c\n    until: 2026-02-30',
      7,
      /2026-02-30 is no day/,
    ],
    [
      'a finding twice',
      JSON.stringify({ schema: 1, sdk: 'a', entries: [ENTRY, ENTRY] }, null, 1),
      11,
      /is there twice/,
    ],
  ])('%s', (_rule, text, line, says) => {
    const parse = () => parseBaseline('b.yaml', text)
    expect(parse).toThrow(BaselineError)
    expect(parse).toThrow(new RegExp(`^b\\.yaml:${line}: `))
    expect(parse).toThrow(says)
  })

  test('a file that is not there', () => {
    expect(() => readBaseline('/no/such/file.yaml')).toThrow('/no/such/file.yaml:1: it cannot be read (ENOENT)')
  })
})

describe('a run with a baseline', () => {
  let report: Report
  beforeAll(async () => {
    report = await runConformance({ sdks: [mutantSdk('actor-type-alone-sent')], seed: 1, runs: 2 })
    expect(report.sdks[0]?.findings.map(({ requirement, reason }) => ({ requirement, reason }))).toContainEqual({
      requirement: ENTRY.requirement,
      reason: ENTRY.reason,
    })
  }, 180_000)

  function compared(...entries: readonly object[]): SdkReport {
    const result = compareWithBaselines(report, [baselineOf(...entries)], TODAY)
    expect(isReport(result), JSON.stringify(isReport.errors)).toBe(true)
    const [sdk] = result.sdks
    if (!sdk) throw new Error('no SDK')
    return sdk
  }

  test('knows a finding by its requirement and reason, and keeps it in the report', () => {
    const { findings, baseline } = compared(ENTRY)
    expect(findings.find(({ reason }) => reason === ENTRY.reason)?.known).toEqual({
      note: 'We know.',
      until: '2026-11-20',
    })
    expect(baseline).toEqual({ file: 'baseline.yaml', known: 1, problems: [] })
  })

  test('does not know the same requirement for another reason', () => {
    const { findings, baseline } = compared({ ...ENTRY, reason: 'ok' })
    expect(findings.filter(({ known }) => known !== undefined)).toEqual([])
    expect(baseline?.problems).toMatchObject([{ kind: 'stale' }])
  })

  test.each([
    ['stale: its finding is gone', { ...ENTRY, requirement: 'chain-newest-first' }, 'stale'],
    ['dead: there is no such requirement', { ...ENTRY, requirement: 'chain-newest' }, 'dead'],
    ['dead: there is no such reason', { ...ENTRY, reason: 'toString' }, 'dead'],
    ['expired: its last day is over', { ...ENTRY, until: '2026-11-19' }, 'expired'],
    ['unfilled: nobody said why', { ...ENTRY, note: 'TODO: say why this is not fixed, or name an issue.' }, 'unfilled'],
  ])('an entry is %s', (_rule, entry, kind) => {
    expect(compared(entry).baseline?.problems).toMatchObject([
      { kind, line: 5, requirement: entry.requirement, text: expect.stringMatching(/\w.*\./) as string },
    ])
  })

  test('an incomplete run makes no entry stale', () => {
    const other = { ...ENTRY, requirement: 'chain-newest-first' }
    const partial = { ...report, complete: false, incomplete: ['x'] }
    expect(compareWithBaselines(partial, [baselineOf(other)], TODAY).sdks[0]?.baseline?.problems).toEqual([])
  })

  test('an SDK that was skipped makes no entry stale', async () => {
    const missing = { name: report.sdks[0]?.name ?? '', load: () => Promise.reject(new Error('go is not installed')) }
    const skipped = await runConformance({ sdks: [missing], seed: 1, runs: 1 })
    expect(skipped.sdks[0]?.status).toBe('skipped')
    expect(compareWithBaselines(skipped, [baselineOf(ENTRY)], TODAY).sdks[0]?.baseline?.problems).toEqual([])
  })

  test('for an SDK that was not run is an error', () => {
    const other = parseBaseline('b.yaml', 'schema: 1\nsdk: other\nentries: []')
    expect(() => compareWithBaselines(report, [other])).toThrow(/b\.yaml is for other, which was not run/)
  })

  describe('an update', () => {
    function updated(text?: string) {
      const [sdk] = report.sdks
      if (!sdk) throw new Error('no SDK')
      return updatedBaseline(sdk, text === undefined ? undefined : parseBaseline('b.yaml', text), { today: TODAY })
    }

    test('has one entry for each finding, and its author has to fill them in', () => {
      const { text, added, removed } = updated()
      const { baseline } = parseBaseline('b.yaml', text)
      const findings = report.sdks[0]?.findings ?? []
      expect(baseline.entries.map(({ requirement, reason }) => [requirement, reason])).toEqual(
        findings.map(({ requirement, reason }) => [requirement, reason]),
      )
      expect({ added, removed }).toEqual({ added: findings.length, removed: 0 })
      const problems = compareWithBaselines(report, [parseBaseline('b.yaml', text)], TODAY).sdks[0]?.baseline?.problems
      expect(new Set(problems?.map(({ kind }) => kind))).toEqual(new Set(['unfilled']))
      expect(baseline.entries[0]?.until).toBe('2027-02-18')
    })

    test('keeps the notes, days and comments of what still holds, and drops the rest', () => {
      const before = [
        '# Ours.',
        'schema: 1',
        'sdk: broken',
        'entries:',
        '  # The vendor knows.',
        `  - requirement: ${ENTRY.requirement}`,
        `    reason: ${ENTRY.reason}`,
        '    issue: https://example.com/7 # closed?',
        '    until: 2026-11-19',
        '  - requirement: chain-newest-first',
        '    reason: oldest-first',
        '    note: gone',
        '    until: 2027-01-01',
        '',
      ].join('\n')
      const { text, removed, expired } = updated(before)
      expect(text.startsWith(before.slice(0, before.indexOf('  - requirement: chain')))).toBe(true)
      expect(text).not.toContain('chain-newest-first')
      expect({ removed, expired }).toEqual({ removed: 1, expired: 1 })
    })

    test('of what already explains the run changes nothing', () => {
      const { text } = updated()
      expect(updated(text)).toEqual({ text, added: 0, removed: 0, expired: 0 })
    })

    test('without findings is an empty list', () => {
      const [sdk] = report.sdks
      if (!sdk) throw new Error('no SDK')
      expect(updatedBaseline({ ...sdk, findings: [] }, undefined).text).toMatch(/^entries: \[\]$/m)
    })
  })
})

describe('a flaky finding', () => {
  let report: Report
  const entry = {
    requirement: 'actor-type-has-token',
    reason: 'actor-type-without-token',
    note: 'a',
    until: '2027-01-01',
  }
  beforeAll(async () => {
    report = await runConformance({ sdks: [flakySdk(7)], seed: 1, runs: 2 })
  })

  test.each([
    ['is not known by an entry that does not say so', {}, 0],
    ['is known by one that does', { flaky: true }, 1],
  ])('%s', (_rule, more, known) => {
    const baseline = parseBaseline(
      'b.yaml',
      JSON.stringify({ schema: 1, sdk: 'flaky', entries: [{ ...entry, ...more }] }),
    )
    expect(compareWithBaselines(report, [baseline], TODAY).sdks[0]?.baseline).toMatchObject({ known })
  })

  test('may be missing', () => {
    const baseline = parseBaseline(
      'b.yaml',
      JSON.stringify({ schema: 1, sdk: 'flaky', entries: [{ ...entry, flaky: true }] }),
    )
    const sdks = report.sdks.map((sdk) => ({ ...sdk, findings: [] }))
    expect(compareWithBaselines({ ...report, sdks }, [baseline], TODAY).sdks[0]?.baseline?.problems).toEqual([])
  })

  test('keeps its note when it was not flaky before', () => {
    const [sdk] = report.sdks
    const before = parseBaseline('b.yaml', JSON.stringify({ schema: 1, sdk: 'flaky', entries: [entry] }))
    if (!sdk) throw new Error('no SDK')
    const { baseline } = parseBaseline('b.yaml', updatedBaseline(sdk, before, { json: true, today: TODAY }).text)
    expect(baseline.entries.find(({ reason }) => reason === entry.reason)).toEqual({ ...entry, flaky: true })
  })
})

test('a baseline is read from JSON as from YAML', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baseline-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'b.json')
  writeFileSync(file, JSON.stringify({ schema: 1, sdk: 'broken', entries: [ENTRY] }))
  expect(readBaseline(file).baseline.entries).toEqual([ENTRY])
})
