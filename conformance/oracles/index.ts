import type { ActEvidence, ExchangeEvidence } from '../case.js'
import { judgeAct } from './act.js'
import { judgeActor } from './actor.js'
import { judgeNames, judgeSilence } from './names.js'
import { judgeOverrides, judgeRepeats } from './overrides.js'
import { judgePlainExtras } from './plain-extras.js'
import type { Verdict } from './verdict.js'

export { judgeAct }
export { REASONS, type Reason, type Verdict } from './verdict.js'

const EXCHANGE_ORACLES: readonly ((evidence: ExchangeEvidence) => Verdict[])[] = [
  judgeRepeats,
  judgeOverrides,
  judgeNames,
  judgeSilence,
  judgePlainExtras,
  judgeActor,
]

/**
 * What every rule about exchanges says of one.
 *
 * @param evidence The input, what was sent, and what the SDK answered.
 * @example
 * ```ts
 * const failed = judgeExchange(evidence).filter(({ status }) => status === 'fail')
 * ```
 */
export function judgeExchange(evidence: ExchangeEvidence): Verdict[] {
  if (evidence.observation.outcome === 'unsupported' || evidence.observation.outcome === 'adapter_error') return []
  return EXCHANGE_ORACLES.flatMap((oracle) => oracle(evidence))
}

export type { ActEvidence, ExchangeEvidence }
