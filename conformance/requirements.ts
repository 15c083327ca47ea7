import { REQUIREMENTS, type Area, type RequirementId } from '../generated/requirements.js'
import type { RequirementFile } from '../generated/schemas.js'
import type { Capabilities } from './adapter.js'

export type { Area, RequirementId }

/** A rule of the suite, with its source. */
export type Requirement = RequirementFile['requirements'][number] & { readonly id: RequirementId; readonly area: Area }

const ROWS: readonly Requirement[] = REQUIREMENTS
const BY_ID: ReadonlyMap<string, Requirement> = new Map(ROWS.map((row) => [row.id, row]))

/** The areas of the suite, in the order of its reports. */
export const AREAS: readonly Area[] = ['protected-parameters', 'actor-pairing', 'act-parsing']

/**
 * The rules of the suite, area by area.
 *
 * @example
 * ```ts
 * for (const { id, level, title } of listRequirements()) console.log(id, level, title)
 * ```
 */
export function listRequirements(): readonly Requirement[] {
  return AREAS.flatMap((area) => ROWS.filter((row) => row.area === area))
}

/**
 * The row of an id.
 *
 * @throws {RangeError} When there is none.
 */
export function requirementOf(id: string): Requirement {
  const row = BY_ID.get(id)
  if (!row) throw new RangeError(`no requirement ${id}`)
  return row
}

/** Why a rule does not apply to an SDK, or undefined when it does. */
export function notApplicable(row: Requirement, capabilities: Capabilities): string | undefined {
  switch (row.capability) {
    case 'exchange':
      return undefined
    case 'extra':
      return capabilities.extra ? undefined : 'no way to give further parameters'
    case 'actor':
      if (capabilities.actor === 'typed') return undefined
      return capabilities.actor === 'untyped' ? 'no typed actor options' : 'no actor token'
    case 'current-actor':
      return capabilities.current_actor ? undefined : 'no helper for the current actor'
    case 'delegation-chain':
      return capabilities.delegation_chain ? undefined : 'no helper for the delegation chain'
    case 'any-act-helper':
      return capabilities.current_actor || capabilities.delegation_chain ? undefined : 'no helper for the act claim'
    case 'both-act-helpers':
      return capabilities.current_actor && capabilities.delegation_chain
        ? undefined
        : 'not both helpers for the act claim'
  }
}
