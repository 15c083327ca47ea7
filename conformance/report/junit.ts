import type { Finding, Report, RequirementResult, SdkReport } from '../../generated/schemas.js'
import { answerText, formText } from './table.js'
import { faultsOf, findingsOf, remarks, replayCommand } from './status.js'
import { printable } from './text.js'

/** One test case: what it is called and how it went. */
interface Test {
  readonly group: string
  readonly name: string
  readonly result?: {
    readonly kind: 'failure' | 'error' | 'skipped'
    readonly message: string
    readonly type?: string
    readonly text?: string
  }
}

/**
 * A report as JUnit XML: a suite for each SDK, a test for each requirement. It has no times.
 *
 * @param report What `runConformance` gave.
 * @example
 * ```ts
 * console.log(renderJunit(await runConformance()))
 * ```
 */
export function renderJunit(report: Report): string {
  const suites = [
    ...report.sdks.map((sdk) => ({ name: sdk.name, tests: sdkTests(sdk) })),
    { name: 'run', tests: [completeness(report)] },
  ]
  const tests = suites.flatMap((suite) => suite.tests)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="onbehalf conformance"${counts(tests)}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${escaped(suite.name)}"${counts(suite.tests)}>`,
      '    <properties>',
      ...Object.entries({ seed: report.seed, runs: report.runs, suite: report.suite, complete: report.complete }).map(
        ([name, value]) => `      <property name="${name}" value="${escaped(String(value))}"/>`,
      ),
      '    </properties>',
      ...suite.tests.map(testLine),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ]
  return `${lines.join('\n')}\n`
}

function sdkTests(sdk: SdkReport): Test[] {
  const stem = { group: sdk.name, name: 'adapter' }
  const adapter: Test[] = [
    ...(sdk.reason === undefined ? [] : [{ ...stem, result: { kind: 'skipped', message: sdk.reason } as const }]),
    ...faultsOf(sdk).map(({ checks, message }) => ({
      ...stem,
      result: { kind: 'error', message: `${checks}: ${message}` } as const,
    })),
    ...(sdk.status === 'interrupted'
      ? [{ ...stem, result: { kind: 'error', message: 'It did not run to its end.' } as const }]
      : []),
  ]
  const baseline: Test[] = (sdk.baseline?.problems ?? []).map(({ kind, requirement, text }) => ({
    group: `${sdk.name}.baseline`,
    name: requirement,
    result: { kind: 'failure', message: text, type: kind },
  }))
  return [
    ...(adapter.length > 0 ? adapter : [stem]),
    ...sdk.requirements.map((row) => requirementTest(sdk, row)),
    ...baseline,
  ]
}

function requirementTest(sdk: SdkReport, row: RequirementResult): Test {
  const test = { group: `${sdk.name}.${row.area}`, name: row.id }
  const findings = findingsOf(sdk, row)
  const [first] = findings.filter(({ known }) => known === undefined)
  if (first) {
    const message = `${first.level} ${first.requirement}: ${first.reason}. ${first.text}`
    return {
      ...test,
      result: { kind: 'failure', message, type: first.reason, text: findings.map(findingText).join('\n\n') },
    }
  }
  const [known] = findings
  if (known) return { ...test, result: { kind: 'skipped', message: remarks(known).join('; ') } }
  return row.status === 'not_applicable' ? { ...test, result: { kind: 'skipped', message: row.reason ?? '' } } : test
}

function findingText(finding: Finding): string {
  return [
    `${finding.requirement}: ${[finding.reason, ...remarks(finding)].join('; ')}`,
    `input   ${printable(JSON.stringify(finding.input))}`,
    ...finding.sent.map((form) => `sent    ${printable(formText(form))}`),
    ...finding.answers.map((answer) => `answer  ${answerText(answer)}`),
    `replay  ${replayCommand(finding)}`,
  ].join('\n')
}

function completeness({ incomplete }: Report): Test {
  const test = { group: 'run', name: 'the run is complete' }
  return incomplete ? { ...test, result: { kind: 'skipped', message: incomplete.join(' ') } } : test
}

function testLine({ group, name, result }: Test): string {
  const head = `    <testcase classname="${escaped(group)}" name="${escaped(name)}"`
  if (!result) return `${head}/>`
  const { kind, message, type, text } = result
  const attributes = ` message="${escaped(message)}"${type === undefined ? '' : ` type="${escaped(type)}"`}`
  const body = text === undefined ? '/>' : `>${escaped(text)}</${kind}>`
  return `${head}><${kind}${attributes}${body}</testcase>`
}

function counts(tests: readonly Test[]): string {
  const of = (kind: string): number => tests.filter(({ result }) => result?.kind === kind).length
  return ` tests="${tests.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`
}

/** XML 1.0 has no way to write most control characters, so that what is invisible is escaped for readers first. */
function escaped(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, Infinity))
    .join('\n')
    .replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
