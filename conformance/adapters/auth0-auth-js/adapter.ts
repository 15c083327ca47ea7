import { rejectedBy, type Adapter, type ExchangeInput } from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
import { installedVersion } from '../installed.js'

const PACKAGE = '@auth0/auth0-auth-js'

/**
 * The adapter of `@auth0/auth0-auth-js`, as it is on npm.
 *
 * @throws {Error} When the package is not installed.
 */
export async function loadAuth0AuthJs(): Promise<Adapter> {
  const { AuthClient, TokenExchangeError } = await import('@auth0/auth0-auth-js')
  const clientFor = rememberClients(
    ({ target, client, fetch }) =>
      new AuthClient({
        domain: new URL(target.issuer).host,
        clientId: client.id,
        customFetch: fetch,
        ...(client.private_key === undefined
          ? { clientSecret: client.secret }
          : { clientAssertionSigningKey: client.private_key, clientAssertionSigningAlg: 'ES256' }),
      }),
  )
  return {
    async hello() {
      return Promise.resolve({
        sdk: { name: 'auth0-auth-js', version: installedVersion(PACKAGE), language: 'typescript' },
        capabilities: {
          exchange: 'typed',
          extra: true,
          actor: 'typed',
          current_actor: false,
          delegation_chain: false,
          organization: true,
          result_act: true,
          oauth_error: true,
          client_authentication: ['client_secret_post', 'private_key_jwt'],
        },
      })
    },
    async perform(request, context) {
      if (request.op !== 'exchange') return { outcome: 'unsupported', capability: request.op }
      const client = clientFor(request, context)
      try {
        const response = await client.exchangeToken(optionsOf(request.input))
        return {
          outcome: 'tokens',
          tokens: {
            access_token: response.accessToken,
            ...(response.tokenType === undefined ? {} : { token_type: response.tokenType }),
            ...(response.issuedTokenType === undefined ? {} : { issued_token_type: response.issuedTokenType }),
            expires_at: Number.isFinite(response.expiresAt) ? response.expiresAt : null,
            ...(response.scope === undefined ? {} : { scope: response.scope }),
            ...(response.idToken === undefined ? {} : { id_token: response.idToken }),
            ...(response.refreshToken === undefined ? {} : { refresh_token: response.refreshToken }),
            ...(response.act === undefined ? {} : { act: { ...response.act } }),
          },
        }
      } catch (error) {
        return rejectedBy(error, error instanceof TokenExchangeError ? error.cause?.error : undefined)
      }
    },
  }
}

function optionsOf(input: ExchangeInput) {
  return {
    subjectToken: input.subject_token,
    subjectTokenType: input.subject_token_type,
    ...(input.actor_token === undefined ? {} : { actorToken: input.actor_token }),
    ...(input.actor_token_type === undefined ? {} : { actorTokenType: input.actor_token_type }),
    ...(input.audience === undefined ? {} : { audience: input.audience }),
    ...(input.scope === undefined ? {} : { scope: input.scope }),
    ...(input.organization === undefined ? {} : { organization: input.organization }),
    ...(input.requested_token_type === undefined ? {} : { requestedTokenType: input.requested_token_type }),
    ...(input.extra === undefined ? {} : { extra: Object.fromEntries(copied(input.extra)) }),
  }
}

/** The SDK's type wants arrays that may be written to. */
function copied(extra: NonNullable<ExchangeInput['extra']>): [string, string | string[]][] {
  return extra.map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])
}
