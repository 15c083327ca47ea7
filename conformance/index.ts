export { runConformance, type RunOptions } from './runner/run.js'
export type { RunEvent, RunPlan } from './runner/events.js'
export { replay, type ReplayResult } from './runner/replay.js'
export { promote, type PromoteOptions, type Promotion } from './runner/promote.js'
export { runDiff, type DiffOptions, type DiffReport, type Disagreement, type RuleApart } from './diff/run.js'
export { DIFFERENCES, type Difference, type DifferenceKind } from './diff/behaviour.js'
export { renderDiff, shownDisagreements, type ShownDisagreement } from './report/diff.js'
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
export { compareWithBaselines } from './baseline/compare.js'
export {
  BaselineError,
  parseBaseline,
  readBaseline,
  type Baseline,
  type BaselineEntry,
  type BaselineFile,
} from './baseline/read.js'
export { updatedBaseline, type UpdatedBaseline } from './baseline/update.js'
export {
  AREAS,
  listRequirements,
  requirementOf,
  type Area,
  type Requirement,
  type RequirementId,
} from './requirements.js'
export { adapterNamed, adapters, foreignAdapters } from './adapters/index.js'
export { serialized } from './adapters/serialized.js'
export { tokensUnderWireNames } from './adapters/wire-tokens.js'
export { processAdapter, type ProcessAdapter, type ProcessOptions } from './stdio/adapter.js'
export type { Command } from './stdio/command.js'
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
export { renderReplay, shownReplay, type ShownReplay } from './report/replay.js'
export { renderTable, type TableOptions } from './report/table.js'
export { reportOf } from './report/fold.js'
export { reportFiles, REPORTERS, type Reporter } from './report/files.js'
export { badgeOf, type Badge } from './report/badge.js'
export { renderHtml } from './report/html.js'
export { renderJunit } from './report/junit.js'
export { renderMarkdown } from './report/markdown.js'
export type { Finding, Report, SdkReport } from './report/report.js'
export type { RequirementResult } from '../generated/schemas.js'
