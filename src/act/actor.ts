import { TokenExchangeError } from '../errors.js'
import { isBlank } from '../text.js'

/** @throws {TypeError} When `claims` is not an object. */
export function requireClaims(claims: unknown): object {
  if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return claims
  throw new TypeError('claims must be an object: the verified claims of a token')
}

/** Own properties only: a prototype must not be able to name an actor. */
export function ownAct(holder: object): unknown {
  const act: unknown = Object.hasOwn(holder, 'act') ? (holder as { act?: unknown }).act : undefined
  return act === null ? undefined : act
}

/** The actor that `holder` names, checked; `depth` is for the error. */
export function readActor(holder: object, depth: number): { readonly sub: string; readonly iss?: unknown } | undefined {
  const node = ownAct(holder)
  if (node === undefined) return undefined
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    throw invalidAct(`is not an object at depth ${depth}`, 'not_an_object')
  }
  const sub: unknown = Object.hasOwn(node, 'sub') ? (node as { sub?: unknown }).sub : undefined
  if (typeof sub !== 'string') throw invalidAct(`has no string "sub" at depth ${depth}`, 'no_sub')
  if (isBlank(sub)) throw invalidAct(`has a blank "sub" at depth ${depth}`, 'blank_sub')
  return node as { readonly sub: string }
}

/** The error for an `act` that names nobody, or too many. */
export function invalidAct(what: string, reason: string): TokenExchangeError {
  return new TokenExchangeError('invalid_act_claim', `The act claim ${what}.`, {
    field: 'act',
    reason,
  })
}
