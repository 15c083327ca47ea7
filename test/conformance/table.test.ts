import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { AREAS, renderTable, runConformance, type Report } from '../../conformance/index.js'

/** The lines of the table, without what was found. */
function tableLines(text: string): string[] {
  return text.split('\n').slice(0, text.split('\n').findIndex((line) => /^ {2}\S/.test(line)) - 2)
}

describe('the table of a report', () => {
  let report: Report
  beforeAll(async () => {
    report = await runConformance({ sdks: ['onbehalf', 'auth0-auth-js', 'oauth4webapi'], seed: 1, runs: 1 })
  })

  /** As many SDKs as there may be: each with a long name. */
  function withSdks(count: number): Report {
    const sdks = Array.from({ length: count }, (_, index) => {
      const [facade, ...peers] = report.sdks
      const sdk = index === 0 ? facade : peers[index % 2]
      if (!sdk) throw new TypeError('there is no such SDK')
      return { ...sdk, name: `an-sdk-with-a-long-name-${index}` }
    })
    return { ...report, sdks }
  }

  test.each([1, 3, 13])('of %i SDKs fits 100 columns, and has every area of each of them', (count) => {
    const lines = tableLines(renderTable(withSdks(count)))
    expect(lines.filter(({ length }) => length > 100)).toEqual([])
    for (const area of AREAS) {
      const cells = lines.filter((line) => line.startsWith(`${area} `)).join(' ')
      expect(cells.match(/\d+ \/ \d+ \/ \d+/g)).toHaveLength(count)
    }
    expect(lines.join(' ').match(/an-sdk-with-a-long-name/g)).toHaveLength(count)
  })

  test('puts three SDKs beside each other', () => {
    expect(renderTable(report).match(/^protected-parameters .*$/gm)).toHaveLength(1)
  })

  test('keeps its columns straight', () => {
    const [heads = '', ...rows] = tableLines(renderTable(report)).slice(3)
    const starts = report.sdks.map(({ name }) => heads.indexOf(name))
    for (const row of rows) for (const start of starts) expect(row.slice(start - 3, start + 1)).toMatch(/^ {3}\S$/)
  })

  test('shows an SDK that did not run with its reason, and no number', async () => {
    const missing = { name: 'missing', load: () => Promise.reject(new Error('go is not installed')) }
    const text = renderTable(await runConformance({ sdks: ['onbehalf', missing], seed: 1, runs: 1 }))
    expect(text).toMatch(/^act-parsing +16 \/ 0 \/ 0 +-$/m)
    expect(text).toMatch(/^result +conforms +skipped$/m)
    expect(text).toContain('missing\n  skipped: go is not installed')
  })

  test('names a fault once, with the checks that it came in', () => {
    const faults = ['a', 'b', 'c', 'd', 'e'].map((check) => ({ check, message: 'it broke' }))
    const [sdk] = report.sdks
    const text = renderTable({
      ...report,
      sdks: sdk ? [{ ...sdk, faults: [...faults, { check: 'f', message: 'too' }] }] : [],
    })
    expect(text).toContain('  fault in a, b, c and 2 more: it broke\n  fault in f: too\n')
  })

  test('has colours only when they are wanted, and says the same with them', () => {
    const colored = renderTable(report, { color: true })
    expect(colored).toContain('\u001b[31m')
    expect(renderTable(report)).not.toContain('\u001b')
    expect(stripVTControlCharacters(colored)).toBe(renderTable(report))
  })
})
