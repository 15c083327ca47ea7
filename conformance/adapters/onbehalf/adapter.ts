import { createRequire } from 'node:module'
import {
  buildSessionTransferRedirect,
  getCurrentActor,
  getDelegationChain,
  TokenExchangeClient,
  TokenExchangeError,
  type SessionTransferTokenResult,
} from '../../../src/index.js'
import {
  rejectedBy,
  type Adapter,
  type Observation,
  type PerformRequest,
  type SessionRequest,
  type WireCall,
} from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
import { authenticationOf, exchangeOptions, onBehalfOfOptions, sessionTransferOptions } from './options.js'
import { sessionSteps } from './session.js'
import { tokensOf } from './tokens.js'

const clientFor = rememberClients(
  async ({ target, client, fetch }) =>
    new TokenExchangeClient({
      domain: target.issuer,
      clientId: client.id,
      clientAuthentication: await authenticationOf(client),
      fetch,
      ...(client.timeout_ms === undefined ? {} : { timeoutMs: client.timeout_ms }),
    }),
)

/** The facade of this package. */
export const onbehalfAdapter: Adapter = {
  async hello() {
    const { version } = createRequire(import.meta.url)('onbehalf/package.json') as { version: string }
    return Promise.resolve({
      sdk: { name: 'onbehalf', version, language: 'typescript' },
      capabilities: {
        exchange: 'typed',
        extra: true,
        actor: 'typed',
        current_actor: true,
        delegation_chain: true,
        on_behalf_of: true,
        session_transfer: true,
        session_transfer_redirect: true,
        session: true,
        organization: true,
        result_act: true,
        oauth_error: true,
        timeout: true,
        client_authentication: ['client_secret_post', 'client_secret_basic', 'private_key_jwt', 'none'],
      },
    })
  },
  async perform(request, context) {
    try {
      if (request.op === 'session') return { outcome: 'session', steps: await sessionSteps(request, context) }
      if (!isWireCall(request)) return { outcome: 'value', value: valueOf(request) }
      return { outcome: 'tokens', tokens: await call(request, await clientFor(request, context)) }
    } catch (error) {
      return rejectedBy(error, error instanceof TokenExchangeError ? error.oauth?.error : undefined)
    }
  },
}

function isWireCall(request: Exclude<PerformRequest, SessionRequest>): request is WireCall {
  return 'target' in request
}

function valueOf(request: Exclude<PerformRequest, WireCall | SessionRequest>): string | readonly string[] | null {
  switch (request.op) {
    case 'current_actor':
      return getCurrentActor(JSON.parse(request.claims) as object) ?? null
    case 'delegation_chain':
      return getDelegationChain(JSON.parse(request.claims) as object)
    case 'session_transfer_redirect': {
      const { target_login_url: target, session_transfer_token: sessionTransferToken, organization } = request.input
      const result = { sessionTransferToken } as SessionTransferTokenResult
      return buildSessionTransferRedirect(target, result, organization === undefined ? {} : { organization })
    }
  }
}

async function call(
  request: WireCall,
  client: TokenExchangeClient,
): Promise<Extract<Observation, { outcome: 'tokens' }>['tokens']> {
  switch (request.op) {
    case 'exchange':
      return tokensOf(await client.exchangeToken(exchangeOptions(request.input)))
    case 'on_behalf_of':
      return tokensOf(await client.getTokenOnBehalfOf(onBehalfOfOptions(request.input)))
    case 'session_transfer':
      return tokensOf(await client.requestSessionTransferToken(sessionTransferOptions(request.input)))
  }
}
