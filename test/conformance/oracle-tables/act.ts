import { actEvidence, REFUSED, valued } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const TWO = { chain: [{ sub: 'mcp' }, { sub: 'spa' }] }
const NONE = {}
const NULL = { end: 'null' as const }
const BROKEN = { chain: [{ malformed: 'no sub' }] }
const BROKEN_INSIDE = { chain: [{ sub: 'mcp' }, { malformed: 'no sub' }, { sub: 'spa' }] }
const OVERFLOW = { outcome: 'rejected', error: { class: 'RangeError', message: '' } } as const
const LONG = { chain: Array.from({ length: 100 }, (_, index) => ({ sub: `a${index}` })) }

export const ACT_ROWS: readonly OracleRow[] = [
  row('current-actor-is-outermost', 'ok', 'the outermost passes', actEvidence(TWO, valued('mcp'), undefined)),
  row('current-actor-is-outermost', 'inner-actor', 'a prior actor fails', actEvidence(TWO, valued('spa'), undefined)),
  row('current-actor-is-outermost', 'actor-missed', 'nobody fails', actEvidence(TWO, valued(null), undefined)),
  row('current-actor-is-outermost', 'other-actor', 'somebody else fails', actEvidence(TWO, valued('eve'), undefined)),
  row('current-actor-is-outermost', 'silent', 'a refusal is not a wrong actor', actEvidence(TWO, REFUSED, undefined)),
  row(
    'current-actor-is-outermost',
    'ok',
    'a malformed inner node is nothing to the outermost',
    actEvidence(BROKEN_INSIDE, valued('mcp'), undefined),
  ),
  row(
    'malformed-outermost-refused',
    'silent',
    'a current-actor helper is never judged on inner nodes',
    actEvidence(BROKEN_INSIDE, REFUSED, undefined),
  ),
  row('valid-act-is-read', 'valid-act-refused', 'a refused valid act fails', actEvidence(TWO, REFUSED, undefined)),
  row('valid-act-is-read', 'ok', 'a read valid act passes', actEvidence(TWO, undefined, valued(['mcp', 'spa']))),
  row('valid-act-is-read', 'silent', 'a limit above five actors is legal', actEvidence(LONG, undefined, REFUSED)),
  row(
    'valid-act-is-read',
    'silent',
    'an error for a null inside is legal',
    actEvidence({ ...TWO, end: 'null' }, REFUSED, REFUSED),
  ),
  row('no-act-no-actor', 'ok', 'nobody without act passes', actEvidence(NONE, valued(null), undefined)),
  row(
    'no-act-no-actor',
    'actor-from-nowhere',
    'an actor without act fails',
    actEvidence(NONE, valued('auth0|alice'), undefined),
  ),
  row('no-act-no-actor', 'absent-act-refused', 'an error without act fails', actEvidence(NONE, REFUSED, undefined)),
  row('no-act-no-actor', 'ok', 'nobody for null passes', actEvidence(NULL, valued(null), undefined)),
  row('no-act-no-actor', 'ok', 'an error for null passes', actEvidence(NULL, REFUSED, undefined)),
  row('no-act-empty-chain', 'ok', 'an empty chain passes', actEvidence(NONE, undefined, valued([]))),
  row(
    'no-act-empty-chain',
    'actor-from-nowhere',
    'a chain without act fails',
    actEvidence(NONE, undefined, valued(['auth0|alice'])),
  ),
  row('no-act-empty-chain', 'absent-act-refused', 'an error without act fails', actEvidence(NONE, undefined, REFUSED)),
  row('no-act-empty-chain', 'ok', 'an error for null passes', actEvidence(NULL, undefined, REFUSED)),
  row('null-act-helpers-agree', 'ok', 'both errors agree', actEvidence(NULL, REFUSED, REFUSED)),
  row('null-act-helpers-agree', 'ok', 'both answers agree', actEvidence(NULL, valued(null), valued([]))),
  row(
    'null-act-helpers-agree',
    'null-disagreement',
    'an error beside an answer disagrees',
    actEvidence(NULL, valued(null), REFUSED),
  ),
  row('malformed-outermost-refused', 'ok', 'an error passes', actEvidence(BROKEN, REFUSED, undefined)),
  row(
    'malformed-outermost-refused',
    'malformed-act-ignored',
    'nobody fails',
    actEvidence(BROKEN, valued(null), undefined),
  ),
  row(
    'malformed-outermost-refused',
    'malformed-act-accepted',
    'an actor fails',
    actEvidence(BROKEN, valued('spa'), undefined),
  ),
  row('malformed-node-refused', 'ok', 'an error passes', actEvidence(BROKEN_INSIDE, undefined, REFUSED)),
  row(
    'malformed-node-refused',
    'malformed-node-ends-chain',
    'a chain that was cut fails',
    actEvidence(BROKEN_INSIDE, undefined, valued(['mcp'])),
  ),
  row(
    'malformed-node-refused',
    'malformed-node-skipped',
    'a chain without the node fails',
    actEvidence(BROKEN_INSIDE, undefined, valued(['mcp', 'spa'])),
  ),
  row(
    'malformed-node-refused',
    'malformed-node-accepted',
    'any other chain fails',
    actEvidence(BROKEN_INSIDE, undefined, valued(['mcp', 'undefined', 'spa'])),
  ),
  row('chain-newest-first', 'ok', 'newest first passes', actEvidence(TWO, undefined, valued(['mcp', 'spa']))),
  row('chain-newest-first', 'oldest-first', 'oldest first fails', actEvidence(TWO, undefined, valued(['spa', 'mcp']))),
  row('chain-newest-first', 'actors-missing', 'a missing actor fails', actEvidence(TWO, undefined, valued(['mcp']))),
  row('chain-newest-first', 'actors-wrong', 'another actor fails', actEvidence(TWO, undefined, valued(['mcp', 'eve']))),
  row(
    'chain-newest-first',
    'silent',
    'a null inside may be refused',
    actEvidence({ ...TWO, ...NULL }, undefined, REFUSED),
  ),
  row(
    'chain-newest-first',
    'ok',
    'a null inside may end the chain',
    actEvidence({ ...TWO, ...NULL }, undefined, valued(['mcp', 'spa'])),
  ),
  row('chain-head-is-current-actor', 'ok', 'equal heads pass', actEvidence(TWO, valued('mcp'), valued(['mcp', 'spa']))),
  row(
    'chain-head-is-current-actor',
    'ok',
    'nobody and an empty chain pass',
    actEvidence(NONE, valued(null), valued([])),
  ),
  row(
    'chain-head-is-current-actor',
    'head-differs',
    'another head fails',
    actEvidence(TWO, valued('mcp'), valued(['spa', 'mcp'])),
  ),
  row(
    'chain-head-is-current-actor',
    'head-differs',
    'a chain beside a refusal fails',
    actEvidence(BROKEN, REFUSED, valued(['spa'])),
  ),
  row('long-chain-does-not-crash', 'ok', 'an error of the SDK passes', actEvidence(LONG, undefined, REFUSED)),
  row('long-chain-does-not-crash', 'stack-overflow', 'an overflow fails', actEvidence(LONG, undefined, OVERFLOW)),
  row('long-chain-does-not-crash', 'silent', 'a short chain is not judged', actEvidence(TWO, undefined, OVERFLOW)),
  row(
    'prototype-is-not-an-actor',
    'prototype-read',
    'a decoy as the actor fails',
    actEvidence({ decoys: ['decoy'] }, valued('decoy'), undefined),
  ),
  row(
    'prototype-is-not-an-actor',
    'prototype-read',
    'a decoy in the chain fails',
    actEvidence({ ...TWO, decoys: ['decoy'] }, undefined, valued(['mcp', 'decoy'])),
  ),
  row(
    'prototype-is-not-an-actor',
    'ok',
    'an error passes',
    actEvidence({ ...BROKEN, decoys: ['decoy'] }, REFUSED, undefined),
  ),
]
