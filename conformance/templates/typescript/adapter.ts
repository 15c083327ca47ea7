/** Drives one SDK for the conformance suite. Put your SDK where tokenExchange is. */
import { rejected, serve, tokens, type Observation, type Request } from './kit.ts'

/** A stand-in for your SDK: it posts what it is given. */
async function tokenExchange(issuer: string, form: string[][]): Promise<Record<string, string>> {
  const response = await fetch(`${issuer}oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
  const body = (await response.json()) as Record<string, string>
  if (!response.ok || body['access_token'] === undefined) throw new Error(body['error'] ?? 'no access token')
  return body
}

/** One exchange. The keys of the input are the wire names of the options that the application sets. */
async function exchange({ target, client, input }: Request): Promise<Observation> {
  const { extra = [], ...options } = input
  const form = [
    ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    ['client_id', client.id],
    ['client_secret', client.secret],
    ...Object.entries(options as Record<string, string>),
    ...extra.flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  ]
  try {
    return tokens(await tokenExchange(target.issuer, form))
  } catch (error) {
    return rejected(error)
  }
}

serve({
  hello: {
    sdk: { name: 'my-sdk', version: '0.0.0', language: 'typescript' },
    capabilities: {
      exchange: 'typed',
      extra: true,
      actor: 'typed',
      organization: true,
      current_actor: false,
      delegation_chain: false,
    },
    concurrency: 8,
  },
  async perform(request) {
    if (request.op !== 'exchange') return { outcome: 'unsupported', capability: request.op }
    return exchange(request)
  },
})
