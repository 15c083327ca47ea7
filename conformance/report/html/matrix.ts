import type { Report, RequirementResult, SdkReport } from '../../../generated/schemas.js'
import { requirementOf } from '../../requirements.js'
import { findingsOf, isNotRun } from '../status.js'
import { detailOf } from './detail.js'
import { escaped } from './escape.js'

/** The table of requirements by SDK, and what its cells open to. */
export function matrixOf({ sdks }: Report): string {
  const ran = sdks.filter(({ requirements }) => requirements.length > 0)
  const rows = ran[0]?.requirements ?? []
  if (rows.length === 0) return '<p>No SDK ran.</p>'
  const areas = [...new Set(rows.map(({ area }) => area))]
  // `display: block` of a narrow screen takes the meaning of a table's parts away, so that their roles are said.
  const head = [
    `<table role="table" class="matrix${ran.length > 5 ? ' many' : ''}"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Requirement</th>`,
    ...ran.map((sdk) => `<th role="columnheader" scope="col"><span>${escaped(sdk.name)}</span></th>`),
    '</tr></thead>',
  ]
  const bodies = areas.map((area) =>
    [
      '<tbody role="rowgroup">',
      `<tr class="area" role="row" id="area-${escaped(area)}"><th role="rowheader" scope="rowgroup" colspan="${ran.length + 1}">${escaped(area)}</th></tr>`,
      ...rows.filter((row) => row.area === area).map((row) => rowOf(row, ran)),
      '</tbody>',
    ].join('\n'),
  )
  const details = ran.flatMap((sdk, column) => sdk.requirements.map((row) => detailOf(sdk, row, cellId(column, row))))
  return [...head, ...bodies, '</table>', ...details].join('\n')
}

function rowOf({ id, level }: RequirementResult, sdks: readonly SdkReport[]): string {
  const cells = sdks.map((sdk, column) => {
    const row = sdk.requirements.find((other) => other.id === id)
    return `<td role="cell">${row ? cellOf(sdk, row, column) : ''}</td>`
  })
  const head = `<th role="rowheader" scope="row">${escaped(id)}<span class="level">${level}</span><span class="title">${escaped(requirementOf(id).title)}</span></th>`
  return `<tr role="row">${head}${cells.join('')}</tr>`
}

function cellOf(sdk: SdkReport, row: RequirementResult, column: number): string {
  const { look, word } = verdictOf(sdk, row)
  const name = escaped(sdk.name)
  return [
    `<button type="button" class="${look}" popovertarget="${cellId(column, row)}" aria-haspopup="dialog"`,
    ` aria-label="${name}, ${escaped(row.id)}: ${word}"><span class="sdk">${name}</span>${word}</button>`,
  ].join('')
}

function verdictOf(sdk: SdkReport, row: RequirementResult): { readonly look: string; readonly word: string } {
  if (row.status === 'passed') return { look: 'pass', word: 'pass' }
  if (row.status === 'not_applicable') return { look: 'none', word: isNotRun(row) ? 'not run' : 'n/a' }
  const findings = findingsOf(sdk, row)
  const look = row.level === 'MUST' ? 'must' : 'minor'
  if (findings.length > 0 && findings.every(({ known }) => known !== undefined)) return { look, word: 'fail, known' }
  return { look, word: findings.some(({ status }) => status === 'flaky') ? 'fail, flaky' : 'fail' }
}

function cellId(column: number, { id }: RequirementResult): string {
  return `cell-${column}-${escaped(id)}`
}
