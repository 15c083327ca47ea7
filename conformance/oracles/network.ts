import type { ExchangeEvidence } from '../case.js'
import { factOf, lastReply } from './reply-facts.js'
import { isLate } from './responses.js'
import { secretsIn } from './secrets.js'
import { fail, pass, type Verdict } from './verdict.js'

/** Codes with which a server asks for another try. */
const TRY_AGAIN = new Set([
  'use_dpop_nonce',
  'too_many_requests',
  'slow_down',
  'temporarily_unavailable',
  'server_error',
  'authorization_pending',
])

/** The rules on redirects, broken connections, timeouts and further tries. */
export function judgeNetwork(evidence: ExchangeEvidence): Verdict[] {
  const last = lastReply(evidence)
  const verdicts = judgeOrigins(evidence)
  if (!last) return verdicts
  const hasTokens = evidence.observation.outcome === 'tokens'
  if (isLate(evidence)) verdicts.push(hasTokens ? fail('timeout-kept', 'late-answer-accepted') : pass('timeout-kept'))
  else if (last.fact.kind === 'broken') {
    const requirement = 'broken-answer-is-an-error'
    verdicts.push(hasTokens ? fail(requirement, 'broken-answer-accepted') : pass(requirement))
  }
  return [...verdicts, ...judgeRepeats(evidence)]
}

function judgeOrigins(evidence: ExchangeEvidence): Verdict[] {
  const requirement = 'credentials-stay-at-origin'
  const { wire, program, issuer } = evidence
  const { origin } = new URL(issuer)
  const isElsewhere = (url: string): boolean => !url.startsWith(`${origin}/`)
  const secrets = secretsIn(evidence)
  const leaked = wire.others.some(({ url, body, headers }) => {
    if (!isElsewhere(url)) return false
    const text = decodeURIComponent(new TextDecoder().decode(body).replaceAll('+', ' ').replace(/%(?![\dA-F]{2})/gi, '%25'))
    const all = [url, text, ...headers.map(([, value]) => value)].join('\n')
    return secrets.some((secret) => all.includes(secret)) || headers.some(([name]) => name === 'authorization')
  })
  if (leaked) return [fail(requirement, 'credentials-redirected')]
  const leadsAway = program.token.some((reply) => {
    const fact = factOf(reply)
    return fact.kind === 'redirect' && isElsewhere(new URL(fact.location, issuer).href)
  })
  return leadsAway && wire.exchanges.length > 0 ? [pass(requirement)] : []
}

function judgeRepeats({ wire, program }: ExchangeEvidence): Verdict[] {
  const [only] = program.token
  if (!only || program.token.length > 1) return []
  const fact = factOf(only)
  if (fact.kind !== 'refusal' || fact.status >= 500 || TRY_AGAIN.has(fact.error)) return []
  return [wire.exchanges.length > 1 ? fail('refusal-not-repeated', 'refusal-repeated') : pass('refusal-not-repeated')]
}
