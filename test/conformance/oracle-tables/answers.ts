import type { Observation } from '../../../conformance/adapter.js'
import { jsonReply, textReply, TOKEN_MEMBERS } from '../../../conformance/replies.js'
import type { WireReply } from '../../../conformance/wire-program.js'
import { exchangeEvidence, REFUSED, sentWith } from '../evidence.js'
import { row, type OracleRow } from './row.js'

type Tokens = Extract<Observation, { outcome: 'tokens' }>['tokens']

function answered(reply: WireReply, observation: Observation, scope?: string) {
  return exchangeEvidence(
    scope === undefined ? {} : { scope },
    [sentWith(scope === undefined ? [] : [['scope', scope]])],
    {
      replies: [reply],
      observation,
    },
  )
}

function gave(tokens: Partial<Tokens> = {}): Observation {
  return { outcome: 'tokens', tokens: { access_token: TOKEN_MEMBERS.access_token, ...tokens } }
}

function refused(error: Partial<Extract<Observation, { outcome: 'rejected' }>['error']>): Observation {
  return { outcome: 'rejected', error: { class: 'SdkError', message: 'no', ...error } }
}

const OK = jsonReply(200, TOKEN_MEMBERS)
const { expires_in: _lifetime, ...FOREVER } = TOKEN_MEMBERS
const REFUSAL = jsonReply(400, { error: 'invalid_request' })

export const ANSWER_ROWS: readonly OracleRow[] = [
  row('issued-token-given', 'ok', 'the issued token passes', answered(OK, gave())),
  row('issued-token-given', 'issued-token-changed', 'another fails', answered(OK, gave({ access_token: 'x' }))),
  row('issued-token-given', 'valid-response-refused', 'a refusal fails', answered(OK, REFUSED)),
  row(
    'issued-token-given',
    'silent',
    'a refusal without a token_type says nothing',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, token_type: undefined }), REFUSED),
  ),
  row(
    'issued-token-given',
    'silent',
    'a refusal without an issued_token_type says nothing',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, issued_token_type: undefined }), REFUSED),
  ),
  row(
    'issued-token-given',
    'silent',
    'a refusal of a lifetime of 0 says nothing',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, expires_in: 0 }), REFUSED),
  ),
  row(
    'unknown-members-ignored',
    'ok',
    'tokens beside unknown members pass',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, x: 1 }), gave()),
  ),
  row(
    'unknown-members-ignored',
    'unknown-member-refused',
    'a refusal beside them fails',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, x: 1 }), REFUSED),
  ),
  row(
    'media-type-in-any-spelling',
    'ok',
    'tokens from another spelling pass',
    answered(textReply(200, OK.body ?? '', 'Application/JSON'), gave()),
  ),
  row(
    'media-type-in-any-spelling',
    'media-type-refused',
    'a refusal of it fails',
    answered(textReply(200, OK.body ?? '', 'application/json; charset=utf-8'), REFUSED),
  ),
  row(
    'media-type-in-any-spelling',
    'silent',
    'a refusal of another media type says nothing',
    answered(textReply(200, OK.body ?? '', 'text/plain'), REFUSED),
  ),
  row('lifetime-not-invented', 'ok', 'no lifetime passes', answered(jsonReply(200, FOREVER), gave())),
  row('lifetime-not-invented', 'silent', 'a refusal passes too', answered(jsonReply(200, FOREVER), REFUSED)),
  row(
    'lifetime-not-invented',
    'lifetime-invented',
    'an hour fails',
    answered(jsonReply(200, FOREVER), gave({ expires_in: 3600 })),
  ),
  row(
    'lifetime-not-invented',
    'lifetime-not-a-number',
    'no number fails',
    answered(jsonReply(200, FOREVER), gave({ expires_at: null })),
  ),
  row('lifetime-kept', 'ok', 'the lifetime passes', answered(OK, gave({ expires_in: 7200, expires_at: 8201 }))),
  row('lifetime-kept', 'ok', 'half a minute less passes', answered(OK, gave({ expires_at: 8170 }))),
  row('lifetime-kept', 'ok', 'what is left of it passes', answered(OK, gave({ expires_in: 7199 }))),
  row('lifetime-kept', 'lifetime-changed', 'a minute less fails', answered(OK, gave({ expires_in: 7140 }))),
  row('lifetime-kept', 'lifetime-changed', 'milliseconds fail', answered(OK, gave({ expires_at: 8_200_000 }))),
  row('lifetime-kept', 'lifetime-changed', 'no number fails', answered(OK, gave({ expires_at: null }))),
  row('lifetime-kept', 'not-given', 'no lifetime is not scored', answered(OK, gave())),
  row(
    'granted-scope-kept',
    'ok',
    'the granted scope passes',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, scope: 'a' }), gave({ scope: 'a' }), 'a b'),
  ),
  row(
    'granted-scope-kept',
    'scope-not-as-granted',
    'the requested one fails',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, scope: 'a' }), gave({ scope: 'a b' }), 'a b'),
  ),
  row(
    'granted-scope-kept',
    'not-given',
    'no scope is not scored',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, scope: 'a' }), gave(), 'a b'),
  ),
  row('malformed-success-refused', 'ok', 'a refusal passes', answered(jsonReply(200, {}), REFUSED)),
  row(
    'malformed-success-refused',
    'malformed-response-accepted',
    'tokens from an array fail',
    answered(jsonReply(200, [TOKEN_MEMBERS]), gave()),
  ),
  row(
    'malformed-success-refused',
    'silent',
    'a token of a space is not judged',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, access_token: ' ' }), gave({ access_token: ' ' })),
  ),
  row(
    'error-member-refused',
    'error-member-ignored',
    'tokens from an error alone fail',
    answered(jsonReply(200, { error: 'x' }), gave()),
  ),
  row(
    'error-member-refused',
    'error-beside-token',
    'a token beside an error may be taken',
    answered(jsonReply(200, { ...TOKEN_MEMBERS, error: 'x' }), gave()),
  ),
  row('error-member-refused', 'ok', 'a refusal passes', answered(jsonReply(200, { error: 'x' }), REFUSED)),
  row(
    'only-success-gives-tokens',
    'failed-status-accepted',
    'tokens with the status 500 fail',
    answered(jsonReply(500, TOKEN_MEMBERS), gave()),
  ),
  row('only-success-gives-tokens', 'ok', 'a refusal passes', answered(jsonReply(401, TOKEN_MEMBERS), REFUSED)),
  row('oauth-error-is-an-error', 'ok', 'an error passes', answered(REFUSAL, REFUSED)),
  row('oauth-error-is-an-error', 'refusal-accepted', 'tokens fail', answered(REFUSAL, gave())),
  row('oauth-error-code-kept', 'ok', 'the code passes', answered(REFUSAL, refused({ oauth_error: 'invalid_request' }))),
  row('oauth-error-code-kept', 'error-code-lost', 'no code fails', answered(REFUSAL, REFUSED)),
  row(
    'oauth-error-code-kept',
    'error-code-changed',
    'another code fails',
    answered(REFUSAL, refused({ oauth_error: 'server_error' })),
  ),
  row(
    'oauth-error-code-kept',
    'silent',
    'a status of 500 is not judged',
    answered(jsonReply(500, { error: 'server_error' }), REFUSED),
  ),
  row(
    'foreign-answer-is-an-error',
    'ok',
    'an error of the SDK passes',
    answered(textReply(502, '<p>', 'text/html'), REFUSED),
  ),
  row(
    'foreign-answer-is-an-error',
    'crashed',
    'an error of the parser fails',
    answered(textReply(200, '', 'application/json'), refused({ class: 'SyntaxError' })),
  ),
]
