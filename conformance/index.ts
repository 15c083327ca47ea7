export { runConformance, type RunEvent, type RunOptions } from './runner/run.js'
export { replay, type ReplayResult } from './runner/replay.js'
export type { Answer, CaseResult } from './runner/session.js'
export {
  runMutants,
  CONTROLS,
  LIFECYCLE_MUTANTS,
  MUTANTS,
  type Control,
  type ControlResult,
  type Mutant,
  type MutantOptions,
  type MutantReport,
  type MutantResult,
} from './mutants/run.js'
export { listRequirements, requirementOf, type Area, type Requirement, type RequirementId } from './requirements.js'
export { adapterNamed, adapters, foreignAdapters } from './adapters/index.js'
export { serialized } from './adapters/serialized.js'
export { processAdapter, type ProcessAdapter, type ProcessOptions } from './stdio/adapter.js'
export type { Command } from './stdio/process-group.js'
export { validateAdapter, type TranscriptResult, type ValidateOptions } from './validate/validate-adapter.js'
export { rejectedBy } from './adapter.js'
export type {
  Adapter,
  AdapterEntry,
  Capabilities,
  Hello,
  Observation,
  PerformContext,
  PerformRequest,
} from './adapter.js'
export type { ActCase, ActorFact, Case, ClaimsSource, ExchangeCase } from './case.js'
export { PROPERTIES, type Property } from './properties/index.js'
export { VECTORS, type Vector } from './vectors.js'
export { REASONS, type Reason, type Verdict } from './oracles/index.js'
export { formatReplayToken, parseReplayToken, type ReplayToken } from './seed.js'
export { renderMutants } from './report/mutants.js'
export { renderReplay } from './report/replay.js'
export { renderTable } from './report/table.js'
export type { Finding, Report, SdkReport } from './report/report.js'
export type { RequirementResult } from '../generated/schemas.js'
