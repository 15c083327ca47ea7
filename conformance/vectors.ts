import { createRequire } from 'node:module'
import type {
  ActVector,
  CallVector,
  RedirectVector,
  ReExchangeVector,
  SequenceVector,
  VectorFile,
  VectorReply,
} from '../generated/schemas.js'
import { isVectorFile } from '../generated/validators/vector-file.js'
import { longChain } from './arbitraries/act-node.js'
import type { CallCase, Case, WireSettings } from './case.js'
import { listRequirements, isLifecycle, requirementOf, type Area, type RequirementId } from './requirements.js'
import type { WireReply } from './wire-program.js'

/** A static case. */
export interface Vector {
  readonly id: string
  readonly area: Area
  readonly note: string
  /** The rules that an SDK with every capability passes here. */
  readonly requirements: readonly RequirementId[]
  readonly case: Case
  /** What an SDK that keeps every rule does. */
  readonly expect?: NonNullable<CallVector['expect']> | RedirectVector['expect']
}

/** The areas with a rule that has a check of its own. */
const CHECKED: readonly Area[] = [
  ...new Set(
    listRequirements().flatMap((row) => (row.excluded === undefined && !isLifecycle(row.id) ? [row.area] : [])),
  ),
]

/** Every static case, area by area. */
export const VECTORS: readonly Vector[] = CHECKED.flatMap((area) =>
  readVectorFile(area).vectors.map((vector) => ({
    id: vector.id,
    area,
    note: vector.note,
    requirements: vector.requirements.map((id) => requirementOf(id).id),
    case: caseOf(vector),
    ...('expect' in vector ? { expect: vector.expect } : {}),
  })),
)

function readVectorFile(area: Area): VectorFile {
  const file: unknown = createRequire(import.meta.url)(`#spec/vectors/${area}.json`)
  if (isVectorFile(file)) return file
  const [problem] = isVectorFile.errors ?? []
  throw new TypeError(`spec/vectors/${area}.json ${problem?.instancePath ?? ''} ${problem?.message ?? 'is not valid'}`)
}

function caseOf(vector: VectorFile['vectors'][number]): Case {
  if ('steps' in vector) return sequenceCase(vector)
  if ('session' in vector) return { kind: 'session', input: { steps: vector.session }, ...settingsOf(vector) }
  if ('input' in vector) return { ...callCase(vector), ...settingsOf(vector) }
  if ('redirect' in vector) return { kind: 'redirect', input: vector.redirect }
  return 'next' in vector ? reExchangeCase(vector) : actCase(vector)
}

function sequenceCase(vector: SequenceVector): Case {
  const { relation, concurrent, steps } = vector
  return {
    kind: 'sequence',
    relation,
    ...(concurrent && { concurrent }),
    steps: steps.map(callCase),
    ...settingsOf(vector),
  }
}

function callCase({ op = 'exchange', input, server }: Pick<CallVector, 'op' | 'input' | 'server'>): CallCase {
  return { kind: op, input, ...(server && { server }) } as CallCase
}

function settingsOf({ client, respond }: Pick<CallVector, 'client' | 'respond'>): WireSettings {
  return { ...(client && { client }), ...(respond && { program: { token: respond.map(replyOf) } }) }
}

function replyOf({ status, headers, json, body, ...rest }: VectorReply): WireReply {
  const text = json === undefined ? body : JSON.stringify(json)
  return {
    status,
    headers: headers ?? (json === undefined ? [] : [['content-type', 'application/json']]),
    ...(text === undefined ? {} : { body: text }),
    ...(rest.body_base64 === undefined ? {} : { bodyBase64: rest.body_base64 }),
    ...(rest.truncate_after === undefined ? {} : { truncateAfter: rest.truncate_after }),
    ...(rest.delay_ms === undefined ? {} : { delayMs: rest.delay_ms }),
    ...(rest.body_delay_ms === undefined ? {} : { bodyDelayMs: rest.body_delay_ms }),
    ...(rest.reset === undefined ? {} : { reset: rest.reset }),
  }
}

function actCase({ claims, actors, chain, end = 'absent', decoys = [] }: ActVector): Case {
  if (actors !== undefined) return longChain(actors)
  return { kind: 'act', claims: { json: JSON.stringify(claims) }, chain, end, decoys }
}

function reExchangeCase({ claims, next, actor }: ReExchangeVector): Case {
  return { kind: 're_exchange', claims: { json: JSON.stringify(claims) }, next: { json: JSON.stringify(next) }, actor }
}
