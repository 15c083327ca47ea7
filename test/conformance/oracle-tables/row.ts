import type {
  ActEvidence,
  ExchangeEvidence,
  RedirectEvidence,
  ReExchangeEvidence,
  SequenceEvidence,
  SessionEvidence,
} from '../../../conformance/case.js'
import type { Reason, Verdict } from '../../../conformance/oracles/index.js'

/** A rule, what was seen, and what the rule says of it; `silent` when it says nothing. */
export interface OracleRow {
  readonly rule: string
  readonly requirement: Verdict['requirement']
  readonly evidence:
    ExchangeEvidence | SequenceEvidence | SessionEvidence | RedirectEvidence | ActEvidence | ReExchangeEvidence
  readonly want: Reason | 'silent'
}

export function row(
  requirement: OracleRow['requirement'],
  want: OracleRow['want'],
  rule: string,
  evidence: OracleRow['evidence'],
): OracleRow {
  return { rule, requirement, evidence, want }
}
