import type { ExchangeEvidence } from '../case.js'
import { fail, pass, unscored, type Reason, type Verdict } from './verdict.js'
import { asList, classify, isLegalName, ownsParameter, stageOf, typedValue, valuesOf } from './wire-view.js'

const RULES = {
  'case-variant': {
    requirement: 'case-variant-refused',
    sent: 'case-variant-sent',
    taken: 'case-variant-normalised',
  },
  alias: { requirement: 'alias-refused', sent: 'alias-sent', taken: 'alias-expanded' },
  malformed: {
    requirement: 'malformed-name-refused',
    sent: 'malformed-name-sent',
    taken: 'malformed-name-normalised',
  },
} as const satisfies Record<string, { requirement: Verdict['requirement']; sent: Reason; taken: Reason }>

/** What became of each extra parameter whose name is a variant, an alias or malformed. */
export function judgeNames(evidence: ExchangeEvidence): Verdict[] {
  return (evidence.input.extra ?? []).flatMap(([name, value]) => {
    const found = classify(name)
    if (found.kind === 'plain' || found.kind === 'protected') return []
    const rule = RULES[found.kind]
    const detail = JSON.stringify(name)
    // An alias or a variant is nothing to a function that does not own the parameter. A malformed name is malformed.
    if (found.kind !== 'malformed' && !ownsParameter(evidence, found.of)) {
      return [unscored(rule.requirement, 'not-owned', detail)]
    }
    const stage = stageOf(evidence)
    if (stage === 'refused') return [pass(rule.requirement)]
    if (stage === 'crashed') return [fail(rule.requirement, 'crashed', detail)]
    if (stage === 'silent') return [fail(rule.requirement, 'accepted-without-request', detail)]
    const given = asList(value).filter((item) => item !== '')
    const typed = typedValue(found.of, evidence.input, evidence.client)
    for (const request of evidence.wire.exchanges) {
      if (
        (request.form ?? []).some(([field]) => field === name || (found.kind === 'malformed' && !isLegalName(field)))
      ) {
        return [fail(rule.requirement, rule.sent, detail)]
      }
      if (valuesOf(request, found.of).some((item) => item !== typed && given.includes(item))) {
        return [fail(rule.requirement, rule.taken, detail)]
      }
    }
    return [pass(rule.requirement)]
  })
}

/** A protected extra parameter that neither stopped the call nor left a trace was dropped without a word. */
export function judgeSilence(evidence: ExchangeEvidence): Verdict[] {
  const requirement = 'protected-extra-not-dropped-silently'
  return (evidence.input.extra ?? []).flatMap(([name, value]) => {
    const found = classify(name)
    if (found.kind === 'plain' || found.kind === 'malformed') return []
    if (!ownsParameter(evidence, found.of)) return [unscored(requirement, 'not-owned', JSON.stringify(name))]
    const stage = stageOf(evidence)
    // Falling over it is not silence; the rules on names judge it.
    if (stage === 'refused' || stage === 'crashed') return [pass(requirement)]
    if (stage === 'silent') return [fail(requirement, 'accepted-without-request', JSON.stringify(name))]
    const typed = typedValue(found.of, evidence.input, evidence.client)
    const given = asList(value).filter((item) => item !== '' && item !== typed)
    if (given.length === 0) return []
    const left = evidence.wire.exchanges.some((request) =>
      [name, found.of].some((field) => valuesOf(request, field).some((item) => given.includes(item))),
    )
    if (left) return [unscored(requirement, 'judged-elsewhere', JSON.stringify(name))]
    return [fail(requirement, 'dropped-silently', JSON.stringify(name))]
  })
}
