import type { ExchangeEvidence, ReExchangeEvidence, SequenceEvidence } from '../case.js'
import { replyAt } from '../wire-program.js'
import type { WireRequest } from '../wire.js'
import { claimsOf } from './client-assertion.js'
import { factOf } from './reply-facts.js'
import { fail, pass, type Verdict } from './verdict.js'
import { hasWords, PARAMETERS, valuesOf } from './wire-view.js'

/** What shapes a token: two calls that differ in one of them must not share one. */
const SHAPING = [
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'requested_token_type',
  'audience',
  'scope',
  'organization',
] as const

/** The rules on what several calls are to each other. */
export function judgeSequence({ case: given, steps }: SequenceEvidence): Verdict[] {
  const [first] = steps
  if (!first) return []
  const { exchanges } = first.wire
  const [before, after] = exchanges
  switch (given.relation) {
    case 'other-call':
      return steps.flatMap((step, index) => {
        // One after the other, the requests are the calls'; what was wrong in them is another rule's business.
        const areInOrder = !given.concurrent && exchanges.length === steps.length
        return judgeTokenOf(step, steps, areInOrder ? index : undefined)
      })
    case 'same-input':
      return judgeSame(first, steps.length)
    case 'further-extra': {
      const [, second] = steps
      const further = (second?.input.extra ?? []).at(-1)?.[0]
      if (!before || !after || !second || exchanges.length > 2) return []
      return [
        fieldsOf(before, second) === fieldsOf(after, second, further)
          ? pass('unrelated-extra-changes-nothing')
          : fail('unrelated-extra-changes-nothing', 'other-parameters-changed', further),
      ]
    }
    case 'other-order': {
      if (!before || !after || exchanges.length > 2) return []
      const isSame = fieldsOf(before, first) === fieldsOf(after, first)
      return [
        isSame ? pass('extra-order-changes-nothing') : fail('extra-order-changes-nothing', 'order-changes-request'),
      ]
    }
  }
}

/** The same call again: the same parameters, and what may be used once only is new. */
function judgeSame(first: ExchangeEvidence, calls: number): Verdict[] {
  const { exchanges } = first.wire
  const [before, after] = exchanges
  const verdicts: Verdict[] = []
  if (first.op === 'session_transfer' && exchanges.length > 0) {
    verdicts.push(exchanges.length < calls ? fail('stt-not-shared', 'stt-shared') : pass('stt-not-shared'))
  }
  if (!before || !after) return verdicts
  const isSame = fieldsOf(before, first) === fieldsOf(after, first)
  verdicts.push(isSame ? pass('same-input-same-request') : fail('same-input-same-request', 'request-differs'))
  if (first.client.authentication === 'private_key_jwt') {
    const [one, other] = [before, after].map((request) => valuesOf(request, 'client_assertion')[0])
    if (one !== undefined && other !== undefined) {
      const isSame = identityOf(one) === identityOf(other)
      verdicts.push(isSame ? fail('assertion-used-once', 'assertion-repeated') : pass('assertion-used-once'))
    }
  }
  return verdicts
}

/** What a server tells assertions apart by: the jti (RFC 7523, section 3), or else the whole. */
function identityOf(assertion: string): unknown {
  return claimsOf(assertion)?.['jti'] ?? assertion
}

/** The token that a call gave was issued for a request with what this call asked for. */
function judgeTokenOf(
  step: ExchangeEvidence,
  steps: readonly ExchangeEvidence[],
  place: number | undefined,
): Verdict[] {
  const { observation, wire, program } = step
  if (observation.outcome !== 'tokens') return []
  const requirement = 'no-token-of-another-call'
  const { access_token: token } = observation.tokens
  const issuedFor = wire.exchanges.filter((_, index) => {
    const fact = factOf(replyAt(program.token, index))
    return fact.kind === 'tokens' && fact.members.access_token === token
  })
  if (issuedFor.length === 0) return []
  const own = place === undefined ? undefined : wire.exchanges[place]
  const isOwn = own
    ? issuedFor.includes(own)
    : issuedFor.some((request) => SHAPING.every((name) => isOfCall(valuesOf(request, name), name, step, steps)))
  return [isOwn ? pass(requirement) : fail(requirement, 'token-of-another-call')]
}

/** An SDK may have a default, and may add its scopes to those of the call: that alone makes it no other call's. */
function isOfCall(
  sent: readonly string[],
  name: (typeof SHAPING)[number],
  { input }: ExchangeEvidence,
  steps: readonly ExchangeEvidence[],
): boolean {
  const given = input[name]
  if (given !== undefined && sent.includes(given)) return true
  if (sent.some((value) => steps.some((other) => other.input[name] === value))) return false
  return given === undefined || (name === 'scope' && sent.some((value) => hasWords(value, given)))
}

/** One more exchange puts one more actor around the chain. */
export function judgeReExchange({ case: { actor }, before, after }: ReExchangeEvidence): Verdict[] {
  if (before.outcome !== 'value' || after.outcome !== 'value') return []
  if (!Array.isArray(before.value)) return []
  const expected = JSON.stringify([actor, ...(before.value as readonly string[])])
  return [
    JSON.stringify(after.value) === expected
      ? pass('re-exchange-keeps-chain')
      : fail('re-exchange-keeps-chain', 'chain-changed'),
  ]
}

/**
 * The parameters of a request as one text, without the order of names: those of the specifications, and those that the
 * application gave. A client assertion differs each time, and an SDK may add what it likes.
 */
function fieldsOf(request: WireRequest, { input }: ExchangeEvidence, without?: string): string {
  const given = new Set((input.extra ?? []).map(([name]) => name))
  const kept = (request.form ?? []).filter(
    ([name]) => (PARAMETERS.has(name) || given.has(name)) && name !== 'client_assertion' && name !== without,
  )
  const sorted = [...kept].map(([name, value], index) => ({ name, value, index }))
  sorted.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index))
  return JSON.stringify(sorted.map(({ name, value }) => [name, value]))
}
