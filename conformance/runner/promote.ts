import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { AdapterEntry } from '../adapter.js'
import { adapterNamed } from '../adapters/index.js'
import { caseInput, type Case } from '../case.js'
import { requirementOf, type Area } from '../requirements.js'
import { replay } from './replay.js'
import { openSession, type CaseResult } from './session.js'
import { vectorOf, type AnyVector } from './vector-of.js'

/** What a vector may be called: the schema says it of each kind, in the same words. */
const ID = new RegExp(
  (createRequire(import.meta.url)('#spec/schemas/VectorFile.json') as VectorFileSchema).$defs.CallVector.properties.id
    .pattern,
)

interface VectorFileSchema {
  readonly $defs: { readonly CallVector: { readonly properties: { readonly id: { readonly pattern: string } } } }
}

/** A finding as a static case. */
export interface Promotion {
  /** Whose vector file it belongs to. */
  readonly area: Area
  readonly vector: AnyVector
}

/** What the new vector is called, and what it is judged by. */
export interface PromoteOptions {
  /** Default: made from the check and the input. */
  readonly id?: string
  /** One sentence. Default: the title of the requirement. */
  readonly note?: string
  /** An adapter to use in place of the one that the token names. */
  readonly adapter?: AdapterEntry
}

/**
 * Turns the finding of a replay token into a vector, which no change of a generator can lose.
 *
 * What an SDK that keeps every rule does with the input is what the facade does.
 *
 * @param token From a report.
 * @param options Its id and note.
 * @throws {RangeError} For an id that no vector can have, when the token leads to no failing case, when its input cannot
 *   stand in a vector file, or when the facade fails the same rule.
 * @example
 * ```ts
 * const { area, vector } = await promote('auth0-auth-js/case-variants:42:3:0')
 * console.log(area, JSON.stringify(vector))
 * ```
 */
export async function promote(token: string, { id, note, adapter }: PromoteOptions = {}): Promise<Promotion> {
  if (id !== undefined && !ID.test(id))
    throw new RangeError(`${id} is no id: it has small letters, digits and single hyphens`)
  const { check, result } = await replay(token, adapter && { adapter })
  const failed = failedRules(result)
  const [first] = failed
  if (first === undefined) throw new RangeError(`${token} fails no rule, so that there is nothing to promote`)
  const reference = await (await openSession(await adapterNamed('onbehalf').load())).judge(result.case)
  const requirements = failed.filter((rule) => !failedRules(reference).includes(rule))
  if (requirements.length === 0)
    throw new RangeError(`the facade fails ${failed.join(', ')}, too: nothing says what is right`)
  const base = {
    id: id ?? `${check.id}-${digestOf(result.case)}`,
    note: note ?? requirementOf(first).title,
    requirements,
  }
  return { area: requirementOf(first).area, vector: vectorOf(result.case, base, reference) }
}

function failedRules({ verdicts }: CaseResult): readonly string[] {
  const failed = verdicts.filter(({ status }) => status === 'fail').map(({ requirement }) => requirement)
  return [...new Set(failed)]
}

function digestOf(given: Case): string {
  return createHash('sha256')
    .update(JSON.stringify(caseInput(given)))
    .digest('hex')
    .slice(0, 8)
}
