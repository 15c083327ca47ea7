export {
  createEmulator,
  type Emulator,
  type Listen,
  type Listening,
  type ResetOptions,
  type SecureListening,
} from './emulator.js'
export { defaultTenant } from './config/default-tenant.js'
export type { CheckName } from './journal/checks.js'
export type { ControlErrorBody, ControlErrorCode } from './control/control-error.js'
export type { ControlState } from './control/state.js'
export type { ConnectionOptions } from './http/connection.js'
export type { Delegation } from './tokens/delegation.js'
export type { ExchangeMatch } from './journal/exchanges.js'
export type {
  AnswerFault,
  DelayFault,
  Fault,
  FaultKind,
  FaultTarget,
  ResetFault,
  TruncationFault,
} from './faults/fault.js'
export type { FaultQueue } from './faults/fault-queue.js'
export type { JournalEntry } from './journal/journal.js'
export type { ListenOptions } from './http/listen.js'
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
} from './config/config.js'
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
} from './actions/action.js'
