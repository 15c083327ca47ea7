export {
  createEmulator,
  type Emulator,
  type Listen,
  type Listening,
  type ResetOptions,
  type SecureListening,
} from './emulator.js'
export { defaultTenant } from './default-tenant.js'
export type { CheckName } from './checks.js'
export type { ControlErrorBody, ControlErrorCode } from './control/control-error.js'
export type { ControlState } from './control/state.js'
export type { ConnectionOptions } from './connection.js'
export type { Delegation } from './delegation.js'
export type { ExchangeMatch } from './exchanges.js'
export type { AnswerFault, DelayFault, Fault, FaultKind, FaultTarget, ResetFault, TruncationFault } from './fault.js'
export type { FaultQueue } from './fault-queue.js'
export type { JournalEntry } from './journal.js'
export type { ListenOptions } from './listen.js'
export type {
  ApiConfig,
  ClientConfig,
  ClientGrantConfig,
  ConnectionConfig,
  ConnectionTokenConfig,
  EmulatorConfig,
  EnabledConnectionConfig,
  GeoIp,
  OrganizationConfig,
  SessionTransferConfig,
  TenantConfig,
  TokenDialect,
  TokenEndpointAuthMethod,
  TokenExchangeProfileConfig,
  TokenExchangeProfileType,
  UserAccessPolicy,
  UserConfig,
} from './config.js'
export type {
  Action,
  ActionApi,
  ActionCache,
  ActionEvent,
  ActorTokenUser,
  CachedValue,
  CacheOptions,
  ConnectionUser,
  SetUserByConnectionOptions,
} from './action.js'
