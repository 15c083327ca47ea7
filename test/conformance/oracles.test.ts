import { describe, expect, test } from 'vitest'
import {
  judgeAct,
  judgeExchange,
  judgeRedirect,
  judgeReExchange,
  judgeSequence,
  judgeSession,
  REASONS,
  type Verdict,
} from '../../conformance/oracles/index.js'
import { LIFECYCLE_REASONS } from '../../conformance/stdio/lifecycle.js'
import { ACT_ROWS } from './oracle-tables/act.js'
import { ACTOR_ROWS } from './oracle-tables/actor.js'
import { ANSWER_ROWS } from './oracle-tables/answers.js'
import { CLIENT_ROWS } from './oracle-tables/clients.js'
import { FLOW_ROWS } from './oracle-tables/flows.js'
import { ID_TOKEN_ROWS } from './oracle-tables/id-tokens.js'
import { NETWORK_ROWS } from './oracle-tables/network.js'
import { PARAMETER_ROWS } from './oracle-tables/parameters.js'
import { REQUEST_ROWS } from './oracle-tables/requests.js'
import type { OracleRow } from './oracle-tables/row.js'
import { SESSION_ROWS } from './oracle-tables/sessions.js'
import { SEQUENCE_ROWS } from './oracle-tables/sequences.js'

const TABLES: readonly (readonly [area: string, rows: readonly OracleRow[]])[] = [
  ['parameters', PARAMETER_ROWS],
  ['actor', ACTOR_ROWS],
  ['act', ACT_ROWS],
  ['requests', REQUEST_ROWS],
  ['answers', ANSWER_ROWS],
  ['clients', CLIENT_ROWS],
  ['flows', FLOW_ROWS],
  ['ID tokens', ID_TOKEN_ROWS],
  ['network', NETWORK_ROWS],
  ['sequences', SEQUENCE_ROWS],
  ['sessions', SESSION_ROWS],
]

function verdictsOn({ evidence }: OracleRow): Verdict[] {
  if ('op' in evidence) return judgeExchange(evidence)
  if ('program' in evidence) return judgeSession(evidence)
  if ('steps' in evidence) return judgeSequence(evidence)
  if ('input' in evidence) return judgeRedirect(evidence)
  return 'before' in evidence ? judgeReExchange(evidence) : judgeAct(evidence)
}

function reasonsOf(given: OracleRow): string[] {
  return verdictsOn(given)
    .filter((verdict) => verdict.requirement === given.requirement)
    .map(({ reason }) => reason)
}

describe.each(TABLES)('the oracles on %s', (_area, rows) => {
  test.each(rows.map((row) => [row.requirement, row.rule, row] as const))('%s: %s', (_id, _rule, row) => {
    expect([...new Set(reasonsOf(row))]).toEqual(row.want === 'silent' ? [] : [row.want])
  })
})

test('every reason of an oracle is reached by a row', () => {
  const reached = new Set<string>(TABLES.flatMap(([, rows]) => rows).map(({ want }) => want))
  const unreached = Object.keys(REASONS).filter((reason) => !reached.has(reason) && !(reason in LIFECYCLE_REASONS))
  expect(unreached).toEqual([])
})

test('an SDK that says it is unable is not judged', () => {
  const [{ evidence }] = PARAMETER_ROWS as [OracleRow]
  if (!('op' in evidence)) throw new Error('the first row is an exchange')
  expect(judgeExchange({ ...evidence, observation: { outcome: 'unsupported', capability: 'exchange' } })).toEqual([])
})
