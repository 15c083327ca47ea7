import type { ExchangeEvidence } from '../case.js'
import { hasHarmlessExtras } from './plain-extras.js'
import { answerOf } from './reply-facts.js'
import { judgeRefused } from './token-hygiene.js'
import { fail, pass, type Verdict } from './verdict.js'
import { stageOf, valuesOf } from './wire-view.js'

const BLANK = /^[\t\n\v\f\r ]*$/
const ID = /^org_[A-Za-z0-9]+$/

/** The rules on the organization of an exchange. */
export function judgeOrganization(evidence: ExchangeEvidence): Verdict[] {
  const { organization } = evidence.input
  if (evidence.op !== 'exchange' || organization === undefined) return []
  if (BLANK.test(organization)) {
    return [judgeRefused(evidence, 'blank-organization-refused', 'blank-organization-sent')]
  }
  return ID.test(organization) ? [...judgeArrival(evidence, organization), ...judgeClaim(evidence, organization)] : []
}

function judgeArrival(evidence: ExchangeEvidence, organization: string): Verdict[] {
  if (stageOf(evidence) !== 'sent' || !hasHarmlessExtras(evidence)) return []
  for (const request of evidence.wire.exchanges) {
    const sent = valuesOf(request, 'organization')
    if (sent.length === 0) return [fail('organization-arrives', 'organization-lost')]
    if (sent.some((value) => value !== organization)) return [fail('organization-arrives', 'organization-changed')]
  }
  return [pass('organization-arrives')]
}

function judgeClaim(evidence: ExchangeEvidence, organization: string): Verdict[] {
  const requirement = 'organization-claim-checked'
  const fact = answerOf(evidence)
  const idToken = fact?.kind === 'tokens' ? fact.members['id_token'] : undefined
  const facts = typeof idToken === 'string' ? evidence.signed.get(idToken) : undefined
  // Whatever else is wrong with the token is another rule's business.
  if (!facts || facts.problem !== undefined) return []
  const hasTokens = evidence.observation.outcome === 'tokens'
  if (facts.claims['org_id'] === organization) {
    return [hasTokens ? pass(requirement) : fail(requirement, 'own-organization-refused')]
  }
  return [hasTokens ? fail(requirement, 'other-organization-accepted') : pass(requirement)]
}
