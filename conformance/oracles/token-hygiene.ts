import type { ExchangeEvidence } from '../case.js'
import { refusesForNothingElse } from './plain-extras.js'
import { fail, pass, unscored, type Reason, type Verdict } from './verdict.js'
import { stageOf, valuesOf } from './wire-view.js'

const BLANK = /^[\t\n\v\f\r ]*$/
const PADDED = /^[\t\n\v\f\r ]|[\t\n\v\f\r ]$/
const PREFIXED = /^Bearer /
const SCHEME = /^(?:bearer|dpop)(?:\s|$)/iu
const VISIBLE = /^[\x21-\x7e]+$/
const UNUSUAL = /\p{Control}|\p{Surrogate}|^\s|\s$|^\ufeff|\ufeff$/u

/** The rules on what a subject token may be, and on how it arrives. */
export function judgeSubject(evidence: ExchangeEvidence): Verdict[] {
  const { subject_token: token } = evidence.input
  if (BLANK.test(token)) return [judgeRefused(evidence, 'blank-subject-refused', 'blank-token-sent')]
  if (PREFIXED.test(token)) return [judgeCleaned(evidence, 'prefixed-subject-refused', 'prefixed-token-sent')]
  if (PADDED.test(token)) return [judgeCleaned(evidence, 'padded-subject-refused', 'padded-token-sent')]
  return SCHEME.test(token) || UNUSUAL.test(token) ? [] : judgeArrival(evidence)
}

/** A rule on what must be refused before any request. */
export function judgeRefused(
  evidence: ExchangeEvidence,
  requirement: Verdict['requirement'],
  sent: Reason,
  detail?: string,
): Verdict {
  switch (stageOf(evidence)) {
    case 'refused':
      return pass(requirement)
    case 'crashed':
      return fail(requirement, 'crashed', detail)
    case 'silent':
      return fail(requirement, 'accepted-without-request', detail)
    case 'sent':
      return fail(requirement, sent, detail)
  }
}

/** The same where to repair the token is another way. */
function judgeCleaned(evidence: ExchangeEvidence, requirement: Verdict['requirement'], sent: Reason): Verdict {
  const { input, wire } = evidence
  const asGiven = wire.exchanges.some((request) => valuesOf(request, 'subject_token').includes(input.subject_token))
  if (stageOf(evidence) === 'sent' && !asGiven) return unscored(requirement, 'token-repaired')
  return judgeRefused(evidence, requirement, sent)
}

function judgeArrival(evidence: ExchangeEvidence): Verdict[] {
  const { op, input, wire } = evidence
  const { subject_token: token, subject_token_type: type, ...rest } = input
  // An on-behalf-of call has a rule of its own, and an extra parameter with the name of the subject has others.
  if (op === 'on_behalf_of' || (rest.extra ?? []).some(([name]) => /subject/i.test(name))) return []
  if (stageOf(evidence) !== 'sent') {
    // A refusal says something of the subject only when there is nothing else to refuse.
    const isAlone =
      refusesForNothingElse(evidence) && op === 'exchange' && Object.keys(rest).length === 0 && VISIBLE.test(token)
    return isAlone ? [fail('subject-arrives', 'subject-refused')] : []
  }
  for (const request of wire.exchanges) {
    const tokens = valuesOf(request, 'subject_token')
    const types = valuesOf(request, 'subject_token_type')
    if (tokens.length === 0 || types.length === 0) return [fail('subject-arrives', 'subject-lost')]
    if (tokens.some((item) => item !== token) || types.some((item) => item !== type)) {
      return [fail('subject-arrives', 'subject-changed')]
    }
  }
  return [pass('subject-arrives')]
}
