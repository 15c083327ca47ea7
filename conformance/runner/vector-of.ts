import type {
  ActVector,
  CallVector,
  RedirectVector,
  ReExchangeVector,
  SessionVector,
  VectorFile,
  VectorReply,
} from '../../generated/schemas.js'
import type { ActCase, CallCase, Case, ClaimsSource, WireSettings } from '../case.js'
import type { WireReply } from '../wire-program.js'
import type { CaseResult } from './session.js'

/** A static case as its file holds it. */
export type AnyVector = VectorFile['vectors'][number]

/** What every vector says of itself. */
type VectorHead = Pick<CallVector, 'id' | 'note' | 'requirements'>

/**
 * A case as a vector, with what an SDK did with it that keeps every rule.
 *
 * @throws {RangeError} When a vector file cannot hold the case.
 */
export function vectorOf(given: Case, head: VectorHead, reference: CaseResult): AnyVector {
  switch (given.kind) {
    case 'act':
      return actVector(given, head)
    case 're_exchange':
      return {
        ...head,
        claims: claimsOf(given.claims),
        next: claimsOf(given.next),
        actor: given.actor,
      } satisfies ReExchangeVector
    case 'redirect':
      return {
        ...head,
        expect: outcomeOf(reference) === 'rejected' ? 'rejected' : 'answered',
        redirect: given.input,
      } satisfies RedirectVector
    case 'session': {
      const { respond = [], ...settings } = settingsOf(given)
      return { ...head, session: [...given.input.steps], ...settings, respond } satisfies SessionVector
    }
    case 'sequence': {
      const { relation, concurrent, steps } = given
      return {
        ...head,
        relation,
        ...(concurrent && { concurrent }),
        steps: steps.map(stepOf),
        ...settingsOf(given),
      }
    }
    default:
      return { ...head, expect: expectationOf(reference), ...stepOf(given), ...settingsOf(given) } satisfies CallVector
  }
}

function stepOf(given: CallCase): Pick<CallVector, 'op' | 'input' | 'server'> {
  if (given.kind !== 'exchange') return { op: given.kind, input: given.input }
  return { input: given.input, ...(given.server && { server: given.server }) }
}

function expectationOf(reference: CaseResult): NonNullable<CallVector['expect']> {
  if (reference.wire.exchanges.length === 0) return 'rejected'
  return outcomeOf(reference) === 'rejected' ? 'failed' : 'sent'
}

function outcomeOf({ answers }: CaseResult): string | undefined {
  return answers[0]?.observation.outcome
}

function actVector({ claims, chain, end, decoys }: ActCase, head: VectorHead): ActVector {
  if ('actors' in claims) return { ...head, actors: claims.actors, chain: [] }
  return {
    ...head,
    claims: claimsOf(claims),
    chain,
    ...(end === 'null' ? { end } : {}),
    ...(decoys.length > 0 ? { decoys } : {}),
  }
}

/** A vector holds claims as JSON, not as text. */
function claimsOf(source: ClaimsSource): NonNullable<ActVector['claims']> {
  if ('actors' in source) throw new RangeError('the claims of this finding are too long for a vector')
  const claims = JSON.parse(source.json) as NonNullable<ActVector['claims']>
  if (JSON.stringify(claims) === source.json) return claims
  throw new RangeError('the claims of this finding matter as text, which a vector cannot hold')
}

function settingsOf({ client, program }: WireSettings): Pick<CallVector, 'client' | 'respond'> {
  if (program?.metadata || program?.keys) {
    throw new RangeError('this finding needs metadata or keys of its own, which a vector cannot hold')
  }
  return { ...(client && { client }), ...(program && { respond: program.token.map(replyOf) }) }
}

function replyOf(reply: WireReply): VectorReply {
  const { status, headers, body, bodyBase64, truncateAfter, delayMs, bodyDelayMs, reset } = reply
  return {
    status,
    headers: headers.map(([name, value]) => [name, value]),
    ...(body === undefined ? {} : { body }),
    ...(bodyBase64 === undefined ? {} : { body_base64: bodyBase64 }),
    ...(truncateAfter === undefined ? {} : { truncate_after: truncateAfter }),
    ...(delayMs === undefined ? {} : { delay_ms: delayMs }),
    ...(bodyDelayMs === undefined ? {} : { body_delay_ms: bodyDelayMs }),
    ...(reset === undefined ? {} : { reset }),
  }
}
