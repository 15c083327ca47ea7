import type { Report, SdkReport } from '../../../generated/schemas.js'
import { isNotRun } from '../status.js'
import { escaped } from './escape.js'

/** What a reader needs to know before the tables. */
const LEGEND = `<dl class="legend">
<dt>MUST</dt><dd>An RFC or OpenID Connect says so, in the sentence that is quoted, or it is plain security.</dd>
<dt>SHOULD</dt><dd>A specification recommends or describes it.</dd>
<dt>VENDOR</dt><dd>A vendor's documentation or SDK does it. Others may differ with good reason.</dd>
<dt>n/a</dt><dd>The SDK does not offer what the rule is about, or leaves it to the application.</dd>
</dl>`

/** The areas by SDK: how many of the rules that apply hold. Each leads to its rules. */
export function overviewOf({ sdks }: Report): string {
  const ran = sdks.filter(({ areas }) => areas.length > 0)
  const areas = ran[0]?.areas.map(({ area }) => area) ?? []
  if (areas.length === 0) return ''
  const head = ran.map(({ name }) => `<th scope="col"><span>${escaped(name)}</span></th>`).join('')
  const rows = areas.map((area) => {
    const cells = ran.map((sdk) => `<td>${cellOf(sdk, area)}</td>`).join('')
    return `<tr><th scope="row"><a href="#area-${escaped(area)}">${escaped(area)}</a></th>${cells}</tr>`
  })
  return [
    LEGEND,
    `<div class="overview${ran.length > 5 ? ' many' : ''}" tabindex="0" role="region" aria-label="Areas"><table>`,
    '<caption>Rules that hold, of those that apply</caption>',
    `<thead><tr><th scope="col">Area</th>${head}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody></table></div>`,
  ].join('\n')
}

function cellOf({ areas, requirements }: SdkReport, area: string): string {
  const { passed = 0, failed = 0 } = areas.find((result) => result.area === area) ?? {}
  const rows = requirements.filter((row) => row.area === area)
  if (passed + failed === 0) return `<span class="count none">${rows.some(isNotRun) ? 'not run' : 'n/a'}</span>`
  const isMust = rows.some((row) => row.level === 'MUST' && row.status === 'failed')
  const look = failed === 0 ? 'pass' : isMust ? 'must' : 'minor'
  return `<span class="count ${look}">${passed} of ${passed + failed}</span>`
}
