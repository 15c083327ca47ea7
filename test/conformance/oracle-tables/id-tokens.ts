import type { Observation } from '../../../conformance/adapter.js'
import type { ExchangeEvidence, SignedTokenFact } from '../../../conformance/case.js'
import { jsonReply, TOKEN_MEMBERS } from '../../../conformance/replies.js'
import { exchangeEvidence, REFUSED, sentWith, TOKENS } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const ACT = { sub: 'agent', act: { sub: 'spa' } }
const SIGNED: ReadonlyMap<string, SignedTokenFact> = new Map<string, SignedTokenFact>([
  ['good', { claims: { act: ACT, org_id: 'org_1' } }],
  ['expired', { claims: { act: ACT, org_id: 'org_1' }, problem: 'exp is past' }],
  ['silent', { claims: {} }],
  ['at-jwt', { claims: { act: ACT }, typ: 'at+jwt' }],
  ['jwt', { claims: { act: ACT }, typ: 'JWT' }],
])

function named(act?: object): Observation {
  return { outcome: 'tokens', tokens: { access_token: 'x', ...(act && { act: act as Record<string, unknown> }) } }
}

function withTokens(members: object, observation: Observation, organization?: string) {
  return exchangeEvidence(organization === undefined ? {} : { organization }, [sentWith([])], {
    signed: SIGNED,
    replies: [jsonReply(200, { ...TOKEN_MEMBERS, ...members })],
    observation,
  })
}

/** The same with an answer that comes after the client has given up. */
function late(evidence: ExchangeEvidence): ExchangeEvidence {
  const token = evidence.program.token.map((reply) => ({ ...reply, delayMs: 400 }))
  return { ...evidence, program: { token }, client: { ...evidence.client, timeout_ms: 30 } }
}

export const ID_TOKEN_ROWS: readonly OracleRow[] = [
  row('result-act-read', 'ok', 'the actor passes', withTokens({ id_token: 'good' }, named(ACT))),
  row('result-act-read', 'not-given', 'none is not scored', withTokens({ id_token: 'good' }, named())),
  row('result-act-read', 'result-act-wrong', 'a prior one fails', withTokens({ id_token: 'good' }, named(ACT.act))),
  row('result-act-read', 'silent', 'a refusal is not judged', withTokens({ id_token: 'good' }, REFUSED)),
  row(
    'result-act-claims-checked',
    'act-from-invalid-id-token',
    'an actor of an expired token fails',
    withTokens({ id_token: 'expired' }, named(ACT)),
  ),
  row('result-act-claims-checked', 'ok', 'none passes', withTokens({ id_token: 'expired' }, named())),
  row('result-act-claims-checked', 'ok', 'a refusal passes', withTokens({ id_token: 'expired' }, REFUSED)),
  row(
    'at-jwt-not-read',
    'act-from-access-token',
    'an actor of the access token fails',
    withTokens({ access_token: 'at-jwt' }, named(ACT)),
  ),
  row('at-jwt-not-read', 'ok', 'none passes', withTokens({ access_token: 'at-jwt', id_token: 'silent' }, named())),
  row(
    'at-jwt-not-read',
    'silent',
    'an ID token that names the same actor hides where it came from',
    withTokens({ access_token: 'at-jwt', id_token: 'good' }, named(ACT)),
  ),
  row(
    'access-token-not-read',
    'act-from-access-token',
    'an actor of the access token fails',
    withTokens({ access_token: 'jwt' }, named(ACT)),
  ),
  row(
    'organization-claim-checked',
    'other-organization-accepted',
    'another organization fails',
    withTokens({ id_token: 'good' }, TOKENS, 'org_2'),
  ),
  row(
    'organization-claim-checked',
    'other-organization-accepted',
    'no organization fails',
    withTokens({ id_token: 'silent' }, TOKENS, 'org_1'),
  ),
  row('organization-claim-checked', 'ok', 'a refusal passes', withTokens({ id_token: 'good' }, REFUSED, 'org_2')),
  row(
    'organization-claim-checked',
    'own-organization-refused',
    'a refusal of the own one fails',
    withTokens({ id_token: 'good' }, REFUSED, 'org_1'),
  ),
  row(
    'organization-claim-checked',
    'silent',
    'a refusal after the timeout says nothing of the organization',
    late(withTokens({ id_token: 'good' }, REFUSED, 'org_1')),
  ),
  row('organization-claim-checked', 'silent', 'a name is not judged', withTokens({ id_token: 'good' }, TOKENS, 'acme')),
]
