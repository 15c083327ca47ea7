import type { ExchangeEvidence } from '../case.js'
import type { WireRequest } from '../wire.js'
import { factOf, lastReply, latePart } from './reply-facts.js'
import { givenSecrets, serverSecrets } from './secrets.js'
import { fail, pass, type Verdict } from './verdict.js'

/** The rules on redirects, broken connections, timeouts and further tries. */
export function judgeNetwork(evidence: ExchangeEvidence): Verdict[] {
  const last = lastReply(evidence)
  const verdicts = judgeOrigins(evidence)
  if (!last) return verdicts
  const hasTokens = evidence.observation.outcome === 'tokens'
  const late = latePart(evidence)
  if (late) verdicts.push(hasTokens ? fail('timeout-kept', `late-${late}-accepted`) : pass('timeout-kept'))
  else if (last.fact.kind === 'broken') {
    const requirement = 'broken-answer-is-an-error'
    verdicts.push(hasTokens ? fail(requirement, 'broken-answer-accepted') : pass(requirement))
  }
  return [...verdicts, ...judgeRepeats(evidence)]
}

/** The rule on a server whose certificate does not vouch for it: who checks it sends no request. */
export function judgeImpostor({ impostor = '', observation, wire }: ExchangeEvidence): Verdict[] {
  const requirement = 'server-certificate-checked'
  const sent = wire.others.find(({ url }) => url.startsWith(impostor))
  if (sent) return [fail(requirement, 'impostor-asked', `${sent.method} /${sent.url.slice(impostor.length)}`)]
  return observation.outcome === 'rejected' ? [pass(requirement)] : []
}

function judgeOrigins(evidence: ExchangeEvidence): Verdict[] {
  const requirement = 'credentials-stay-at-origin'
  const { wire, program, issuer } = evidence
  const { origin } = new URL(issuer)
  const isElsewhere = (url: string): boolean => !url.startsWith(`${origin}/`)
  const strays = wire.others.filter(({ url }) => isElsewhere(url))
  if (
    strays.length > 0 &&
    strays.some((request) => holdsCredentials(request, [...givenSecrets(evidence), ...serverSecrets(evidence)]))
  ) {
    return [fail(requirement, 'credentials-redirected')]
  }
  const leadsAway = program.token.some((reply) => {
    const fact = factOf(reply)
    return fact.kind === 'redirect' && isElsewhere(new URL(fact.location, issuer).href)
  })
  return leadsAway && wire.exchanges.length > 0 ? [pass(requirement)] : []
}

function holdsCredentials({ url, body, headers, form }: WireRequest, secrets: readonly string[]): boolean {
  const fields = (form ?? []).map(([, value]) => value)
  const text = [url, new TextDecoder().decode(body), ...fields, ...headers.map(([, value]) => value)].join('\n')
  return headers.some(([name]) => name === 'authorization') || secrets.some((secret) => text.includes(secret))
}

function judgeRepeats({ wire, program }: ExchangeEvidence): Verdict[] {
  const [only] = program.token
  if (!only || program.token.length > 1) return []
  const fact = factOf(only)
  if (fact.kind !== 'refusal' || fact.error !== 'too_many_attempts') return []
  const requirement = 'too-many-attempts-not-repeated'
  return [wire.exchanges.length > 1 ? fail(requirement, 'refusal-repeated') : pass(requirement)]
}
