export { TokenExchangeClient } from './client.js'
export type { TokenExchangeClientConfig } from './client-config.js'
export type {
  ActorOptions,
  CacheUse,
  CallOptions,
  ExchangeCallOptions,
  ExchangeParameters,
  ExchangeTokenOptions,
} from './exchange-options.js'
export type { AccessTokenResult, ExchangeTokenResult, IssuedTokenResult } from './result.js'
export type { ActOnResult, ActUnavailable } from './id-token.js'
export type { OnBehalfOfOptions, OnBehalfOfTokenResult, SubjectAccessToken } from './on-behalf-of.js'
export type { SessionTransferOptions, SessionTransferToken, SessionTransferTokenResult } from './session-transfer.js'
export {
  buildSessionTransferRedirect,
  sessionTransferParameters,
  sessionTransferResponse,
} from './session-transfer-redirect.js'
export type { SessionTransferParameters, SessionTransferRedirectOptions } from './session-transfer-redirect.js'
export type { ConnectionTokenOptions, ConnectionTokenResult } from './token-vault.js'
export type { UserInfo, UserInfoOptions } from './user-info.js'
export type { AccessTokenClaims, VerifiedAccessToken, VerifyAccessTokenOptions } from './access-token.js'
export { clientSecretBasic, clientSecretPost, mutualTls, noClientAuthentication } from './client-auth.js'
export type { ClientAuthentication, ClientCredentials } from './client-auth.js'
export { privateKeyJwt, type PrivateKeyJwtOptions } from './private-key-jwt.js'
export type { DPoPOptions } from './dpop.js'
export type { DelegatedFetch, DelegatedFetchOptions } from './delegated-fetch.js'
export type { DomainResolver } from './tenant.js'
export type { RetryPolicy } from './retry.js'
export type { ExchangeEvent, Flow, OnEvent } from './events.js'
export type { CachedAnswer, CachedCall, ExchangeCache } from './cache-contract.js'
export { checkMayAct, describeDelegation, getCurrentActor, getDelegationChain, requireActor } from './act.js'
export type {
  ActClaim,
  ActorPolicy,
  AllowedActor,
  CurrentActor,
  DelegationChainOptions,
  DelegationDescription,
  MayAct,
} from './act.js'
export { TokenExchangeError, TokenExchangeErrorCode, isTokenExchangeError } from './errors.js'
export type { OAuthErrorFields, RateLimit, TokenExchangeErrorDetails, TokenExchangeErrorKind } from './errors.js'
export type { Challenge, ChallengeOptions } from './challenge.js'
export type { ExtraParameters } from './parameters.js'
export type { Fetch } from './bounded-fetch.js'
export {
  ACCESS_TOKEN_TYPE,
  CONNECTION_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  JWT_TOKEN_TYPE,
  PROTECTED_PARAMETERS,
  REFRESH_TOKEN_TYPE,
  SESSION_TRANSFER_TOKEN_TYPE,
  TOKEN_EXCHANGE_GRANT_TYPE,
} from '../generated/constants.js'
