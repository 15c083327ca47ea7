import type { ExchangeEvidence } from '../case.js'
import type { WireRequest } from '../wire.js'
import { fail, pass, unscored, type Verdict } from './verdict.js'
import { asList, classify, ownsParameter, PARAMETERS, stageOf, typedValue, valuesOf } from './wire-view.js'

const CORE_ROLES: ReadonlySet<string> = new Set(['grant', 'client', 'subject'])
const RFC_6749_OR_8693 = /^RFC (?:6749|8693)\b/

/** A parameter of RFC 6749 or RFC 8693 that may not repeat. */
function mustNotRepeat(name: string): boolean {
  const row = PARAMETERS.get(name)
  return row !== undefined && !row.repeatable && RFC_6749_OR_8693.test(row.definedBy)
}

/** RFC 6749, section 3.2: each such parameter at most once, in every request. */
export function judgeRepeats(evidence: ExchangeEvidence): Verdict[] {
  if (stageOf(evidence) !== 'sent') return []
  for (const name of PARAMETERS.keys()) {
    if (!mustNotRepeat(name) || !ownsParameter(evidence, name)) continue
    if (evidence.wire.exchanges.some((request) => valuesOf(request, name).length > 1)) {
      return [fail('no-repeated-parameter', 'repeated', name)]
    }
  }
  return [pass('no-repeated-parameter')]
}

/** What became of each extra parameter that has the name of a typed option. */
export function judgeOverrides(evidence: ExchangeEvidence): Verdict[] {
  return (evidence.input.extra ?? []).flatMap(([name, value]) => {
    if (classify(name).kind !== 'protected') return []
    const typed = typedValue(name, evidence.input, evidence.client)
    const given = asList(value).filter((item) => item !== '')
    // An extra that says what the typed option says cannot be told from it.
    if (given.length === 0 || (given.length === 1 && given[0] === typed)) return []
    return [judgeOverride(evidence, name, given, typed)]
  })
}

function judgeOverride(
  evidence: ExchangeEvidence,
  name: string,
  given: readonly string[],
  typed: string | undefined,
): Verdict {
  const role = PARAMETERS.get(name)?.role ?? ''
  const requirement =
    typed === undefined
      ? 'protected-extra-never-sent'
      : CORE_ROLES.has(role)
        ? 'core-extra-never-overrides'
        : 'extra-never-overrides'
  if (!ownsParameter(evidence, name)) return unscored(requirement, 'not-owned', name)
  const stage = stageOf(evidence)
  if (stage === 'refused' || stage === 'crashed') return pass(requirement)
  if (stage === 'silent') return fail(requirement, 'accepted-without-request', name)
  const found = evidence.wire.exchanges
    .map((request) => judgeField(request, requirement, name, given, typed))
    .find((verdict) => verdict.status !== 'pass')
  return found ?? pass(requirement)
}

function judgeField(
  request: WireRequest,
  requirement: Verdict['requirement'],
  name: string,
  given: readonly string[],
  typed: string | undefined,
): Verdict {
  const sent = valuesOf(request, name)
  if (typed === undefined) {
    return sent.some((value) => given.includes(value))
      ? fail(requirement, 'protected-extra-sent', name)
      : pass(requirement)
  }
  if (sent.length === 1 && sent[0] === typed) return pass(requirement)
  if (sent.length > 1 && mustNotRepeat(name)) return unscored(requirement, 'judged-elsewhere', name)
  if (sent.length === 0) {
    // The client may show itself in the Authorization header.
    const inHeader =
      PARAMETERS.get(name)?.role === 'client' && request.headers.some(([field]) => field === 'authorization')
    return inHeader ? pass(requirement) : fail(requirement, 'typed-value-lost', name)
  }
  return sent.includes(typed)
    ? fail(requirement, 'typed-value-added-to', name)
    : fail(requirement, 'typed-value-replaced', name)
}
