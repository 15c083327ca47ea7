import { ACCESS_TOKEN_TYPE } from '../../../generated/constants.js'
import type { ExchangeInput, Observation } from '../../../conformance/adapter.js'
import type { FormFields } from '../../../conformance/form.js'
import { jsonReply, SESSION_TRANSFER_MEMBERS, TOKEN_MEMBERS } from '../../../conformance/replies.js'
import { exchangeEvidence, redirectEvidence, REFUSED, sentWith, TOKENS, valued } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const TYPES = { subject_token_type: ACCESS_TOKEN_TYPE, requested_token_type: ACCESS_TOKEN_TYPE }
const OBO: Partial<ExchangeInput> = { ...TYPES, audience: 'https://calendar.example.com', scope: 'read' }
const OBO_FIELDS: FormFields = [
  ['subject_token_type', ACCESS_TOKEN_TYPE],
  ['requested_token_type', ACCESS_TOKEN_TYPE],
  ['audience', 'https://calendar.example.com'],
  ['scope', 'read'],
]

function onBehalfOf(fields: FormFields, observation: Observation = TOKENS, members: object = TOKEN_MEMBERS) {
  return exchangeEvidence(OBO, fields.length === 0 ? [] : [sentWith(fields, ['subject_token_type'])], {
    op: 'on_behalf_of',
    observation,
    replies: [jsonReply(200, members)],
  })
}

const ACTOR = { actor_token: 'canary-actor', actor_token_type: 'urn:acme:agent' }
const AUDIENCE = 'urn:tenant.example.com:session_transfer'
const STT_FIELDS: FormFields = [...Object.entries(ACTOR), ['audience', AUDIENCE]]

function transfer(
  fields: FormFields,
  observation: Observation = TOKENS,
  members: object = SESSION_TRANSFER_MEMBERS,
  input: Partial<ExchangeInput> = ACTOR,
) {
  return exchangeEvidence({ ...input, audience: AUDIENCE }, fields.length === 0 ? [] : [sentWith(fields)], {
    op: 'session_transfer',
    observation,
    replies: [jsonReply(200, members)],
  })
}

const APP = 'https://app.example.com/login?x=1'
const BUILT = `${APP}&session_transfer_token=canary-stt%2B1`

export const FLOW_ROWS: readonly OracleRow[] = [
  row('obo-token-types', 'ok', 'access tokens pass', onBehalfOf(OBO_FIELDS)),
  row(
    'obo-token-types',
    'token-types-wrong',
    'no requested type fails',
    onBehalfOf(OBO_FIELDS.filter(([name]) => name !== 'requested_token_type')),
  ),
  row('obo-parameters-arrive', 'ok', 'what arrives passes', onBehalfOf(OBO_FIELDS)),
  row(
    'obo-parameters-arrive',
    'option-lost',
    'a lost scope fails',
    onBehalfOf(OBO_FIELDS.filter(([name]) => name !== 'scope')),
  ),
  row(
    'obo-parameters-arrive',
    'option-changed',
    'a further scope fails',
    onBehalfOf(OBO_FIELDS.map(([name, value]) => [name, name === 'scope' ? `openid ${value}` : value])),
  ),
  row('obo-parameters-arrive', 'call-refused', 'a refusal is not scored', onBehalfOf([], REFUSED)),
  row(
    'obo-result-is-narrow',
    'further-tokens-given',
    'a refresh token fails',
    onBehalfOf(
      OBO_FIELDS,
      { outcome: 'tokens', tokens: { access_token: 'x', refresh_token: 'y' } },
      { ...TOKEN_MEMBERS, refresh_token: 'y' },
    ),
  ),
  row(
    'obo-result-is-narrow',
    'ok',
    'an access token alone passes',
    onBehalfOf(OBO_FIELDS, TOKENS, { ...TOKEN_MEMBERS, id_token: 'y' }),
  ),
  row(
    'obo-not-applicable-refused',
    'not-applicable-accepted',
    'N_A for an access token fails',
    onBehalfOf(OBO_FIELDS, TOKENS, { ...TOKEN_MEMBERS, token_type: 'N_A' }),
  ),
  row(
    'obo-not-applicable-refused',
    'ok',
    'a refusal of it passes',
    onBehalfOf(OBO_FIELDS, REFUSED, { ...TOKEN_MEMBERS, token_type: 'n_a' }),
  ),
  row('stt-needs-actor', 'ok', 'a refusal passes', transfer([], REFUSED, SESSION_TRANSFER_MEMBERS, {})),
  row(
    'stt-needs-actor',
    'actorless-sent',
    'a request fails',
    transfer([['audience', AUDIENCE]], TOKENS, SESSION_TRANSFER_MEMBERS, {}),
  ),
  row('stt-audience', 'ok', 'the audience of the domain passes', transfer(STT_FIELDS)),
  row(
    'stt-audience',
    'stt-audience-wrong',
    'another fails',
    transfer([...Object.entries(ACTOR), ['audience', 'urn:auth0:session_transfer']]),
  ),
  row('stt-other-type-refused', 'ok', 'a refusal passes', transfer(STT_FIELDS, REFUSED, TOKEN_MEMBERS)),
  row('stt-other-type-refused', 'other-type-accepted', 'tokens fail', transfer(STT_FIELDS, TOKENS, TOKEN_MEMBERS)),
  row(
    'stt-other-type-refused',
    'silent',
    'an answer without a type is not judged',
    transfer(STT_FIELDS, TOKENS, { ...SESSION_TRANSFER_MEMBERS, issued_token_type: undefined }),
  ),
  row('stt-not-applicable-accepted', 'ok', 'tokens pass', transfer(STT_FIELDS)),
  row('stt-not-applicable-accepted', 'not-applicable-refused', 'a refusal fails', transfer(STT_FIELDS, REFUSED)),
  row(
    'stt-not-applicable-accepted',
    'silent',
    'an answer after the timeout is not judged',
    exchangeEvidence({ ...ACTOR, audience: AUDIENCE }, [sentWith(STT_FIELDS)], {
      op: 'session_transfer',
      observation: REFUSED,
      client: { timeout_ms: 30 },
      replies: [{ ...jsonReply(200, SESSION_TRANSFER_MEMBERS), delayMs: 400 }],
    }),
  ),
  row('redirect-carries-token', 'ok', 'the token passes', redirectEvidence(APP, valued(BUILT))),
  row('redirect-carries-token', 'redirect-token-lost', 'no token fails', redirectEvidence(APP, valued(APP))),
  row(
    'redirect-carries-token',
    'redirect-token-changed',
    'a token that was not encoded fails',
    redirectEvidence(APP, valued(`${APP}&session_transfer_token=canary-stt+1`)),
  ),
  row('redirect-carries-token', 'safe-target-refused', 'a refusal fails', redirectEvidence(APP, REFUSED)),
  row(
    'redirect-carries-token',
    'silent',
    'a target with a fragment may be refused',
    redirectEvidence('https://app.example.com/#a', REFUSED),
  ),
  row(
    'redirect-keeps-target',
    'target-changed',
    'a lost query fails',
    redirectEvidence(APP, valued('https://app.example.com/login?session_transfer_token=canary-stt%2B1')),
  ),
  row('redirect-keeps-target', 'ok', 'the same target passes', redirectEvidence(APP, valued(BUILT))),
  row('redirect-carries-organization', 'ok', 'none passes', redirectEvidence(APP, valued(BUILT))),
  row(
    'redirect-carries-organization',
    'organization-made-up',
    'one that nobody gave fails',
    redirectEvidence(APP, valued(`${BUILT}&organization=undefined`)),
  ),
  row(
    'redirect-carries-organization',
    'organization-lost',
    'one that is lost fails',
    redirectEvidence(APP, valued(BUILT), 'org_1'),
  ),
  row(
    'redirect-unsafe-target-refused',
    'unsafe-target-accepted',
    'a URL in clear text fails',
    redirectEvidence('http://app.example.com', valued('http://app.example.com/?session_transfer_token=x')),
  ),
  row('redirect-unsafe-target-refused', 'ok', 'a refusal passes', redirectEvidence('/login', REFUSED)),
  row('redirect-unsafe-target-refused', 'silent', 'loopback is safe', redirectEvidence('http://[::1]/', valued('x'))),
]
