import type { ExchangeEvidence } from '../case.js'
import { secretsIn } from './secrets.js'
import { fail, pass, type Verdict } from './verdict.js'

/** The rules on where a token or a secret must not turn up. */
export function judgeLeaks(evidence: ExchangeEvidence): Verdict[] {
  const { observation, wire, printed, issuer } = evidence
  let secrets: readonly string[] | undefined
  const holds = (text: string): boolean => (secrets ??= secretsIn(evidence)).some((secret) => text.includes(secret))
  const verdicts: Verdict[] = []
  if (observation.outcome === 'rejected') {
    const { message, stack } = observation.error
    verdicts.push(holds(message) ? fail('no-secret-in-message', 'secret-in-message') : pass('no-secret-in-message'))
    if (stack !== undefined) {
      // What the message says is the other rule's business.
      const rest = message === '' ? stack : stack.replaceAll(message, '')
      verdicts.push(holds(rest) ? fail('no-secret-in-stack', 'secret-in-stack') : pass('no-secret-in-stack'))
    }
  }
  const requests = [...wire.exchanges, ...wire.metadata, ...wire.others]
  if (requests.length > 0) {
    // Most requests go to the bare endpoint, which holds nothing.
    const isInUrl = requests.some(({ url }) => url !== `${issuer}oauth/token` && holds(url))
    verdicts.push(isInUrl ? fail('no-secret-in-url', 'secret-in-url') : pass('no-secret-in-url'))
  }
  if (printed !== undefined) {
    verdicts.push(holds(printed) ? fail('no-secret-printed', 'secret-printed') : pass('no-secret-printed'))
  }
  return verdicts
}
