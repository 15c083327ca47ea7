import { createHash } from 'node:crypto'
import { PROPERTIES, type Property } from '../properties/index.js'
import { listRequirements, type Area } from '../requirements.js'
import { VECTORS, type Vector } from '../vectors.js'

/** Which checks a run has. None of it changes what a check generates. */
export interface Selection {
  /** Only these areas. */
  readonly areas?: readonly Area[]
  /** Only the checks with these ids, or of these requirements; `*` stands for any letters. */
  readonly only?: readonly string[]
  /** All but these. */
  readonly skip?: readonly string[]
  /** One of several parts of all checks, counted from 1. Each check is in one part, whatever else is chosen. */
  readonly shard?: { readonly index: number; readonly count: number }
}

/**
 * Whether a check is run.
 *
 * @throws {RangeError} For a pattern that matches nothing, or a shard that there is not.
 */
export function selector({ areas, only, skip, shard }: Selection): (check: Vector | Property) => boolean {
  const isOnly = only && anyOf(only)
  const isSkipped = skip && anyOf(skip)
  if (shard && !(Number.isInteger(shard.count) && shard.index >= 1 && shard.index <= shard.count)) {
    throw new RangeError(`there is no shard ${shard.index} of ${shard.count}`)
  }
  return (check) =>
    (areas?.includes(check.area) ?? true) &&
    (isOnly?.(check) ?? true) &&
    !(isSkipped?.(check) ?? false) &&
    (shard === undefined || shardOf(check.id, shard.count) === shard.index)
}

/** What a selection leaves out, in words, or undefined when it is nothing. */
export function selectionText({ areas, only, skip, shard }: Selection): string | undefined {
  const parts = [
    ...(areas ? [`Only these areas ran: ${areas.join(', ')}.`] : []),
    ...(only ? [`Only these checks ran: ${only.join(', ')}.`] : []),
    ...(skip ? [`These checks did not run: ${skip.join(', ')}.`] : []),
    ...(shard ? [`Only shard ${shard.index} of ${shard.count} ran.`] : []),
  ]
  return parts.length === 0 ? undefined : parts.join(' ')
}

function anyOf(patterns: readonly string[]): (check: Vector | Property) => boolean {
  const ids = [...VECTORS, ...PROPERTIES, ...listRequirements()].map(({ id }) => id)
  const tests = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[^a-zA-Z0-9-]/g, String.raw`\$&`))
    const test = new RegExp(`^${parts.join('.*')}$`)
    if (!ids.some((id) => test.test(id))) throw new RangeError(`no check and no requirement is called ${pattern}`)
    return test
  })
  return ({ id, requirements }) => tests.some((test) => [id, ...requirements].some((name) => test.test(name)))
}

/** By the id alone, so that a new check moves no other one. */
function shardOf(id: string, count: number): number {
  return (createHash('sha256').update(id).digest().readUInt32BE(0) % count) + 1
}
