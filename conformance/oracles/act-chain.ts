import type { Observation } from '../adapter.js'
import type { ActCase } from '../case.js'
import { fail, pass, type Reason, type Verdict } from './verdict.js'

/** The rules on the delegation chain alone. */
export function judgeChain({ chain, end }: ActCase, observation: Observation): Verdict[] {
  const answer = observation.outcome === 'value' ? observation.value : undefined
  const subs = chain.flatMap((fact) => ('sub' in fact ? [fact.sub] : []))
  if (chain.length === 0) {
    if (observation.outcome === 'rejected') {
      return [end === 'null' ? pass('no-act-empty-chain') : fail('no-act-empty-chain', 'absent-act-refused')]
    }
    return [isSame(answer, []) ? pass('no-act-empty-chain') : fail('no-act-empty-chain', 'actor-from-nowhere')]
  }
  if (subs.length < chain.length) {
    if (observation.outcome === 'rejected') return [pass('malformed-node-refused')]
    const index = chain.findIndex((fact) => !('sub' in fact))
    const node = chain[index]
    const detail = node && 'malformed' in node ? `${node.malformed} at depth ${index + 1}` : undefined
    return [fail('malformed-node-refused', malformedReason(answer, subs, index), detail)]
  }
  // A limit on the length, or a refusal of a null inside, is not this rule's business.
  if (observation.outcome === 'rejected') return []
  if (isSame(answer, subs)) return [pass('chain-newest-first')]
  return [fail('chain-newest-first', orderReason(answer, subs))]
}

function malformedReason(answer: unknown, subs: readonly string[], index: number): Reason {
  // Nothing well-formed lies deeper, so cutting and skipping look the same: the kinder word.
  if (isSame(answer, subs.slice(0, index))) return 'malformed-node-ends-chain'
  return isSame(answer, subs) ? 'malformed-node-skipped' : 'malformed-node-accepted'
}

function orderReason(answer: unknown, subs: readonly string[]): Reason {
  if (isSame(answer, [...subs].reverse())) return 'oldest-first'
  const given: readonly unknown[] = Array.isArray(answer) ? answer : []
  return given.length < subs.length && given.every((item) => subs.includes(item as string))
    ? 'actors-missing'
    : 'actors-wrong'
}

function isSame(answer: unknown, subs: readonly string[]): boolean {
  return Array.isArray(answer) && answer.length === subs.length && answer.every((item, index) => item === subs[index])
}
