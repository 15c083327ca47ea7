export { TokenExchangeClient } from './client.js'
export type { TokenExchangeClientConfig } from './input/client-config.js'
export type {
  ActorOptions,
  CacheUse,
  CallOptions,
  ExchangeCallOptions,
  ExchangeParameters,
  ExchangeTokenOptions,
} from './input/exchange-options.js'
export type { AccessTokenResult, ExchangeTokenResult, IssuedTokenResult } from './response/result.js'
export type { ActOnResult, ActUnavailable } from './tokens/id-token.js'
export type { OnBehalfOfOptions, OnBehalfOfTokenResult, SubjectAccessToken } from './flows/on-behalf-of.js'
export type {
  SessionTransferOptions,
  SessionTransferToken,
  SessionTransferTokenResult,
} from './flows/session-transfer.js'
export {
  buildSessionTransferRedirect,
  sessionTransferParameters,
  sessionTransferResponse,
} from './flows/session-transfer-redirect.js'
export type { SessionTransferParameters, SessionTransferRedirectOptions } from './flows/session-transfer-redirect.js'
export type { ConnectionTokenOptions, ConnectionTokenResult } from './flows/token-vault.js'
export type { UserInfo, UserInfoOptions } from './flows/user-info.js'
export type { VerifyAccessTokenOptions } from './tokens/access-token.js'
export type { AccessTokenClaims, VerifiedAccessToken } from './tokens/verified-token.js'
export { clientSecretBasic, clientSecretPost, mutualTls, noClientAuthentication } from './request/client-auth.js'
export type { ClientAuthentication, ClientCredentials } from './request/client-auth.js'
export { privateKeyJwt, type PrivateKeyJwtOptions } from './request/private-key-jwt.js'
export type { DPoPOptions } from './request/dpop-key.js'
export type { DelegatedFetch, DelegatedFetchOptions } from './flows/delegated-fetch.js'
export type { DomainResolver } from './tenant/tenant.js'
export type { RetryPolicy } from './transport/retry.js'
export type { ExchangeEvent, Flow, OnEvent } from './events.js'
export type { CachedAnswer, CachedCall, ExchangeCache } from './flows/cache-contract.js'
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
export type { ExtraParameters } from './input/parameters.js'
export type { Fetch } from './transport/bounded-fetch.js'
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
