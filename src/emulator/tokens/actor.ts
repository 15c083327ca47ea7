import type { ActClaim } from '../../../generated/openapi.js'
import { isActClaim } from '../../../generated/validators/act-claim.js'

/** The outermost actor and four nested ones (Auth0, "Custom token exchange API object"). */
export const MAX_ACTORS = 5
const MAX_EXTRA_PROPERTIES = 5

/** A clean copy of what an Action gave to `setActor`, or what is wrong with it. */
export function readActor(input: unknown): ActClaim | string {
  const actor = readActorLevel(input, 1)
  if (typeof actor === 'string' || isActClaim(actor)) return actor
  return 'setActor: every actor must have a sub that is not blank, and iss and client_id must be strings.'
}

function readActorLevel(input: unknown, level: number): object | string {
  if (level > MAX_ACTORS) return `setActor: a delegation chain has at most ${MAX_ACTORS} actors.`
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return 'setActor: an actor must be an object.'
  const { sub, act, ...extra } = input as { readonly sub?: unknown; readonly act?: unknown }
  const values = Object.values(extra)
  if (values.length > MAX_EXTRA_PROPERTIES) {
    return `setActor: an actor has at most ${MAX_EXTRA_PROPERTIES} properties besides sub and act.`
  }
  if (!values.every(isPlainValue)) return 'setActor: the properties of an actor must be strings, booleans or numbers.'
  if (act === undefined || act === null) return { sub, ...extra }
  const inner = readActorLevel(act, level + 1)
  return typeof inner === 'string' ? inner : { sub, ...extra, act: inner }
}

function isPlainValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}
