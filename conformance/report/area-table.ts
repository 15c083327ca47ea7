import type { Report, SdkReport } from '../../generated/schemas.js'
import { summaryOf } from './status.js'

/** What an SDK's column says, from its name down. */
export interface SdkColumn {
  readonly name: string
  readonly version: string
  /** One for each area: requirements that passed, failed and do not apply. */
  readonly areas: readonly string[]
  readonly cases: string
  readonly result: string
}

/** A report as areas by SDK, which its plain text and its Markdown share. */
export function areaTable({ sdks }: Report): { readonly areas: readonly string[]; readonly columns: SdkColumn[] } {
  const areas = sdks.find((sdk) => sdk.areas.length > 0)?.areas.map(({ area }) => area) ?? []
  const columns = sdks.map((sdk) => ({
    name: sdk.name,
    version: sdk.version ?? '',
    areas: areas.map((area) => cellOf(sdk, area)),
    cases: String(sdk.cases),
    result: summaryOf(sdk),
  }))
  return { areas, columns }
}

function cellOf({ areas }: SdkReport, area: string): string {
  const found = areas.find((result) => result.area === area)
  return found ? `${found.passed} / ${found.failed} / ${found.not_applicable}` : '-'
}
