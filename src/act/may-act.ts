import { requireClaims } from './actor.js'
import { TokenExchangeError } from '../errors.js'

/** What a subject token says about a party that wants to act. */
export type MayAct = 'allowed' | 'denied' | 'not_stated'

/**
 * Whether the subject token lets this actor act, by its `may_act` claim (RFC 8693, section 4.4).
 *
 * Every member of `may_act` must be a claim of the actor with the same value. Without an `iss` there, the actor must
 * come from the subject token's own issuer. `not_stated`: there is no such claim, and policy has to decide.
 *
 * @param subjectClaims The claims of the verified subject token.
 * @param actorClaims The claims of the verified actor token.
 * @throws {TokenExchangeError} `invalid_act_claim` when `may_act` is not an object.
 * @throws {TypeError} When either is not an object.
 * @example
 * ```ts
 * checkMayAct({ iss: 'https://i.example', may_act: { sub: 'agent' } }, { iss: 'https://i.example', sub: 'agent' })
 * // 'allowed'
 * ```
 */
export function checkMayAct(subjectClaims: object, actorClaims: object): MayAct {
  requireClaims(actorClaims)
  const mayAct = ownMember(requireClaims(subjectClaims), 'may_act') ?? undefined
  if (mayAct === undefined) return 'not_stated'
  if (typeof mayAct !== 'object' || Array.isArray(mayAct)) {
    throw new TokenExchangeError('invalid_act_claim', 'The may_act claim is not an object.', {
      field: 'may_act',
      reason: 'not_an_object',
    })
  }
  const stated = Object.entries(mayAct)
  // An object that names nobody must not let everybody act.
  if (!stated.some(([name]) => name !== 'iss')) return 'denied'
  const required = Object.hasOwn(mayAct, 'iss')
    ? stated
    : [...stated, ['iss', ownMember(subjectClaims, 'iss')] as const]
  return required.every(([name, value]) => isSame(ownMember(actorClaims, name), value)) ? 'allowed' : 'denied'
}

function ownMember(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined
}

/** Only plain values identify somebody; what cannot be compared is not the same. */
function isSame(actual: unknown, stated: unknown): boolean {
  return actual === stated && (typeof actual === 'string' || typeof actual === 'number' || typeof actual === 'boolean')
}
