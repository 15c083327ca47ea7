import type { Observation } from '../adapter.js'
import type { ActCase, ActEvidence, ActorFact } from '../case.js'
import { judgeChain } from './act-chain.js'
import { fail, pass, type Verdict } from './verdict.js'

/** The most actors that the vendor's tokens have. */
const ALWAYS_READ = 5
const LONG = 100
const OVERFLOW = /^(?:RangeError|InternalError|RecursionError|StackOverflowError)$/

/** The rules on reading the act claim. */
export function judgeAct({ case: given, currentActor, delegationChain }: ActEvidence): Verdict[] {
  const observations = [currentActor, delegationChain].filter((observation) => observation !== undefined)
  return [
    ...(currentActor ? judgeCurrentActor(given, currentActor) : []),
    ...(delegationChain ? judgeChain(given, delegationChain) : []),
    ...(currentActor && delegationChain ? judgeAgreement(given, currentActor, delegationChain) : []),
    ...judgeReading(given, observations),
    ...judgeLength(given, observations),
    ...judgeDecoys(given, observations),
  ]
}

/** Only the outermost node counts: what lies deeper is never held against this helper. */
function judgeCurrentActor({ chain, end }: ActCase, observation: Observation): Verdict[] {
  const answer = observation.outcome === 'value' ? observation.value : undefined
  const outermost = chain[0]
  if (!outermost) {
    if (observation.outcome === 'rejected') {
      return [end === 'null' ? pass('no-act-no-actor') : fail('no-act-no-actor', 'absent-act-refused')]
    }
    return [answer === null ? pass('no-act-no-actor') : fail('no-act-no-actor', 'actor-from-nowhere', shown(answer))]
  }
  if (!('sub' in outermost)) {
    if (observation.outcome === 'rejected') return [pass('malformed-outermost-refused')]
    const reason = answer === null ? 'malformed-act-ignored' : 'malformed-act-accepted'
    return [fail('malformed-outermost-refused', reason, outermost.malformed)]
  }
  if (observation.outcome === 'rejected') return []
  if (answer === outermost.sub) return [pass('current-actor-is-outermost')]
  if (answer === null) return [fail('current-actor-is-outermost', 'actor-missed')]
  const isInner = chain.some((fact) => 'sub' in fact && fact.sub === answer)
  return [fail('current-actor-is-outermost', isInner ? 'inner-actor' : 'other-actor', shown(answer))]
}

function judgeAgreement({ chain, end }: ActCase, current: Observation, listed: Observation): Verdict[] {
  const verdicts: Verdict[] = []
  if (chain.length === 0 && end === 'null') {
    const agree = (current.outcome === 'rejected') === (listed.outcome === 'rejected')
    verdicts.push(agree ? pass('null-act-helpers-agree') : fail('null-act-helpers-agree', 'null-disagreement'))
  }
  if (listed.outcome === 'value' && Array.isArray(listed.value)) {
    const head = (listed.value as readonly string[])[0] ?? null
    // A helper that refuses names no actor, so a chain beside it must be empty.
    const actor = current.outcome === 'value' ? current.value : null
    verdicts.push(
      head === actor
        ? pass('chain-head-is-current-actor')
        : fail('chain-head-is-current-actor', 'head-differs', shown(head)),
    )
  }
  return verdicts
}

function judgeReading({ chain, end }: ActCase, observations: readonly Observation[]): Verdict[] {
  // A null inside is the end of the chain, or an error.
  if (chain.length === 0 || chain.length > ALWAYS_READ || end === 'null' || !chain.every(isValid)) return []
  return observations.map(({ outcome }) =>
    outcome === 'rejected' ? fail('valid-act-is-read', 'valid-act-refused') : pass('valid-act-is-read'),
  )
}

function judgeLength({ chain }: ActCase, observations: readonly Observation[]): Verdict[] {
  if (chain.length < LONG) return []
  return observations.map((observation) =>
    observation.outcome === 'rejected' && OVERFLOW.test(observation.error.class)
      ? fail('long-chain-does-not-crash', 'stack-overflow', `${chain.length} actors`)
      : pass('long-chain-does-not-crash'),
  )
}

function judgeDecoys({ decoys }: ActCase, observations: readonly Observation[]): Verdict[] {
  if (decoys.length === 0) return []
  return observations.map((observation) => {
    const values = observation.outcome === 'value' ? [observation.value].flat() : []
    const found = values.find((value) => value !== null && decoys.includes(value))
    return found === undefined
      ? pass('prototype-is-not-an-actor')
      : fail('prototype-is-not-an-actor', 'prototype-read', shown(found))
  })
}

function isValid(fact: ActorFact): boolean {
  return 'sub' in fact
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
