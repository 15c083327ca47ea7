import { ACCESS_TOKEN_TYPE, SESSION_TRANSFER_TOKEN_TYPE } from '../../generated/constants.js'
import type { Observation } from '../adapter.js'
import type { ExchangeEvidence } from '../case.js'
import { answerOf, type ReplyFact, type TokenFact } from './reply-facts.js'
import { fail, pass, unscored, type Verdict } from './verdict.js'

type Tokens = Extract<Observation, { outcome: 'tokens' }>['tokens']

/** How far the clock of a machine may be off, and how much an SDK may take off a lifetime, in seconds. */
const CLOCK_TOLERANCE = 60

/** The rules on what an SDK makes of an answer. */
export function judgeResponse(evidence: ExchangeEvidence): Verdict[] {
  const fact = answerOf(evidence)
  if (!fact) return []
  const { observation } = evidence
  const tokens = observation.outcome === 'tokens' ? observation.tokens : undefined
  if (fact.kind === 'tokens') return judgeTokens(evidence, fact, tokens)
  // RFC 6749, section 5.1: a client ignores what it does not know, and section 5.2 has no error with this status.
  if (fact.kind === 'error-in-success' && fact.hasToken) return [unscored('error-member-refused', 'error-beside-token')]
  const rule = RULES[fact.kind]?.(fact)
  if (!rule) return []
  return [tokens ? fail(rule.requirement, rule.reason, rule.detail) : pass(rule.requirement)]
}

interface Rule {
  readonly requirement: Verdict['requirement']
  readonly reason: Verdict['reason']
  readonly detail?: string
}

const RULES: Partial<Record<ReplyFact['kind'], (fact: ReplyFact) => Rule | undefined>> = {
  malformed: (fact) => ({
    requirement: 'malformed-success-refused',
    reason: 'malformed-response-accepted',
    ...(fact.kind === 'malformed' ? { detail: fact.problem } : {}),
  }),
  'error-in-success': () => ({ requirement: 'error-member-refused', reason: 'error-member-ignored' }),
  failure: (fact) =>
    fact.kind === 'failure' && fact.hasTokens
      ? { requirement: 'only-success-gives-tokens', reason: 'failed-status-accepted' }
      : undefined,
}

function judgeTokens(evidence: ExchangeEvidence, fact: TokenFact, tokens: Tokens | undefined): Verdict[] {
  if (!tokens) return isStandard(evidence, fact) ? [judgeRefusal(fact)] : []
  return [
    tokens.access_token === fact.members.access_token
      ? pass('issued-token-given')
      : fail('issued-token-given', 'issued-token-changed'),
    ...(fact.hasUnknownMembers ? [pass('unknown-members-ignored')] : []),
    ...(isOddSpelling(fact) ? [pass('media-type-in-any-spelling')] : []),
    ...judgeLifetime(evidence, fact, tokens),
    ...judgeScope(evidence, fact, tokens),
  ]
}

/** Whether nothing in an answer gives a reason to refuse it. */
function isStandard({ op, input, signed }: ExchangeEvidence, { members, mediaType, isWellTyped }: TokenFact): boolean {
  if (!isWellTyped || !/^application\/json\s*(?:;|$)/i.test(mediaType)) return false
  const { issued_token_type: issued, token_type: usage, id_token: idToken, expires_in: lifetime } = members
  // A lifetime of 0 is legal, and so is to refuse a token that has ended.
  if (!lifetime || typeof usage !== 'string') return false
  if (op === 'session_transfer') return issued === SESSION_TRANSFER_TOKEN_TYPE && /^n_a$/i.test(usage)
  const asked = input.requested_token_type ?? ACCESS_TOKEN_TYPE
  if (issued !== ACCESS_TOKEN_TYPE || asked !== ACCESS_TOKEN_TYPE || !/^bearer$/i.test(usage)) return false
  // An ID token can be refused for what it says, and the actor that it does not name can be missed.
  if (idToken === undefined) return true
  const facts = typeof idToken === 'string' ? signed.get(idToken) : undefined
  return facts !== undefined && facts.problem === undefined && input.organization === undefined
}

function judgeRefusal(fact: TokenFact): Verdict {
  if (fact.hasUnknownMembers) return fail('unknown-members-ignored', 'unknown-member-refused')
  if (isOddSpelling(fact)) return fail('media-type-in-any-spelling', 'media-type-refused', fact.mediaType)
  return fail('issued-token-given', 'valid-response-refused')
}

function isOddSpelling({ mediaType }: TokenFact): boolean {
  return mediaType !== 'application/json' && /^application\/json\s*(?:;|$)/i.test(mediaType)
}

function judgeLifetime({ time }: ExchangeEvidence, { members }: TokenFact, tokens: Tokens): Verdict[] {
  const { expires_in: seconds, expires_at: end } = tokens
  const { expires_in: given } = members
  if (given === undefined) {
    if (seconds === undefined && end === undefined) return [pass('lifetime-not-invented')]
    const isNumber = typeof (seconds ?? end) === 'number'
    return [fail('lifetime-not-invented', isNumber ? 'lifetime-invented' : 'lifetime-not-a-number')]
  }
  if (typeof given !== 'number') return []
  if (seconds === undefined && end === undefined) return [unscored('lifetime-kept', 'not-given')]
  // What is left of it at the end of the call, in whole seconds, is the same lifetime.
  const least = given - (time.to - time.from) - 1
  const isSame = seconds === undefined || (seconds !== null && seconds <= given && seconds >= least)
  const isNear =
    end === undefined ||
    (end !== null && end >= time.from + given - CLOCK_TOLERANCE && end <= time.to + given + CLOCK_TOLERANCE)
  return [isSame && isNear ? pass('lifetime-kept') : fail('lifetime-kept', 'lifetime-changed')]
}

function judgeScope({ input }: ExchangeEvidence, { members }: TokenFact, tokens: Tokens): Verdict[] {
  const { scope: granted } = members
  if (typeof granted !== 'string' || granted === input.scope) return []
  if (tokens.scope === undefined) return [unscored('granted-scope-kept', 'not-given')]
  // The order of scopes does not matter (RFC 6749, section 3.3).
  const inOrder = (scope: string): string => scope.split(' ').sort().join(' ')
  return [
    inOrder(tokens.scope) === inOrder(granted)
      ? pass('granted-scope-kept')
      : fail('granted-scope-kept', 'scope-not-as-granted'),
  ]
}
