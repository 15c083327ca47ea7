import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../../generated/constants.js'
import { importPKCS8 } from 'jose'
import type { ClientAuth } from 'oauth4webapi'
import { rejectedBy, type Adapter, type ExchangeClient, type ExchangeInput } from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
import { installedVersion } from '../installed.js'

const PACKAGE = 'oauth4webapi'

/**
 * The adapter of `oauth4webapi`, as it is on npm: its generic function takes a bag of parameters, and owns the grant
 * type and the client.
 *
 * @throws {Error} When the package is not installed.
 */
export async function loadOauth4webapi(): Promise<Adapter> {
  const oauth = await import('oauth4webapi')
  const settingsFor = rememberClients(async ({ target, client, fetch }) => {
    const issuer = new URL(target.issuer)
    const { timeout_ms: timeout } = client
    const options = {
      [oauth.customFetch]: (url: string, init: object) => fetch(url, init),
      ...(timeout === undefined ? {} : { signal: () => AbortSignal.timeout(timeout) }),
    }
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options))
    return { server, client: { client_id: client.id }, authentication: await authenticationOf(oauth, client), options }
  })
  return {
    async hello() {
      return Promise.resolve({
        sdk: { name: PACKAGE, version: installedVersion(PACKAGE), language: 'typescript' },
        capabilities: {
          exchange: 'generic',
          owns: ['grant_type', 'client_id', 'client_secret'],
          extra: true,
          actor: 'untyped',
          current_actor: false,
          delegation_chain: false,
          oauth_error: true,
          timeout: true,
          client_authentication: ['client_secret_post', 'client_secret_basic', 'private_key_jwt', 'none'],
        },
      })
    },
    async perform(request, context) {
      if (request.op !== 'exchange') return { outcome: 'unsupported', capability: request.op }
      const { server, client, authentication, options } = await settingsFor(request, context)
      try {
        const response = await oauth.genericTokenEndpointRequest(
          server,
          client,
          authentication,
          TOKEN_EXCHANGE_GRANT_TYPE,
          parametersOf(request.input),
          options,
        )
        const tokens = await oauth.processGenericTokenEndpointResponse(server, client, response)
        return {
          outcome: 'tokens',
          tokens: {
            access_token: tokens.access_token,
            token_type: tokens.token_type,
            ...(typeof tokens['issued_token_type'] === 'string'
              ? { issued_token_type: tokens['issued_token_type'] }
              : {}),
            ...(tokens.expires_in === undefined ? {} : { expires_in: tokens.expires_in }),
            ...(tokens.scope === undefined ? {} : { scope: tokens.scope }),
            ...(tokens.id_token === undefined ? {} : { id_token: tokens.id_token }),
            ...(tokens.refresh_token === undefined ? {} : { refresh_token: tokens.refresh_token }),
          },
        }
      } catch (error) {
        return rejectedBy(error, error instanceof oauth.ResponseBodyError ? error.error : undefined)
      }
    },
  }
}

function parametersOf({ extra = [], ...typed }: ExchangeInput): URLSearchParams {
  const parameters = new URLSearchParams(typed)
  for (const [name, value] of extra) for (const item of [value].flat()) parameters.append(name, item)
  return parameters
}

async function authenticationOf(oauth: typeof import('oauth4webapi'), client: ExchangeClient): Promise<ClientAuth> {
  switch (client.authentication) {
    case 'client_secret_post':
      return oauth.ClientSecretPost(client.secret)
    case 'client_secret_basic':
      return oauth.ClientSecretBasic(client.secret)
    case 'private_key_jwt':
      return oauth.PrivateKeyJwt(await importPKCS8(client.private_key ?? '', 'ES256'))
    case 'none':
      return oauth.None()
  }
}
