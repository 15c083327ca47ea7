import type { ExchangeEvidence } from '../case.js'
import { givenSecrets, serverSecrets } from './secrets.js'
import { fail, pass, type Verdict } from './verdict.js'

/** The rules on where a token or a secret must not turn up. */
export function judgeLeaks(evidence: ExchangeEvidence): Verdict[] {
  const { observation, wire, printed, issuer } = evidence
  let given: readonly string[] | undefined
  const holdsGiven = (text: string): boolean =>
    (given ??= givenSecrets(evidence)).some((secret) => text.includes(secret))
  const holdsAny = (text: string): boolean =>
    holdsGiven(text) || serverSecrets(evidence).some((secret) => text.includes(secret))
  const verdicts: Verdict[] = []
  if (observation.outcome === 'rejected') {
    // The text of the server may be quoted here, and its tokens with it.
    const { message, stack } = observation.error
    verdicts.push(
      holdsGiven(message) ? fail('no-secret-in-message', 'secret-in-message') : pass('no-secret-in-message'),
    )
    if (stack !== undefined) {
      // What the message says is the other rule's business.
      const rest = message === '' ? stack : stack.replaceAll(message, '')
      verdicts.push(holdsGiven(rest) ? fail('no-secret-in-stack', 'secret-in-stack') : pass('no-secret-in-stack'))
    }
  }
  const requests = [...wire.exchanges, ...wire.metadata, ...wire.others]
  if (requests.length > 0) {
    // Most requests go to the bare endpoint, which holds nothing.
    const isInUrl = requests.some(({ url }) => url !== `${issuer}oauth/token` && holdsAny(url))
    verdicts.push(isInUrl ? fail('no-secret-in-url', 'secret-in-url') : pass('no-secret-in-url'))
  }
  if (printed !== undefined) {
    verdicts.push(holdsAny(printed) ? fail('no-secret-printed', 'secret-printed') : pass('no-secret-printed'))
  }
  return verdicts
}
