import type { ActEvidence, ExchangeEvidence } from '../case.js'
import { judgeAct } from './act.js'
import { judgeActor } from './actor.js'
import { judgeClientAuthentication } from './client-authentication.js'
import { judgeErrors } from './errors.js'
import { judgeLeaks } from './leaks.js'
import { judgeNames, judgeSilence } from './names.js'
import { judgeImpostor, judgeNetwork } from './network.js'
import { judgeOnBehalfOf } from './on-behalf-of.js'
import { judgeOrganization } from './organization.js'
import { judgeOverrides, judgeRepeats } from './overrides.js'
import { judgePlainExtras } from './plain-extras.js'
import { judgeRedirect } from './redirect.js'
import { judgeRequest } from './request.js'
import { judgeResponse } from './responses.js'
import { judgeResultAct } from './result-act.js'
import { judgeReExchange, judgeSequence } from './sequences.js'
import { judgeSession } from './sessions.js'
import { judgeSessionTransfer } from './session-transfer.js'
import { judgeSubject } from './token-hygiene.js'
import type { Verdict } from './verdict.js'

export { judgeAct, judgeReExchange, judgeRedirect, judgeSequence, judgeSession }
export { REASONS, type Reason, type Verdict } from './verdict.js'

const EXCHANGE_ORACLES: readonly ((evidence: ExchangeEvidence) => Verdict[])[] = [
  judgeRepeats,
  judgeOverrides,
  judgeNames,
  judgeSilence,
  judgePlainExtras,
  judgeActor,
  judgeRequest,
  judgeSubject,
  judgeResponse,
  judgeErrors,
  judgeClientAuthentication,
  judgeOnBehalfOf,
  judgeSessionTransfer,
  judgeOrganization,
  judgeResultAct,
  judgeNetwork,
  judgeLeaks,
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
  if (evidence.impostor !== undefined) return judgeImpostor(evidence)
  return EXCHANGE_ORACLES.flatMap((oracle) => oracle(evidence))
}

export type { ActEvidence, ExchangeEvidence }
