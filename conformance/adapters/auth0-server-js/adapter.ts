import { SESSION_TRANSFER_TOKEN_TYPE } from '../../../generated/constants.js'
import type { ServerClient } from '@auth0/auth0-server-js'
import {
  rejectedBy,
  type Adapter,
  type ExchangeInput,
  type SeenSession,
  type SessionInput,
  type SessionTransferInput,
} from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
import { installedVersion } from '../installed.js'

const PACKAGE = '@auth0/auth0-server-js'

/** One browser of an application: what the SDK has its stores keep for it. */
type BrowserStore = Map<string, unknown>

/** The stores of an application. A call without a browser finds nobody signed in. */
const STORE = {
  get: async (key: string, browser?: BrowserStore) => Promise.resolve(browser?.get(key) as never),
  set: async (key: string, value: unknown, _removeIfExists?: boolean, browser?: BrowserStore) => {
    browser?.set(key, value)
    return Promise.resolve()
  },
  delete: async (key: string, browser?: BrowserStore) => {
    browser?.delete(key)
    return Promise.resolve()
  },
  deleteByLogoutToken: async () => Promise.resolve(),
}

/**
 * The adapter of `@auth0/auth0-server-js`, as it is on npm.
 *
 * @throws {Error} When the package is not installed.
 */
export async function loadAuth0ServerJs(): Promise<Adapter> {
  const { ServerClient, TokenExchangeError } = await import('@auth0/auth0-server-js')
  const stores = { transactionStore: STORE, stateStore: STORE }
  const builder = new ServerClient({ ...stores, domain: 'tenant.example.com', clientId: 'web-app' })
  const clientFor = rememberClients(
    ({ target, client, fetch }) =>
      new ServerClient({
        ...stores,
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
        sdk: { name: 'auth0-server-js', version: installedVersion(PACKAGE), language: 'typescript' },
        capabilities: {
          exchange: 'typed',
          extra: true,
          actor: 'typed',
          current_actor: false,
          delegation_chain: false,
          organization: true,
          result_act: true,
          session: true,
          session_transfer: true,
          session_transfer_redirect: true,
          oauth_error: true,
          client_authentication: ['client_secret_post', 'private_key_jwt'],
        },
      })
    },
    async perform(request, context) {
      try {
        switch (request.op) {
          case 'exchange': {
            const response = await clientFor(request, context).customTokenExchange(optionsOf(request.input))
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
          }
          case 'session_transfer': {
            const { input } = request
            // The type stands inside of the actor, so that it cannot be given alone.
            if (input.actor_token === undefined && input.actor_token_type !== undefined)
              return { outcome: 'unsupported', capability: 'actor_token_type' }
            const result = await clientFor(request, context).requestSessionTransferToken(transferOf(input))
            return {
              outcome: 'tokens',
              tokens: {
                access_token: result.sessionTransferToken,
                issued_token_type: result.issuedTokenType,
                expires_in: result.expiresIn,
                ...(result.tokenType === undefined ? {} : { token_type: result.tokenType }),
                ...(result.scope === undefined ? {} : { scope: result.scope }),
              },
            }
          }
          case 'session':
            return { outcome: 'session', steps: await sessionSteps(clientFor(request, context), request.input) }
          case 'session_transfer_redirect': {
            const { target_login_url: url, session_transfer_token: token, organization } = request.input
            const result = {
              sessionTransferToken: token,
              issuedTokenType: SESSION_TRANSFER_TOKEN_TYPE,
              expiresIn: 60,
            }
            const options = organization === undefined ? {} : { organization }
            return { outcome: 'value', value: builder.buildSessionTransferRedirect(url, result, options).href }
          }
          default:
            return { outcome: 'unsupported', capability: request.op }
        }
      } catch (error) {
        return rejectedBy(error, error instanceof TokenExchangeError ? error.cause?.error : undefined)
      }
    },
  }
}

/** Each browser has a store of its own, so that what it holds is not the SDK's to decide. */
async function sessionSteps(client: ServerClient<BrowserStore>, { steps }: SessionInput): Promise<SeenSession[]> {
  const browsers = new Map<string, BrowserStore>()
  const seen: SeenSession[] = []
  for (const { do: what, browser: name, exchange } of steps) {
    const browser = browsers.get(name) ?? new Map<string, unknown>()
    browsers.set(name, browser)
    let error: SeenSession['error']
    try {
      if (what === 'logout') await client.logout({ returnTo: 'https://app.example.com/' }, browser)
      else if (exchange) await client.loginWithCustomTokenExchange(optionsOf(exchange), browser)
    } catch (thrown) {
      const observation = rejectedBy(thrown)
      if (observation.outcome === 'rejected') ({ error } = observation)
    }
    const user = await client.getUser(browser)
    const act = user?.['act'] as Record<string, unknown> | undefined
    seen.push({ user: user ? { sub: user.sub, ...(act && { act }) } : null, ...(error && { error }) })
  }
  return seen
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

function transferOf(input: SessionTransferInput) {
  return {
    subjectToken: input.subject_token,
    subjectTokenType: input.subject_token_type,
    ...(input.actor_token === undefined
      ? {}
      : {
          actor: {
            token: input.actor_token,
            ...(input.actor_token_type === undefined ? {} : { type: input.actor_token_type }),
          },
        }),
    ...(input.scope === undefined ? {} : { scope: input.scope }),
    ...(input.organization === undefined ? {} : { organization: input.organization }),
  }
}

/** The SDK's type wants arrays that may be written to. */
function copied(extra: NonNullable<ExchangeInput['extra']>): [string, string | string[]][] {
  return extra.map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])
}
