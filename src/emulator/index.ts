export { createEmulator, type Emulator, type Listening, type ResetOptions } from './emulator.js'
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
  ConnectionTokenConfig,
  EmulatorConfig,
  OrganizationConfig,
  SessionTransferConfig,
  TenantConfig,
  TokenDialect,
  TokenEndpointAuthMethod,
  TokenExchangeProfileConfig,
  TokenExchangeProfileType,
  UserConfig,
} from './config.js'
export type {
  Action,
  ActionApi,
  ActionEvent,
  ActorTokenUser,
  ConnectionUser,
  SetUserByConnectionOptions,
} from './action.js'
