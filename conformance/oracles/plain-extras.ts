import type { ExtraEntry } from '../adapter.js'
import type { ExchangeEvidence } from '../case.js'
import { fail, pass, unscored, type Verdict } from './verdict.js'
import { asList, classify, stageOf, valuesOf } from './wire-view.js'

const MAX_VALUES = 20
const VISIBLE = /^[\x21-\x7e]+$/
const CONTROL = /\p{Control}/u

/** What became of each extra parameter with an unprotected, well-formed name. */
export function judgePlainExtras(evidence: ExchangeEvidence): Verdict[] {
  const extras = evidence.input.extra ?? []
  const plain = extras.filter(([name]) => classify(name).kind === 'plain')
  const stage = stageOf(evidence)
  // A refusal says something of a plain parameter only when there is nothing else to refuse.
  const nothingElse = refusesForNothingElse(evidence)
  return plain.flatMap((entry) => {
    const [name, value] = entry
    if (asList(value).length > MAX_VALUES) return [judgeLimit(evidence, entry)]
    const requirement = typeof value === 'string' ? 'extra-arrives-unchanged' : 'array-extra-repeats'
    if (stage === 'refused' || stage === 'crashed')
      return nothingElse ? [fail(requirement, 'plain-extra-refused', name)] : []
    if (stage === 'silent') return [fail(requirement, 'accepted-without-request', name)]
    return [typeof value === 'string' ? judgeValue(evidence, name, value) : judgeArray(evidence, name, value)]
  })
}

/** Whether an SDK that refuses a call has neither an extra parameter nor the client to refuse it for, and time enough. */
export function refusesForNothingElse(evidence: ExchangeEvidence): boolean {
  const { id, secret, timeout_ms: timeout } = evidence.client
  return timeout === undefined && VISIBLE.test(id + secret) && hasHarmlessExtras(evidence)
}

/** Whether no extra parameter gives a reason to refuse the call. */
export function hasHarmlessExtras({ input: { extra = [] } }: ExchangeEvidence): boolean {
  return extra.every((entry) => classify(entry[0]).kind === 'plain' && isHarmless(entry))
}

/** To refuse the name that JavaScript takes for more is better than to lose it. */
function isHarmless([name, value]: ExtraEntry): boolean {
  const values = asList(value)
  return name !== '__proto__' && values.length <= MAX_VALUES && values.every((item) => !CONTROL.test(item))
}

function judgeLimit(evidence: ExchangeEvidence, [name, value]: ExtraEntry): Verdict {
  const stage = stageOf(evidence)
  if (stage === 'refused') return pass('array-extra-limit')
  if (stage === 'crashed') return fail('array-extra-limit', 'crashed', name)
  if (stage === 'silent') return fail('array-extra-limit', 'accepted-without-request', name)
  const all = asList(value).filter((item) => item !== '').length
  const truncated = evidence.wire.exchanges.some((request) => valuesOf(request, name).length < all)
  return fail('array-extra-limit', truncated ? 'array-truncated' : 'limit-ignored', name)
}

function judgeValue(evidence: ExchangeEvidence, name: string, value: string): Verdict {
  const requirement = 'extra-arrives-unchanged'
  for (const request of evidence.wire.exchanges) {
    const sent = valuesOf(request, name)
    if (value === '' ? sent.length > 0 : sent.some((item) => item !== value)) {
      return fail(requirement, 'extra-changed', name)
    }
    if (sent.length > 1) return fail(requirement, 'extra-repeated', name)
    if (value !== '' && sent.length === 0) return lost(requirement, 'extra-lost', name)
  }
  return pass(requirement)
}

/** A bag that is a JavaScript object has no place for one name. */
function lost(requirement: Verdict['requirement'], reason: Verdict['reason'], name: string): Verdict {
  return name === '__proto__' ? unscored(requirement, 'name-of-the-language', name) : fail(requirement, reason, name)
}

function judgeArray(evidence: ExchangeEvidence, name: string, value: readonly string[]): Verdict {
  const requirement = 'array-extra-repeats'
  const given = value.filter((item) => item !== '')
  for (const request of evidence.wire.exchanges) {
    const sent = valuesOf(request, name)
    if (sent.length === given.length && sent.every((item, index) => item === given[index])) continue
    const [only = ''] = sent
    const holdsAll = only.length > given.join('').length && given.every((item) => only.includes(item))
    if (sent.length === 1 && value.length > 1 && holdsAll) {
      return fail(requirement, 'array-joined', name)
    }
    if (sent.length < given.length && sent.every((item) => given.includes(item))) {
      return lost(requirement, 'array-lost', name)
    }
    const reordered = sent.length === given.length && sorted(sent) === sorted(given)
    return fail(requirement, reordered ? 'array-reordered' : 'array-changed', name)
  }
  return pass(requirement)
}

function sorted(values: readonly string[]): string {
  return JSON.stringify([...values].sort())
}
