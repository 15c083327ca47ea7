import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../../generated/constants.js'
import { importPKCS8 } from 'jose'
import type { ClientAuth } from 'openid-client'
import { rejectedBy, type Adapter, type ExchangeClient, type ExchangeInput } from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
import { installedVersion } from '../installed.js'
import { tokensUnderWireNames } from '../wire-tokens.js'

const PACKAGE = 'openid-client'

/**
 * The adapter of `openid-client`, as it is on npm: its generic grant function takes a bag of parameters, and owns the
 * grant type and the client.
 *
 * @throws {Error} When the package is not installed.
 */
export async function loadOpenidClient(): Promise<Adapter> {
  const openid = await import('openid-client')
  const configurationFor = rememberClients(async ({ target, client, fetch }) => {
    const authentication = await authenticationOf(openid, client)
    const options = {
      [openid.customFetch]: (url: string, init: object) => fetch(url, init),
      ...(client.timeout_ms === undefined ? {} : { timeout: client.timeout_ms / 1000 }),
    }
    return openid.discovery(new URL(target.issuer), client.id, undefined, authentication, options)
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
      const configuration = await configurationFor(request, context)
      try {
        const parameters = parametersOf(request.input)
        return tokensUnderWireNames(
          await openid.genericGrantRequest(configuration, TOKEN_EXCHANGE_GRANT_TYPE, parameters),
        )
      } catch (error) {
        return rejectedBy(error, error instanceof openid.ResponseBodyError ? error.error : undefined)
      }
    },
  }
}

function parametersOf({ extra = [], ...typed }: ExchangeInput): URLSearchParams {
  const parameters = new URLSearchParams(typed)
  for (const [name, value] of extra) for (const item of [value].flat()) parameters.append(name, item)
  return parameters
}

async function authenticationOf(openid: typeof import('openid-client'), client: ExchangeClient): Promise<ClientAuth> {
  switch (client.authentication) {
    case 'client_secret_post':
      return openid.ClientSecretPost(client.secret)
    case 'client_secret_basic':
      return openid.ClientSecretBasic(client.secret)
    case 'private_key_jwt':
      return openid.PrivateKeyJwt(await importPKCS8(client.private_key ?? '', 'ES256'))
    case 'none':
      return openid.None()
  }
}
