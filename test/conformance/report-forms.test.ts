import { beforeAll, describe, expect, test } from 'vitest'
import {
  badgeOf,
  renderHtml,
  renderJunit,
  renderMarkdown,
  renderTable,
  reportFiles,
  reportOf,
  runConformance,
  type Report,
  type RunEvent,
} from '../../conformance/index.js'
import { isReport } from '../../generated/validators/report.js'
import { hostileReport } from './hostile-report.js'
import { readXml, type Element } from './xml.js'

let report: Report
let hostile: Report
const events: RunEvent[] = []
beforeAll(async () => {
  report = await runConformance({ seed: 7, runs: 2, onEvent: (event) => events.push(event) })
  hostile = await hostileReport()
}, 60_000)

test('the report is what the events add up to', () => {
  expect(reportOf(events)).toEqual(report)
  expect(() => reportOf(events.slice(0, -1))).toThrow(TypeError)
})

describe('JUnit', () => {
  /** What Jenkins and GitLab read, and what each element must have there. */
  const GRAMMAR: Readonly<Record<string, { readonly needs: readonly string[]; readonly holds: readonly string[] }>> = {
    testsuites: { needs: ['name', 'tests', 'failures', 'errors', 'skipped'], holds: ['testsuite'] },
    testsuite: { needs: ['name', 'tests', 'failures', 'errors', 'skipped'], holds: ['properties', 'testcase'] },
    properties: { needs: [], holds: ['property'] },
    property: { needs: ['name', 'value'], holds: [] },
    testcase: { needs: ['classname', 'name'], holds: ['failure', 'error', 'skipped'] },
    failure: { needs: ['message', 'type'], holds: [] },
    error: { needs: ['message'], holds: [] },
    skipped: { needs: ['message'], holds: [] },
  }

  function* elements(element: Element): Generator<Element> {
    yield element
    for (const child of element.children) yield* elements(child)
  }

  test.each([
    ['of three SDKs', () => report],
    ['with hostile texts', () => hostile],
  ])('%s has what its readers ask for', (_name, which) => {
    const root = readXml(renderJunit(which()))
    expect(root.name).toBe('testsuites')
    for (const { name, attributes, children } of elements(root)) {
      expect(Object.keys(GRAMMAR)).toContain(name)
      expect(Object.keys(attributes)).toEqual(expect.arrayContaining([...(GRAMMAR[name]?.needs ?? [])]))
      expect(GRAMMAR[name]?.holds).toEqual(expect.arrayContaining(children.map((child) => child.name)))
    }
  })

  test('counts what it holds, and each test has one name', () => {
    for (const suite of readXml(renderJunit(report)).children) {
      const tests = suite.children.filter(({ name }) => name === 'testcase')
      const count = (kind: string) => tests.filter(({ children }) => children[0]?.name === kind).length
      expect(suite.attributes).toMatchObject({
        tests: String(tests.length),
        failures: String(count('failure')),
        errors: String(count('error')),
        skipped: String(count('skipped')),
      })
      const names = tests.map(({ attributes: { classname, name } }) => `${String(classname)} ${String(name)}`)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('fails where a requirement does, with its replay line', () => {
    const text = renderJunit(report)
    expect(text).toMatch(
      /<testcase classname="auth0-auth-js\.actor-pairing" name="actor-type-has-token"><failure message="MUST /,
    )
    expect(text).toContain('replay  npx onbehalf conformance replay auth0-auth-js/')
  })
})

describe('Markdown', () => {
  test('has a column for each SDK and a replay line for each finding', () => {
    const text = renderMarkdown(report)
    expect(text).toMatch(/^\| {2}\| onbehalf \S+ \| auth0-auth-js \S+ \|/m)
    expect(text).toMatch(/^\| protected-parameters \| 18 \/ 0 \/ 0 \| 14 \/ 4 \/ 0 \|/m)
    expect(text).toMatch(/^\| result \| conforms \|/m)
    const findings = report.sdks.flatMap((sdk) => sdk.findings)
    expect(text.match(/replay `npx onbehalf conformance replay /g)).toHaveLength(findings.length)
  })

  test('takes no HTML, link, table cell or code fence from a hostile text', () => {
    const text = renderMarkdown(hostile)
    // What is left outside of code spans has every mark escaped.
    const outside = text
      .split('\n')
      .map((line) => line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, ''))
      .join('\n')
    expect(outside).not.toMatch(/(?<!\\)[<>[\]]/)
    const cells = text.split('\n').filter((line) => line.startsWith('|'))
    expect(new Set(cells.map((line) => line.match(/(?<!\\)\|/g)?.length)).size).toBe(1)
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u2028]/)
  })
})

describe('a badge', () => {
  test.each([
    ['onbehalf', /^\d+ of \d+ hold$/, 'brightgreen'],
    ['auth0-auth-js', /^3 MUST, \d+ VENDOR failed$/, 'red'],
    ['oauth4webapi', /^\d+ of \d+ hold$/, 'brightgreen'],
  ])('of %s', (name, message, color) => {
    const files = reportFiles(report, ['badge'])
    expect(JSON.parse(files.get(`badge-${name}.json`) ?? '')).toEqual({
      schemaVersion: 1,
      label: 'token exchange',
      message: expect.stringMatching(message) as string,
      color,
    })
  })

  test('of an SDK that breaks habits alone is yellow', () => {
    const sdk = report.sdks.find(({ name }) => name === 'auth0-auth-js')
    if (!sdk) throw new Error('no SDK')
    const requirements = sdk.requirements.filter(({ level }) => level === 'VENDOR')
    expect(badgeOf(report, { ...sdk, requirements })).toMatchObject({
      message: expect.stringMatching(/^\d+ VENDOR failed$/) as string,
      color: 'yellow',
    })
  })

  test.each([
    ['is incomplete', { complete: false }, {}],
    ['has an adapter that failed', {}, { status: 'faulty' }],
    ['has no such SDK', {}, { status: 'skipped' }],
    ['was interrupted', {}, { status: 'interrupted' }],
  ] as const)('is not made when the report %s', (_rule, more, about) => {
    const [sdk] = report.sdks
    if (!sdk) throw new Error('no SDK')
    expect(badgeOf({ ...report, ...more }, { ...sdk, ...about })).toBeUndefined()
  })

  test('has a file name that stays in its folder', () => {
    const [sdk] = report.sdks
    if (!sdk) throw new Error('no SDK')
    const files = reportFiles({ ...report, sdks: [{ ...sdk, name: '../../etc/x y' }] }, ['badge'])
    expect([...files.keys()]).toEqual(['badge-..-..-etc-x-y.json'])
  })
})

describe('HTML', () => {
  test('allows nothing but its own style, and has no script, handler or address of a resource', () => {
    const text = renderHtml(report)
    expect(text).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/=]{44}';/,
    )
    expect(text).not.toMatch(/<(?:script|link|img|iframe|object|embed|form)\b|\son\w+=|\bsrc=|@import|url\(/i)
  })

  test.each([
    ['of three SDKs', () => report],
    ['with hostile texts', () => hostile],
  ])('%s has the same elements, whatever the texts say', (_name, which) => {
    const tags = renderHtml(which()).match(/<[a-z!/][^>]*>/gi) ?? []
    const allowed =
      /^<(?:!doctype|\/?(?:html|head|title|style|body|header|main|caption|footer|section|h[1-3]|p|ul|li|b|table|thead|tbody|tr|th|td|button|span|div|blockquote|a|dl|dt|dd|pre|code|mark)|meta)\b/
    expect(tags.filter((tag) => !allowed.test(tag))).toEqual([])
    const names = tags.map((tag) => tag.replace(/="[^"]*"/g, ''))
    expect(names.filter((tag) => /["'=&]|script|onerror|onmouseover/i.test(tag))).toEqual([])
  })

  test('quotes the requirement, marks the differing bytes and tells how to see it again', () => {
    const text = renderHtml(report)
    expect(text).toContain('This is REQUIRED when the &#34;actor_token&#34; parameter is present')
    expect(text).toContain('<mark>actor_token_type=urn%3Aietf%3Aparams')
    expect(text).toContain('npx onbehalf conformance replay auth0-auth-js/actor-type-only:0:0')
  })
})

describe('an incomplete report says so in each of its forms', () => {
  test.each(['areas', 'signal'] as const)('%s', async (how) => {
    const part = await runConformance({
      sdks: ['onbehalf'],
      seed: 1,
      runs: 1,
      ...(how === 'areas' ? { areas: ['act-parsing'] } : { signal: AbortSignal.abort() }),
    })
    expect(isReport(part), JSON.stringify(isReport.errors)).toBe(true)
    const why = part.incomplete?.[0] ?? ''
    expect(why).toBe(how === 'areas' ? 'Only these areas ran: act-parsing.' : 'The run was interrupted.')
    const files = reportFiles(part)
    for (const name of ['report.json', 'junit.xml', 'summary.md', 'report.html']) {
      expect(files.get(name)?.replaceAll('\\', '')).toContain(why)
    }
    expect([...files].filter(([name, text]) => name.startsWith('badge') && text !== undefined)).toEqual([])
    expect(renderTable(part)).toContain(`Incomplete: ${why}`)
    for (const text of [renderTable(part), files.get('summary.md')])
      expect(text).toContain('not applicable or not run:')
    // What was left out is not said to be something that the SDK does not offer.
    if (how === 'areas')
      expect(files.get('report.html')).toContain('sessions</a></th><td><span class="count none">not run<')
  })
})

test('hostile texts print nothing that is invisible', () => {
  expect(renderTable(hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u2028]/)
})
