import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../generated/constants.js'
import type { ExchangeRequest } from '../adapter.js'
import { rejectedBy, tokensUnderWireNames, VECTORS, type Adapter } from '../index.js'
import { openSession } from '../runner/session.js'

/**
 * The vectors in which an SDK that sends whatever it is given breaks a rule.
 *
 * A vector names the rules that an SDK without faults passes in it. Where that refuses the input, the rules about what is
 * sent are judged of a careless one alone.
 */
export async function vectorsThatCatch(requirement: string): Promise<string[]> {
  const session = await openSession(CARELESS)
  const caught: string[] = []
  for (const { id, case: given } of VECTORS) {
    const { verdicts } = await session.judge(given)
    if (verdicts.some((verdict) => verdict.requirement === requirement && verdict.status === 'fail')) caught.push(id)
  }
  return caught
}

const CARELESS: Adapter = {
  hello: async () =>
    Promise.resolve({
      sdk: { name: 'careless', version: '1.0.0', language: 'typescript' },
      capabilities: {
        exchange: 'typed',
        extra: true,
        actor: 'typed',
        organization: true,
        current_actor: false,
        delegation_chain: false,
      },
    }),
  async perform(request, { fetch }) {
    if (request.op !== 'exchange') return { outcome: 'unsupported', capability: request.op }
    try {
      const response = await fetch(`${request.target.issuer}oauth/token`, { method: 'POST', body: formOf(request) })
      return tokensUnderWireNames(await response.json())
    } catch (error) {
      return rejectedBy(error)
    }
  },
}

function formOf({ client, input: { extra = [], ...options } }: ExchangeRequest): URLSearchParams {
  return new URLSearchParams([
    ['grant_type', TOKEN_EXCHANGE_GRANT_TYPE],
    ['client_id', client.id],
    ['client_secret', client.secret],
    ...Object.entries(options),
    ...extra.flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value])),
  ])
}
