import { rejectedBy, type Adapter } from '../../adapter.js'
import { packageFile } from '../../package-file.js'
import { rememberClients } from '../client-memory.js'
import { packagesOf } from '../node-environment.js'
import { tokensUnderWireNames } from '../wire-tokens.js'

const OPTIONS: ReadonlySet<string> = new Set(['subject_token', 'subject_token_type', 'audience', 'scope'])

/** What is used of the package, which is not there at compile time. */
interface Auth0 {
  readonly AuthenticationClient: new (options: Readonly<Record<string, unknown>>) => {
    readonly tokenExchange: {
      exchangeToken(bag: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
    }
  }
}

/**
 * The adapter of `auth0` (node-auth0), as it is on npm: its exchange takes one bag of parameters.
 *
 * @throws {Error} When the package cannot be installed.
 */
export async function loadNodeAuth0(): Promise<Adapter> {
  const require = await packagesOf(packageFile('conformance/adapters/node-auth0/dependencies.json'))
  const { AuthenticationClient } = require('auth0/legacy') as Auth0
  const { version } = require('auth0/package.json') as { version: string }
  const clientFor = rememberClients(
    ({ target, client, fetch }) =>
      new AuthenticationClient({
        domain: new URL(target.issuer).host,
        clientId: client.id,
        fetch,
        ...(client.timeout_ms === undefined ? {} : { timeoutDuration: client.timeout_ms }),
        ...(client.private_key === undefined
          ? { clientSecret: client.secret }
          : { clientAssertionSigningKey: client.private_key, clientAssertionSigningAlg: 'ES256' }),
      }),
  )
  return {
    async hello() {
      return Promise.resolve({
        sdk: { name: 'node-auth0', version, language: 'typescript' },
        capabilities: {
          exchange: 'generic',
          owns: ['grant_type', 'client_id', 'client_secret'],
          extra: true,
          actor: 'untyped',
          current_actor: false,
          delegation_chain: false,
          oauth_error: true,
          timeout: true,
          client_authentication: ['client_secret_post', 'private_key_jwt'],
        },
      })
    },
    async perform(request, context) {
      if (request.op !== 'exchange') return { outcome: 'unsupported', capability: request.op }
      const { extra = [], ...options } = request.input
      // The bag has one place for a name, so that an option cannot be given twice.
      const twice = extra.find(([name]) => OPTIONS.has(name))
      if (twice) return { outcome: 'unsupported', capability: `extra ${twice[0]}` }
      const client = clientFor(request, context)
      try {
        const bag = Object.fromEntries([...Object.entries(options), ...extra])
        return tokensUnderWireNames(await client.tokenExchange.exchangeToken(bag))
      } catch (error) {
        return rejectedBy(error, (error as { error?: unknown }).error)
      }
    },
  }
}
