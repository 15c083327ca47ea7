import type fc from 'fast-check'
import type { Case } from '../case.js'
import type { Area, RequirementId } from '../requirements.js'

/** A generator of cases for some rules. The oracles judge every rule that a case touches. */
export interface Property {
  readonly id: string
  readonly area: Area
  /** What holds for every case, as one sentence. */
  readonly title: string
  /** The rules that it is there for. */
  readonly requirements: readonly RequirementId[]
  readonly cases: fc.Arbitrary<Case>
}
