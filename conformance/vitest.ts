import { beforeAll, describe, expect, test } from 'vitest'
import type { AdapterEntry } from './adapter.js'
import { compareWithBaselines } from './baseline/compare.js'
import { BaselineError, readBaseline, type BaselineFile } from './baseline/read.js'
import type { SdkReport } from '../generated/schemas.js'
import { renderFinding } from './report/table.js'
import { AREAS, listRequirements, type Area } from './requirements.js'
import { runConformance } from './runner/run.js'

/** How an SDK is checked in a test file. */
export interface DescribeConformanceOptions {
  /** A 32-bit integer. Default: a random one, which every failure names. */
  readonly seed?: number
  /** Cases that each property generates. Default 100. */
  readonly runs?: number
  /** Only these areas. Default: all. */
  readonly areas?: readonly Area[]
  /** The path of a baseline: its findings do not fail, and what no longer holds of it does. */
  readonly baseline?: string
  /** For the whole run, in milliseconds. Default 60,000. */
  readonly timeout?: number
}

/**
 * Declares a vitest suite for an SDK: one test for each requirement, which fails with its findings and how to see them
 * again.
 *
 * The run happens once, before the first test. A requirement that does not apply is skipped with its reason.
 *
 * @param entry The adapter.
 * @param options The seed, how much, and the baseline.
 * @throws {BaselineError} When the baseline cannot be used, or is for another SDK.
 * @example
 * ```ts
 * describeConformance(adapterNamed('onbehalf'), { baseline: 'conformance-baseline.yaml' })
 * ```
 */
export function describeConformance(entry: AdapterEntry, options: DescribeConformanceOptions = {}): void {
  const { areas = AREAS, timeout = 60_000 } = options
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline)
  if (baseline && baseline.baseline.sdk !== entry.name) {
    throw new BaselineError(baseline.file, 1, `it is for ${baseline.baseline.sdk}, and ${entry.name} is run`)
  }

  describe(`${entry.name} conforms`, () => {
    let sdk: SdkReport
    let seed: number
    beforeAll(async () => {
      ;({ sdk, seed } = await reportOn(entry, options, baseline))
    }, timeout)

    for (const area of areas) {
      const rows = listRequirements().filter((row) => row.area === area && row.excluded === undefined)
      if (rows.length === 0) continue
      describe(area, () => {
        for (const { id, title } of rows) {
          test(`${id}: ${title}`, ({ skip }) => {
            const row = sdk.requirements.find((requirement) => requirement.id === id)
            if (row?.status === 'not_applicable') skip(row.reason)
            const findings = sdk.findings.filter(({ requirement, known }) => requirement === id && known === undefined)
            if (findings.length > 0) expect.fail(`${findings.map(renderFinding).join('\n')}\n(run seed ${seed})`)
          })
        }
      })
    }

    if (!baseline) return
    test('the baseline holds', () => {
      const problems = sdk.baseline?.problems ?? []
      if (problems.length > 0) {
        expect.fail(problems.map(({ kind, line, text }) => `${kind}, line ${line}: ${text}`).join('\n'))
      }
    })
  })
}

async function reportOn(
  entry: AdapterEntry,
  { seed, runs, areas }: DescribeConformanceOptions,
  baseline: BaselineFile | undefined,
): Promise<{ readonly sdk: SdkReport; readonly seed: number }> {
  const found = await runConformance({
    sdks: [entry],
    ...(seed === undefined ? {} : { seed }),
    ...(runs === undefined ? {} : { runs }),
    ...(areas === undefined ? {} : { areas }),
  })
  const report = baseline ? compareWithBaselines(found, [baseline]) : found
  const [sdk] = report.sdks
  if (!sdk || sdk.status === 'skipped' || sdk.status === 'faulty') {
    const why = sdk?.reason ?? sdk?.faults.map(({ check, message }) => `${check}: ${message}`).join('\n') ?? ''
    throw new Error(`${entry.name} does not run: ${why}`)
  }
  return { sdk, seed: report.seed }
}
