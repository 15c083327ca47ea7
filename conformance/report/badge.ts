import type { Report, SdkReport } from '../../generated/schemas.js'

/** What shields.io reads from an endpoint. */
export interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: 'brightgreen' | 'yellow' | 'red'
}

/**
 * The badge of an SDK, or undefined when the report does not say enough: it is incomplete, or the SDK did not run.
 *
 * A baseline changes nothing here.
 *
 * @param report What `runConformance` gave.
 * @param sdk One of its SDKs.
 * @example
 * ```ts
 * const report = await runConformance({ sdks: ['onbehalf'] })
 * for (const sdk of report.sdks) console.log(sdk.name, badgeOf(report, sdk)?.message)
 * ```
 */
export function badgeOf({ complete }: Pick<Report, 'complete'>, sdk: SdkReport): Badge | undefined {
  if (!complete || (sdk.status !== 'conforms' && sdk.status !== 'findings')) return undefined
  const label = 'token exchange'
  const failed = sdk.requirements.filter(({ status }) => status === 'failed')
  if (failed.length === 0) {
    const passed = sdk.requirements.filter(({ status }) => status === 'passed').length
    return { schemaVersion: 1, label, message: `${passed} of ${passed} hold`, color: 'brightgreen' }
  }
  const counts = ['MUST', 'SHOULD', 'VENDOR'].flatMap((level) => {
    const count = failed.filter((row) => row.level === level).length
    return count === 0 ? [] : [`${count} ${level}`]
  })
  const color = failed.some(({ level }) => level === 'MUST') ? 'red' : 'yellow'
  return { schemaVersion: 1, label, message: `${counts.join(', ')} failed`, color }
}
