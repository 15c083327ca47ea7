import { createRequire } from 'node:module'
import type { ActVector, ExchangeVector, VectorFile } from '../generated/schemas.js'
import { isVectorFile } from '../generated/validators/vector-file.js'
import { longChain } from './arbitraries/act-node.js'
import type { Case } from './case.js'
import { AREAS, requirementOf, type Area, type RequirementId } from './requirements.js'

/** A static case. */
export interface Vector {
  readonly id: string
  readonly area: Area
  readonly note: string
  /** The rules that an SDK with every capability passes here. */
  readonly requirements: readonly RequirementId[]
  readonly case: Case
  /** What an SDK that keeps every rule does with an exchange. */
  readonly expect?: ExchangeVector['expect']
}

/** Every static case, area by area. */
export const VECTORS: readonly Vector[] = AREAS.flatMap((area) =>
  readVectorFile(area).vectors.map((vector) => ({
    id: vector.id,
    area,
    note: vector.note,
    requirements: vector.requirements.map((id) => requirementOf(id).id),
    case: 'input' in vector ? { kind: 'exchange', input: vector.input } : actCase(vector),
    ...('input' in vector ? { expect: vector.expect } : {}),
  })),
)

function readVectorFile(area: Area): VectorFile {
  const file: unknown = createRequire(import.meta.url)(`#spec/vectors/${area}.json`)
  if (isVectorFile(file)) return file
  const [problem] = isVectorFile.errors ?? []
  throw new TypeError(`spec/vectors/${area}.json ${problem?.instancePath ?? ''} ${problem?.message ?? 'is not valid'}`)
}

function actCase({ claims, actors, chain, end = 'absent', decoys = [] }: ActVector): Case {
  if (actors !== undefined) return longChain(actors)
  return { kind: 'act', claims: { json: JSON.stringify(claims) }, chain, end, decoys }
}
