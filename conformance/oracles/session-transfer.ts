import { SESSION_TRANSFER_TOKEN_TYPE } from '../../generated/constants.js'
import type { ExchangeEvidence } from '../case.js'
import { answerOf } from './reply-facts.js'
import { judgeRefused } from './token-hygiene.js'
import { fail, pass, type Verdict } from './verdict.js'
import { valuesOf } from './wire-view.js'

/** The rules on calls for a session transfer token. */
export function judgeSessionTransfer(evidence: ExchangeEvidence): Verdict[] {
  if (evidence.op !== 'session_transfer') return []
  const { input, wire } = evidence
  if (input.actor_token === undefined && input.actor_token_type === undefined) {
    return [judgeRefused(evidence, 'stt-needs-actor', 'actorless-sent')]
  }
  if (wire.exchanges.length === 0) return []
  const isRight = wire.exchanges.every((request) => {
    const [sent = '', ...further] = valuesOf(request, 'audience')
    return further.length === 0 && isSessionTransferAudience(sent, evidence.issuer)
  })
  return [isRight ? pass('stt-audience') : fail('stt-audience', 'stt-audience-wrong'), ...judgeAnswer(evidence)]
}

/** Whether it asks the tenant at this URL for a session transfer token. */
export function isSessionTransferAudience(audience: string, url: string): boolean {
  // An SDK whose domain has a port may leave it in.
  const { host, hostname } = new URL(url)
  return [host, hostname].some((domain) => audience === `urn:${domain}:session_transfer`)
}

function judgeAnswer(evidence: ExchangeEvidence): Verdict[] {
  const fact = answerOf(evidence)
  if (fact?.kind !== 'tokens' || !fact.isWellTyped) return []
  const hasTokens = evidence.observation.outcome === 'tokens'
  const { issued_token_type: issued, token_type: usage } = fact.members
  if (issued === undefined) return []
  if (issued !== SESSION_TRANSFER_TOKEN_TYPE) {
    return [hasTokens ? fail('stt-other-type-refused', 'other-type-accepted') : pass('stt-other-type-refused')]
  }
  if (usage !== 'N_A') return []
  return [
    hasTokens ? pass('stt-not-applicable-accepted') : fail('stt-not-applicable-accepted', 'not-applicable-refused'),
  ]
}
