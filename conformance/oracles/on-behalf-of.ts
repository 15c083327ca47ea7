import { ACCESS_TOKEN_TYPE } from '../../generated/constants.js'
import type { ExchangeEvidence } from '../case.js'
import { answerOf } from './reply-facts.js'
import { fail, pass, unscored, type Verdict } from './verdict.js'
import { stageOf, valuesOf } from './wire-view.js'

const TYPES = ['subject_token_type', 'requested_token_type'] as const
const VISIBLE = /^[\x21-\x7e]+$/

/** The rules on on-behalf-of calls. */
export function judgeOnBehalfOf(evidence: ExchangeEvidence): Verdict[] {
  if (evidence.op !== 'on_behalf_of') return []
  return [...judgeTypes(evidence), ...judgeParameters(evidence), ...judgeResult(evidence)]
}

function judgeTypes({ wire }: ExchangeEvidence): Verdict[] {
  if (wire.exchanges.length === 0) return []
  const areRight = wire.exchanges.every((request) =>
    TYPES.every((name) => {
      const sent = valuesOf(request, name)
      return sent.length > 0 && sent.every((value) => value === ACCESS_TOKEN_TYPE)
    }),
  )
  return [areRight ? pass('obo-token-types') : fail('obo-token-types', 'token-types-wrong')]
}

function judgeParameters(evidence: ExchangeEvidence): Verdict[] {
  const requirement = 'obo-parameters-arrive'
  const { input, wire } = evidence
  if (!VISIBLE.test(input.subject_token) || /^(?:bearer|dpop)$/i.test(input.subject_token)) return []
  // An SDK may want to read the access token before it exchanges it.
  if (stageOf(evidence) !== 'sent') return [unscored(requirement, 'call-refused')]
  for (const name of ['subject_token', 'audience', 'scope'] as const) {
    const given = input[name]
    const expected = given === undefined ? [] : [given]
    for (const request of wire.exchanges) {
      const sent = valuesOf(request, name)
      if (given !== undefined && sent.length === 0) return [fail(requirement, 'option-lost', name)]
      if (sent.some((value) => !expected.includes(value))) return [fail(requirement, 'option-changed', name)]
    }
  }
  return [pass(requirement)]
}

function judgeResult(evidence: ExchangeEvidence): Verdict[] {
  const { observation } = evidence
  const fact = answerOf(evidence)
  if (fact?.kind !== 'tokens') return []
  const { members } = fact
  const tokens = observation.outcome === 'tokens' ? observation.tokens : undefined
  const verdicts: Verdict[] = []
  if (/^n_a$/i.test(String(members['token_type']))) {
    const requirement = 'obo-not-applicable-refused'
    verdicts.push(tokens ? fail(requirement, 'not-applicable-accepted') : pass(requirement))
  }
  if (tokens && (members['id_token'] !== undefined || members['refresh_token'] !== undefined)) {
    const isNarrow = tokens.id_token === undefined && tokens.refresh_token === undefined
    verdicts.push(isNarrow ? pass('obo-result-is-narrow') : fail('obo-result-is-narrow', 'further-tokens-given'))
  }
  return verdicts
}
