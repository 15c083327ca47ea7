import type { ExchangeEvidence } from '../case.js'
import { isAccident } from './crash.js'
import { answerOf } from './reply-facts.js'
import { fail, pass, type Verdict } from './verdict.js'

/** The rules on what an SDK makes of a refusal, and of an answer that is no answer. */
export function judgeErrors(evidence: ExchangeEvidence): Verdict[] {
  const fact = answerOf(evidence)
  if (!fact) return []
  if (fact.kind === 'refusal') return [...judgeRefusal(evidence), ...judgeCode(evidence, fact)]
  if ((fact.kind === 'malformed' || fact.kind === 'failure') && !fact.isJson) return judgeForeign(evidence)
  return []
}

function judgeRefusal({ observation }: ExchangeEvidence): Verdict[] {
  const requirement = 'oauth-error-is-an-error'
  return [observation.outcome === 'rejected' ? pass(requirement) : fail(requirement, 'refusal-accepted')]
}

function judgeCode(
  { observation }: ExchangeEvidence,
  { error, mediaType, status }: { readonly error: string; readonly mediaType: string; readonly status: number },
): Verdict[] {
  const requirement = 'oauth-error-code-kept'
  // RFC 6749, section 5.2 has the code in answers of the four hundreds.
  if (observation.outcome !== 'rejected' || status >= 500 || !/^application\/json\b/i.test(mediaType)) return []
  const { oauth_error: given } = observation.error
  if (given === error) return [pass(requirement)]
  return [fail(requirement, given === undefined ? 'error-code-lost' : 'error-code-changed', error)]
}

function judgeForeign({ observation }: ExchangeEvidence): Verdict[] {
  const requirement = 'foreign-answer-is-an-error'
  // Tokens from such an answer are judged by the rules on responses.
  if (observation.outcome !== 'rejected') return []
  return [isAccident(observation.error) ? fail(requirement, 'crashed', observation.error.class) : pass(requirement)]
}
