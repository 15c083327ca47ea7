import { ID_TOKEN_TYPE, JWT_TOKEN_TYPE } from '../../generated/constants.js'
import type { ExchangeEvidence } from '../case.js'
import type { WireRequest } from '../wire.js'
import { refusesForNothingElse } from './plain-extras.js'
import { fail, pass, unscored, type Verdict } from './verdict.js'
import { stageOf, valuesOf } from './wire-view.js'

const COMPACT_JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/
const BLANK = /^[\t\n\v\f\r ]*$/

/** The rules on actor_token and actor_token_type, for an SDK with typed actor options. */
export function judgeActor(evidence: ExchangeEvidence): Verdict[] {
  const { actor_token: token, actor_token_type: type, extra = [] } = evidence.input
  // An extra parameter with the name of the actor is judged by the rules on overrides.
  if (extra.some(([name]) => /actor/i.test(name))) return []
  return [...judgePairing(evidence), ...judgeGiven(evidence, token, type)]
}

/** RFC 8693, section 2.1, on what was sent, whatever was given. */
function judgePairing({ input, wire }: ExchangeEvidence): Verdict[] {
  const sent = wire.exchanges.map(sentPair)
  const given = input.actor_token !== undefined || input.actor_token_type !== undefined
  if (sent.length === 0 || (!given && sent.every(({ token, type }) => !token && !type))) return []
  return [
    sent.some(({ token, type }) => token && !type)
      ? fail('actor-token-has-type', 'actor-token-without-type')
      : pass('actor-token-has-type'),
    sent.some(({ token, type }) => type && !token)
      ? fail('actor-type-has-token', 'actor-type-without-token')
      : pass('actor-type-has-token'),
  ]
}

function judgeGiven(evidence: ExchangeEvidence, token: string | undefined, type: string | undefined): Verdict[] {
  if (token === undefined && type === undefined) return []
  if (token === undefined || type === undefined) {
    // A blank half that stands alone may be read as not given.
    return BLANK.test(token ?? type ?? '') ? [] : [judgeHalf(evidence)]
  }
  return BLANK.test(token) || BLANK.test(type) ? [judgeBlank(evidence)] : judgePair(evidence, token, type)
}

function judgeHalf(evidence: ExchangeEvidence): Verdict {
  const requirement = 'unpaired-actor-refused'
  const stage = stageOf(evidence)
  if (stage === 'refused') return pass(requirement)
  if (stage === 'crashed') return fail(requirement, 'crashed')
  if (stage === 'silent') return fail(requirement, 'accepted-without-request')
  const sent = evidence.wire.exchanges.map(sentPair)
  const isDefault = evidence.op === 'session_transfer' && evidence.input.actor_token !== undefined
  if (sent.some(({ token, type }) => token && type)) {
    // A session transfer has its actor signed in, so that an ID token can be what an SDK takes it for.
    return isDefault ? unscored(requirement, 'documented-default') : fail(requirement, 'unpaired-actor-completed')
  }
  if (sent.some(({ token, type }) => token || type)) return unscored(requirement, 'judged-elsewhere')
  return fail(requirement, 'unpaired-actor-dropped')
}

function judgeBlank(evidence: ExchangeEvidence): Verdict {
  const requirement = 'blank-actor-refused'
  const stage = stageOf(evidence)
  if (stage === 'refused') return pass(requirement)
  if (stage === 'crashed') return fail(requirement, 'crashed')
  if (stage === 'silent') return fail(requirement, 'accepted-without-request')
  const some = evidence.wire.exchanges.map(sentPair).some(({ token, type }) => token || type)
  return fail(requirement, some ? 'blank-actor-sent' : 'blank-actor-dropped')
}

function judgePair(evidence: ExchangeEvidence, token: string, type: string): Verdict[] {
  const requirement = 'actor-pair-arrives'
  const stage = stageOf(evidence)
  // A refusal says something of the pair only when there is nothing else to refuse.
  if (stage === 'refused' || stage === 'crashed') {
    if (!refusesForNothingElse(evidence) || isOfNarrowType(evidence, token, type)) return []
    return [fail(requirement, 'actor-pair-refused')]
  }
  if (stage === 'silent') return [fail(requirement, 'accepted-without-request')]
  for (const request of evidence.wire.exchanges) {
    const tokens = valuesOf(request, 'actor_token')
    const types = valuesOf(request, 'actor_token_type')
    if (is(tokens, token) && is(types, type)) continue
    if (tokens.length === 0 && types.length === 0) return [fail(requirement, 'actor-pair-lost')]
    if (is(tokens, type) && is(types, token)) return [fail(requirement, 'actor-pair-swapped')]
    if (tokens.length === 0 || types.length === 0) return [unscored(requirement, 'judged-elsewhere')]
    return [fail(requirement, 'actor-pair-changed')]
  }
  return [pass(requirement)]
}

/** Whether its type says more of a token than it keeps: a JWT (RFC 8693, section 3), or who is signed in. */
function isOfNarrowType({ op }: ExchangeEvidence, token: string, type: string): boolean {
  if (op === 'session_transfer' && type !== ID_TOKEN_TYPE) return true
  return (type === JWT_TOKEN_TYPE || type === ID_TOKEN_TYPE) && !COMPACT_JWT.test(token)
}

function is(values: readonly string[], value: string): boolean {
  return values.length === 1 && values[0] === value
}

function sentPair(request: WireRequest): { readonly token: boolean; readonly type: boolean } {
  return {
    token: valuesOf(request, 'actor_token').length > 0,
    type: valuesOf(request, 'actor_token_type').length > 0,
  }
}
