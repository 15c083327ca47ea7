import { createRequire } from 'node:module'
import { importPKCS8 } from 'jose'
import {
  buildSessionTransferRedirect,
  clientSecretBasic,
  clientSecretPost,
  getCurrentActor,
  getDelegationChain,
  noClientAuthentication,
  privateKeyJwt,
  TokenExchangeClient,
  TokenExchangeError,
  type ClientAuthentication,
  type ExchangeTokenOptions,
  type SessionTransferOptions,
  type SessionTransferTokenResult,
} from '../../../src/index.js'
import {
  rejectedBy,
  type Adapter,
  type ExchangeClient,
  type ExchangeInput,
  type Observation,
  type OnBehalfOfInput,
  type PerformRequest,
  type SessionTransferInput,
  type WireCall,
} from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
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
      if (!isWireCall(request)) return { outcome: 'value', value: valueOf(request) }
      return { outcome: 'tokens', tokens: await call(request, await clientFor(request, context)) }
    } catch (error) {
      return rejectedBy(error, error instanceof TokenExchangeError ? error.oauth?.error : undefined)
    }
  },
}

function isWireCall(request: PerformRequest): request is WireCall {
  return 'target' in request
}

function valueOf(request: Exclude<PerformRequest, WireCall>): string | readonly string[] | null {
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

async function authenticationOf(client: ExchangeClient): Promise<ClientAuthentication> {
  switch (client.authentication) {
    case 'client_secret_post':
      return clientSecretPost(client.secret)
    case 'client_secret_basic':
      return clientSecretBasic(client.secret)
    case 'private_key_jwt':
      return privateKeyJwt(await importPKCS8(client.private_key ?? '', 'ES256'), { alg: 'ES256' })
    case 'none':
      return noClientAuthentication()
  }
}

/** Only what is given becomes an option. */
function exchangeOptions(input: ExchangeInput): ExchangeTokenOptions {
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

function onBehalfOfOptions({ access_token: token, audience, scope }: OnBehalfOfInput) {
  return {
    accessToken: { token, verifiedBy: 'caller' } as const,
    audience,
    ...(scope === undefined ? {} : { scope }),
  }
}

function sessionTransferOptions(input: SessionTransferInput): SessionTransferOptions {
  return {
    subjectToken: input.subject_token,
    subjectTokenType: input.subject_token_type,
    ...(input.actor_token === undefined ? {} : { actorToken: input.actor_token }),
    ...(input.actor_token_type === undefined ? {} : { actorTokenType: input.actor_token_type }),
    ...(input.scope === undefined ? {} : { scope: input.scope }),
    ...(input.organization === undefined ? {} : { organization: input.organization }),
  } as SessionTransferOptions
}
