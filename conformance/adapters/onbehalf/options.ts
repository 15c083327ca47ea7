import { importPKCS8 } from 'jose'
import {
  clientSecretBasic,
  clientSecretPost,
  noClientAuthentication,
  privateKeyJwt,
  type ClientAuthentication,
  type ExchangeTokenOptions,
  type SessionTransferOptions,
} from '../../../src/index.js'
import type { ExchangeClient, ExchangeInput, OnBehalfOfInput, SessionTransferInput } from '../../adapter.js'

/** The client authentication of a case. */
export async function authenticationOf(client: ExchangeClient): Promise<ClientAuthentication> {
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
export function exchangeOptions(input: ExchangeInput): ExchangeTokenOptions {
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

/** Only what is given becomes an option. */
export function onBehalfOfOptions({ access_token: token, audience, scope }: OnBehalfOfInput) {
  return {
    accessToken: { token, verifiedBy: 'caller' } as const,
    audience,
    ...(scope === undefined ? {} : { scope }),
  }
}

/** Only what is given becomes an option. */
export function sessionTransferOptions(input: SessionTransferInput): SessionTransferOptions {
  return {
    subjectToken: input.subject_token,
    subjectTokenType: input.subject_token_type,
    ...(input.actor_token === undefined ? {} : { actorToken: input.actor_token }),
    ...(input.actor_token_type === undefined ? {} : { actorTokenType: input.actor_token_type }),
    ...(input.scope === undefined ? {} : { scope: input.scope }),
    ...(input.organization === undefined ? {} : { organization: input.organization }),
  } as SessionTransferOptions
}
