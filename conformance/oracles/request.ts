import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../generated/constants.js'
import type { ExchangeEvidence } from '../case.js'
import { hasHarmlessExtras } from './plain-extras.js'
import { fail, pass, type Verdict } from './verdict.js'
import { hasWords, ownsParameter, stageOf, valuesOf } from './wire-view.js'

const OPTIONS = ['audience', 'scope', 'requested_token_type'] as const

/** The rules on the request as a whole. */
export function judgeRequest(evidence: ExchangeEvidence): Verdict[] {
  return [...judgeMethod(evidence), ...judgeForm(evidence), ...judgeGrantType(evidence), ...judgeOptions(evidence)]
}

function judgeMethod({ wire, issuer }: ExchangeEvidence): Verdict[] {
  const endpoint = `${issuer}oauth/token`
  if (wire.others.some(({ url, method }) => url.split('?', 1)[0] === endpoint && method !== 'OPTIONS')) {
    return [fail('request-is-a-post', 'not-a-post')]
  }
  return wire.exchanges.length > 0 ? [pass('request-is-a-post')] : []
}

function judgeForm({ wire }: ExchangeEvidence): Verdict[] {
  if (wire.exchanges.length === 0) return []
  return [
    wire.exchanges.some(({ form }) => form === undefined)
      ? fail('request-is-a-form', 'not-a-form')
      : pass('request-is-a-form'),
  ]
}

function judgeGrantType(evidence: ExchangeEvidence): Verdict[] {
  const requirement = 'grant-type-is-token-exchange'
  const { input, wire } = evidence
  // What an extra parameter does to it is judged by the rules on overrides.
  if ((input.extra ?? []).some(([name]) => name.toLowerCase().includes('grant_type'))) return []
  const forms = wire.exchanges.filter(({ form }) => form !== undefined)
  if (forms.length === 0 || !ownsParameter(evidence, 'grant_type')) return []
  return [
    forms.some((request) => valuesOf(request, 'grant_type').some((value) => value !== TOKEN_EXCHANGE_GRANT_TYPE)) ||
    forms.some((request) => valuesOf(request, 'grant_type').length === 0)
      ? fail(requirement, 'other-grant-type')
      : pass(requirement),
  ]
}

function judgeOptions(evidence: ExchangeEvidence): Verdict[] {
  const { op, input, wire } = evidence
  if (op !== 'exchange' || stageOf(evidence) !== 'sent' || !hasHarmlessExtras(evidence)) return []
  const given = OPTIONS.flatMap((name) => {
    const value = input[name]
    return value === undefined || value.trim() === '' ? [] : [[name, value] as const]
  })
  return given.map(([name, value]) => {
    for (const request of wire.exchanges) {
      const sent = valuesOf(request, name)
      if (sent.length === 0) return fail('typed-options-arrive', 'option-lost', name)
      // A repeated one is judged by no-repeated-parameter, or legal.
      // Scopes that the SDK adds to those of the call change none of them.
      const hasArrived = (item: string): boolean => item === value || (name === 'scope' && hasWords(item, value))
      if (!sent.every(hasArrived)) return fail('typed-options-arrive', 'option-changed', name)
    }
    return pass('typed-options-arrive')
  })
}
