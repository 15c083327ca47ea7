import type { ExchangeInput, Observation } from '../../../conformance/adapter.js'
import type { ReExchangeEvidence } from '../../../conformance/case.js'
import type { FormFields } from '../../../conformance/form.js'
import { jsonReply, TOKEN_MEMBERS } from '../../../conformance/replies.js'
import { exchangeEvidence, REFUSED, sentWith, sequenceEvidence, valued, type EvidenceDetails } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const REPLIES = ['token-a', 'token-b'].map((token) => jsonReply(200, { ...TOKEN_MEMBERS, access_token: token }))

/** One call, the token that it gave, and what it sent. */
function call(
  input: Partial<ExchangeInput>,
  token: string,
  fields: FormFields | undefined,
  details: EvidenceDetails = {},
) {
  const observation: Observation = { outcome: 'tokens', tokens: { access_token: token } }
  return exchangeEvidence(input, fields ? [sentWith(fields)] : [], { observation, replies: REPLIES, ...details })
}

const READ = { scope: 'read' }
const WRITE = { scope: 'write' }
const ASSERTION = (value: string): FormFields => [['client_assertion', value]]
/** Two assertions with these claims differ in their signatures. */
const SIGNED = (claims: object, signature: string): FormFields =>
  ASSERTION(`e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`)
const JWT: EvidenceDetails = { client: { authentication: 'private_key_jwt' } }
const STT: EvidenceDetails = { op: 'session_transfer' }

function reExchanged(before: Observation, after: Observation): ReExchangeEvidence {
  return { case: { kind: 're_exchange', claims: { json: '{}' }, next: { json: '{}' }, actor: 'new' }, before, after }
}

export const SEQUENCE_ROWS: readonly OracleRow[] = [
  row(
    'no-token-of-another-call',
    'ok',
    'each with its own token passes',
    sequenceEvidence('other-call', [
      call(READ, 'token-a', [['scope', 'read']]),
      call(WRITE, 'token-b', [['scope', 'write']]),
    ]),
  ),
  row(
    'no-token-of-another-call',
    'token-of-another-call',
    'a token out of the wrong cache fails',
    sequenceEvidence('other-call', [call(READ, 'token-x', [['scope', 'read']]), call(WRITE, 'token-a', undefined)]),
  ),
  row(
    'no-token-of-another-call',
    'token-of-another-call',
    'a token of a call with a scope fails for one without',
    sequenceEvidence('other-call', [call(READ, 'token-x', [['scope', 'read']]), call({}, 'token-a', [])]),
  ),
  row(
    'no-token-of-another-call',
    'ok',
    'a token of its own passes, whatever was asked for it',
    sequenceEvidence('other-call', [
      call(READ, 'token-a', [['scope', 'write']]),
      call(WRITE, 'token-b', [['scope', 'write']]),
    ]),
  ),
  row(
    'no-token-of-another-call',
    'token-of-another-call',
    'the token of the call before fails',
    sequenceEvidence('other-call', [
      call(READ, 'token-x', [['scope', 'read']]),
      call(WRITE, 'token-a', [['scope', 'write']]),
    ]),
  ),
  row(
    'no-token-of-another-call',
    'ok',
    'a default of the SDK passes',
    sequenceEvidence('other-call', [call({}, 'token-a', [['scope', 'openid']])]),
  ),
  row(
    'no-token-of-another-call',
    'ok',
    'scopes beside those of the call pass',
    sequenceEvidence('other-call', [call(READ, 'token-a', [['scope', 'openid read']])]),
  ),
  row(
    'no-token-of-another-call',
    'silent',
    'a token that nobody issued is judged elsewhere',
    sequenceEvidence('other-call', [call(READ, 'token-x', [['scope', 'read']])]),
  ),
  row(
    'no-token-of-another-call',
    'token-of-another-call',
    'a token of the same text under another type fails',
    sequenceEvidence('other-call', [
      call({}, 'token-x', undefined),
      call({ subject_token_type: 'urn:acme:other' }, 'token-a', []),
    ]),
  ),
  row(
    'same-input-same-request',
    'ok',
    'equal requests pass, whatever an SDK adds',
    sequenceEvidence('same-input', [call({}, 'a', [['request_no', '1']]), call({}, 'b', [['request_no', '2']])]),
  ),
  row(
    'same-input-same-request',
    'request-differs',
    'another scope fails',
    sequenceEvidence('same-input', [call({}, 'a', []), call({}, 'b', [['scope', 'x']])]),
  ),
  row(
    'same-input-same-request',
    'silent',
    'an answer from a cache is not judged',
    sequenceEvidence('same-input', [call({}, 'a', []), call({}, 'a', undefined)]),
  ),
  row(
    'assertion-used-once',
    'ok',
    'two assertions pass',
    sequenceEvidence('same-input', [call({}, 'a', ASSERTION('x'), JWT), call({}, 'b', ASSERTION('y'), JWT)]),
  ),
  row(
    'assertion-used-once',
    'assertion-repeated',
    'one for two requests fails',
    sequenceEvidence('same-input', [call({}, 'a', ASSERTION('x'), JWT), call({}, 'b', ASSERTION('x'), JWT)]),
  ),
  row(
    'assertion-used-once',
    'assertion-repeated',
    'one jti in two assertions fails',
    sequenceEvidence('same-input', [
      call({}, 'a', SIGNED({ jti: '1', iat: 1 }, 'x'), JWT),
      call({}, 'b', SIGNED({ jti: '1', iat: 2 }, 'y'), JWT),
    ]),
  ),
  row(
    'assertion-used-once',
    'ok',
    'two jti pass',
    sequenceEvidence('same-input', [
      call({}, 'a', SIGNED({ jti: '1' }, 'x'), JWT),
      call({}, 'b', SIGNED({ jti: '2' }, 'y'), JWT),
    ]),
  ),
  row(
    'stt-not-shared',
    'ok',
    'two requests pass',
    sequenceEvidence('same-input', [call({}, 'a', [], STT), call({}, 'b', [], STT)]),
  ),
  row(
    'stt-not-shared',
    'stt-shared',
    'one request for two calls fails',
    sequenceEvidence('same-input', [call({}, 'a', [], STT), call({}, 'a', undefined, STT)]),
  ),
  row(
    'unrelated-extra-changes-nothing',
    'ok',
    'the further parameter alone passes',
    sequenceEvidence('further-extra', [call({}, 'a', []), call({ extra: [['x', '1']] }, 'b', [['x', '1']])]),
  ),
  row(
    'unrelated-extra-changes-nothing',
    'other-parameters-changed',
    'another scope fails',
    sequenceEvidence('further-extra', [
      call({}, 'a', []),
      call({ extra: [['x', '1']] }, 'b', [
        ['x', '1'],
        ['scope', 'y'],
      ]),
    ]),
  ),
  row(
    'extra-order-changes-nothing',
    'ok',
    'another order of names passes',
    sequenceEvidence('other-order', [
      call({ extra: [['x', '1']] }, 'a', [
        ['x', '1'],
        ['scope', 'y'],
      ]),
      call({ extra: [['x', '1']] }, 'b', [
        ['scope', 'y'],
        ['x', '1'],
      ]),
    ]),
  ),
  row(
    'extra-order-changes-nothing',
    'order-changes-request',
    'a lost parameter fails',
    sequenceEvidence('other-order', [call({ extra: [['x', '1']] }, 'a', [['x', '1']]), call({}, 'b', [])]),
  ),
  row('re-exchange-keeps-chain', 'ok', 'one more actor passes', reExchanged(valued(['old']), valued(['new', 'old']))),
  row('re-exchange-keeps-chain', 'chain-changed', 'a lost actor fails', reExchanged(valued(['old']), valued(['new']))),
  row('re-exchange-keeps-chain', 'silent', 'a limit on the length is legal', reExchanged(valued(['old']), REFUSED)),
]
