import type { ExchangeEvidence, SignedTokenFact } from '../case.js'
import { answerOf } from './reply-facts.js'
import { fail, pass, unscored, type Verdict } from './verdict.js'

/** The rules on the actor that the result of an exchange names. */
export function judgeResultAct(evidence: ExchangeEvidence): Verdict[] {
  const fact = answerOf(evidence)
  if (evidence.op !== 'exchange' || fact?.kind !== 'tokens') return []
  const idToken = factOfToken(evidence, fact.members['id_token'])
  const accessToken = factOfToken(evidence, fact.members.access_token)
  const { observation } = evidence
  const given = observation.outcome === 'tokens' ? observation.tokens.act : undefined
  return [
    ...(idToken ? judgeIdToken(idToken, given, observation.outcome) : []),
    ...(accessToken?.claims['act'] && !idToken?.claims['act'] ? [judgeAccessToken(accessToken, given)] : []),
  ]
}

function judgeIdToken({ claims, problem }: SignedTokenFact, given: unknown, outcome: string): Verdict[] {
  const { act } = claims
  if (act === undefined) return []
  if (problem !== undefined) {
    const requirement = 'result-act-claims-checked'
    return [isEqual(given, act) ? fail(requirement, 'act-from-invalid-id-token', problem) : pass(requirement)]
  }
  if (outcome !== 'tokens') return []
  if (given === undefined) return [unscored('result-act-read', 'not-given')]
  return [isEqual(given, act) ? pass('result-act-read') : fail('result-act-read', 'result-act-wrong')]
}

function judgeAccessToken({ claims, typ }: SignedTokenFact, given: unknown): Verdict {
  const requirement = typ === 'at+jwt' ? 'at-jwt-not-read' : 'access-token-not-read'
  return isEqual(given, claims['act']) ? fail(requirement, 'act-from-access-token') : pass(requirement)
}

function factOfToken({ signed }: ExchangeEvidence, token: unknown): SignedTokenFact | undefined {
  return typeof token === 'string' ? signed.get(token) : undefined
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
