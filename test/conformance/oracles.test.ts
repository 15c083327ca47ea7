import { describe, expect, test } from 'vitest'
import { judgeAct, judgeExchange, REASONS } from '../../conformance/oracles/index.js'
import { ACT_ROWS } from './oracle-tables/act.js'
import { ACTOR_ROWS } from './oracle-tables/actor.js'
import { PARAMETER_ROWS } from './oracle-tables/parameters.js'
import type { OracleRow } from './oracle-tables/row.js'

function reasonsOf({ requirement, evidence }: OracleRow): string[] {
  const verdicts = 'case' in evidence ? judgeAct(evidence) : judgeExchange(evidence)
  return verdicts.filter((verdict) => verdict.requirement === requirement).map(({ reason }) => reason)
}

describe.each([
  ['parameters', PARAMETER_ROWS],
  ['actor', ACTOR_ROWS],
  ['act', ACT_ROWS],
])('the oracles on %s', (_area, rows) => {
  test.each(rows.map((row) => [row.requirement, row.rule, row] as const))('%s: %s', (_id, _rule, row) => {
    expect(reasonsOf(row)).toEqual(row.want === 'silent' ? [] : [row.want])
  })
})

test('every reason is reached by a row', () => {
  const reached = new Set([...PARAMETER_ROWS, ...ACTOR_ROWS, ...ACT_ROWS].map(({ want }) => want))
  expect(Object.keys(REASONS).filter((reason) => !reached.has(reason as keyof typeof REASONS))).toEqual([])
})

test('an SDK that says it is unable is not judged', () => {
  const [{ evidence }] = PARAMETER_ROWS as [OracleRow]
  if ('case' in evidence) throw new Error('the first row is an exchange')
  expect(judgeExchange({ ...evidence, observation: { outcome: 'unsupported', capability: 'exchange' } })).toEqual([])
})
