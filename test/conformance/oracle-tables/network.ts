import type { Observation } from '../../../conformance/adapter.js'
import { jsonReply, textReply, TOKEN_MEMBERS } from '../../../conformance/replies.js'
import type { WireReply } from '../../../conformance/wire-program.js'
import { exchangeEvidence, REFUSED, sentWith, TOKENS, type EvidenceDetails } from '../evidence.js'
import { row, type OracleRow } from './row.js'

function answered(
  reply: WireReply,
  observation: Observation,
  details: EvidenceDetails & { readonly times?: number } = {},
) {
  const { times = 1, ...rest } = details
  return exchangeEvidence(
    {},
    Array.from({ length: times }, () => sentWith([])),
    { replies: [reply], observation, ...rest },
  )
}

function failed(message: string, stack?: string): Observation {
  return { outcome: 'rejected', error: { class: 'SdkError', message, ...(stack === undefined ? {} : { stack }) } }
}

/** An exchange at a server that nobody vouches for. */
function atImpostor(observation: Observation, ...urls: readonly string[]) {
  const impostor = 'https://impostor.example.com/'
  const others = urls.map((url) => ({ url: impostor + url, method: 'GET' }))
  return { ...exchangeEvidence({}, [], { observation, others }), impostor }
}

const AWAY: WireReply = { status: 307, headers: [['location', 'https://elsewhere.example/']] }
const BODY = new TextEncoder().encode('subject_token=canary-subject')
const OK = jsonReply(200, TOKEN_MEMBERS)
const BLOCKED = jsonReply(429, { error: 'too_many_attempts' })
const LATE: WireReply = { ...OK, delayMs: 400 }
const LATE_BODY: WireReply = { ...OK, bodyDelayMs: 400 }
const QUOTED = jsonReply(400, { error: 'invalid_request', error_description: 'not good: canary-subject' })

export const NETWORK_ROWS: readonly OracleRow[] = [
  row('credentials-stay-at-origin', 'ok', 'a redirect that is not followed passes', answered(AWAY, REFUSED)),
  row('credentials-stay-at-origin', 'silent', 'without a redirect there is nothing to judge', answered(OK, TOKENS)),
  row(
    'credentials-stay-at-origin',
    'credentials-redirected',
    'a body that is sent on fails',
    answered(AWAY, REFUSED, { others: [{ url: 'https://elsewhere.example/', body: BODY }] }),
  ),
  row(
    'credentials-stay-at-origin',
    'credentials-redirected',
    'a header that is sent on fails',
    answered(AWAY, REFUSED, {
      others: [{ url: 'https://elsewhere.example/', headers: [['authorization', 'Basic x']], body: new Uint8Array() }],
    }),
  ),
  row(
    'credentials-stay-at-origin',
    'ok',
    'a bare request elsewhere passes',
    answered(AWAY, REFUSED, { others: [{ url: 'https://elsewhere.example/', body: new Uint8Array() }] }),
  ),
  row('server-certificate-checked', 'ok', 'an error without a request passes', atImpostor(REFUSED)),
  row(
    'server-certificate-checked',
    'impostor-asked',
    'a request for metadata fails',
    atImpostor(REFUSED, '.well-known/openid-configuration'),
  ),
  row('server-certificate-checked', 'silent', 'tokens without a request say nothing', atImpostor(TOKENS)),
  row('subject-arrives', 'silent', 'no other rule judges who refuses an impostor', atImpostor(REFUSED)),
  row('broken-answer-is-an-error', 'ok', 'an error passes', answered({ ...OK, reset: true }, REFUSED)),
  row(
    'broken-answer-is-an-error',
    'broken-answer-accepted',
    'tokens from half an answer fail',
    answered({ ...OK, truncateAfter: 5 }, TOKENS),
  ),
  row(
    'broken-answer-is-an-error',
    'silent',
    'a cut after the end is none',
    answered({ ...OK, truncateAfter: 5000 }, TOKENS),
  ),
  row('too-many-attempts-not-repeated', 'ok', 'one request passes', answered(BLOCKED, REFUSED)),
  row('too-many-attempts-not-repeated', 'refusal-repeated', 'two fail', answered(BLOCKED, REFUSED, { times: 2 })),
  row(
    'too-many-attempts-not-repeated',
    'silent',
    'another refusal may be tried again',
    answered(jsonReply(400, { error: 'invalid_request' }), REFUSED, { times: 2 }),
  ),
  row('timeout-kept', 'ok', 'an error passes', answered(LATE, REFUSED, { client: { timeout_ms: 30 } })),
  row('timeout-kept', 'late-answer-accepted', 'tokens fail', answered(LATE, TOKENS, { client: { timeout_ms: 30 } })),
  row(
    'timeout-kept',
    'ok',
    'an error for the body passes',
    answered(LATE_BODY, REFUSED, { client: { timeout_ms: 30 } }),
  ),
  row(
    'timeout-kept',
    'late-body-accepted',
    'tokens from a late body fail',
    answered(LATE_BODY, TOKENS, { client: { timeout_ms: 30 } }),
  ),
  row(
    'timeout-kept',
    'silent',
    'two waits that are each within the timeout may be accepted',
    answered({ ...OK, delayMs: 20, bodyDelayMs: 20 }, TOKENS, { client: { timeout_ms: 30 } }),
  ),
  row('timeout-kept', 'silent', 'without a timeout there is none to keep', answered(LATE, TOKENS)),
  row('no-secret-in-message', 'ok', 'plain words pass', answered(QUOTED, failed('refused'))),
  row(
    'no-secret-in-message',
    'secret-in-message',
    'a subject token fails',
    answered(textReply(500, '', 'text/plain'), failed('no: canary-subject')),
  ),
  row(
    'no-secret-in-message',
    'secret-in-message',
    'the client secret fails',
    answered(OK, failed('no: web-app-secret')),
  ),
  row(
    'no-secret-in-message',
    'ok',
    'a parser may quote the answer, and the token in it',
    answered(textReply(200, 'canary-issued-1', 'text/plain'), failed('cannot parse canary-issued-1')),
  ),
  row(
    'no-secret-in-message',
    'ok',
    'a parser may quote what the answer repeats of the request',
    answered(jsonReply(500, { request: 'canary-subject' }), failed('no: {"request":"canary-subject"}')),
  ),
  row(
    'no-secret-in-message',
    'ok',
    'what the server wrote itself is not held against the SDK',
    answered(QUOTED, failed('not good: canary-subject')),
  ),
  row(
    'no-secret-in-stack',
    'secret-in-stack',
    'a stack with a token fails',
    answered(OK, failed('no', 'Error: no\n  at f(canary-subject)')),
  ),
  row(
    'no-secret-in-stack',
    'ok',
    'what the message says is not counted twice',
    answered(OK, failed('no: canary-subject', 'Error: no: canary-subject\n  at f()')),
  ),
  row('no-secret-in-url', 'ok', 'a bare URL passes', answered(OK, TOKENS)),
  row(
    'no-secret-in-url',
    'secret-in-url',
    'a token in it fails',
    answered(OK, TOKENS, { url: 'https://tenant.example.com/oauth/token?subject_token=canary-subject' }),
  ),
  row(
    'no-secret-printed',
    'secret-printed',
    'a token on standard error fails',
    answered(OK, TOKENS, { printed: 'canary-subject' }),
  ),
  row(
    'no-secret-printed',
    'secret-printed',
    'an issued token on standard error fails',
    answered(OK, TOKENS, { printed: TOKEN_MEMBERS.access_token }),
  ),
  row(
    'no-secret-in-stack',
    'ok',
    'a stack may quote the answer',
    answered(OK, failed('no', `Error: no\n  at parse(${TOKEN_MEMBERS.access_token})`)),
  ),
  row('no-secret-printed', 'ok', 'other words pass', answered(OK, TOKENS, { printed: 'exchanging' })),
  row('no-secret-printed', 'silent', 'what is not known is not judged', answered(OK, TOKENS)),
]
