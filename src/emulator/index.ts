export { createEmulator, type Emulator, type Listen, type Listening, type SecureListening } from './emulator.js'
export { defaultTenant } from './default-tenant.js'
export type { CheckName } from './checks.js'
export type { ConnectionOptions } from './connection.js'
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
