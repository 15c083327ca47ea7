import { createRequire } from 'node:module'
import {
  clientSecretPost,
  getCurrentActor,
  getDelegationChain,
  TokenExchangeClient,
  type ExchangeTokenOptions,
} from '../../../src/index.js'
import { rejectedBy, type Adapter, type ExchangeInput } from '../../adapter.js'
import { rememberClients } from '../client-memory.js'

const clientFor = rememberClients(
  ({ target, client, fetch }) =>
    new TokenExchangeClient({
      domain: target.issuer,
      clientId: client.id,
      clientAuthentication: clientSecretPost(client.secret),
      fetch,
    }),
)

/** The facade of this package. */
export const onbehalfAdapter: Adapter = {
  async hello() {
    const { version } = createRequire(import.meta.url)('onbehalf/package.json') as { version: string }
    return Promise.resolve({
      sdk: { name: 'onbehalf', version, language: 'typescript' },
      capabilities: { exchange: 'typed', extra: true, actor: 'typed', current_actor: true, delegation_chain: true },
    })
  },
  async perform(request, context) {
    if (request.op === 'current_actor' || request.op === 'delegation_chain') {
      const claims = JSON.parse(request.claims) as object
      try {
        const value = request.op === 'current_actor' ? (getCurrentActor(claims) ?? null) : getDelegationChain(claims)
        return { outcome: 'value', value }
      } catch (error) {
        return rejectedBy(error)
      }
    }
    if (request.op !== 'exchange') return { outcome: 'unsupported', capability: request.op }
    const client = clientFor(request, context)
    try {
      return { outcome: 'tokens', tokens: tokensOf(await client.exchangeToken(optionsOf(request.input))) }
    } catch (error) {
      return rejectedBy(error)
    }
  },
}

/** What an exchange gives, an access token or another. */
interface Result {
  readonly accessToken?: string
  readonly issuedToken?: string
  readonly tokenType?: string
  readonly issuedTokenType?: string
  readonly expiresIn?: number
  readonly scope?: string
  readonly idToken?: string
  readonly refreshToken?: string
}

function tokensOf(result: Result) {
  return {
    access_token: result.accessToken ?? result.issuedToken ?? '',
    ...(result.tokenType === undefined ? {} : { token_type: result.tokenType }),
    ...(result.issuedTokenType === undefined ? {} : { issued_token_type: result.issuedTokenType }),
    ...(result.expiresIn === undefined ? {} : { expires_in: result.expiresIn }),
    ...(result.scope === undefined ? {} : { scope: result.scope }),
    ...(result.idToken === undefined ? {} : { id_token: result.idToken }),
    ...(result.refreshToken === undefined ? {} : { refresh_token: result.refreshToken }),
  }
}

/** Only what is given becomes an option. */
function optionsOf(input: ExchangeInput): ExchangeTokenOptions {
  return {
    subjectToken: input.subject_token,
    subjectTokenType: input.subject_token_type,
    ...(input.actor_token === undefined ? {} : { actorToken: input.actor_token }),
    ...(input.actor_token_type === undefined ? {} : { actorTokenType: input.actor_token_type }),
    ...(input.audience === undefined ? {} : { audience: input.audience }),
    ...(input.scope === undefined ? {} : { scope: input.scope }),
    ...(input.organization === undefined ? {} : { organization: input.organization }),
    ...(input.requested_token_type === undefined ? {} : { requestedTokenType: input.requested_token_type }),
    ...(input.extra === undefined ? {} : { extra: Object.fromEntries(input.extra) }),
  }
}
