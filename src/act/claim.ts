import type { ActClaim } from '../../generated/openapi.js'
import { checkOptionNames } from '../input/options-object.js'
import { invalidAct, ownAct, readActor, requireClaims } from './actor.js'

export type { ActClaim }

/** How a delegation chain is read. */
export interface DelegationChainOptions {
  /** How many actors a chain may have. A longer one is an error, and nothing deeper is read. Default 100. */
  readonly maxDepth?: number | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof DelegationChainOptions>(['maxDepth'])

/**
 * The current actor: the `sub` of the outermost `act`, or `undefined` when nobody acts.
 *
 * Only this one counts for authorization; prior actors are informational (RFC 8693, section 4.1). Call it on verified
 * claims. `act: null` is the same as no `act`.
 *
 * @param claims The claims of a verified token.
 * @throws {TokenExchangeError} `invalid_act_claim` when `act` is not an object with a non-blank string `sub`.
 * @throws {TypeError} When `claims` is not an object.
 * @example
 * ```ts
 * const actor = getCurrentActor({ sub: 'auth0|alice', act: { sub: 'mcp-server', act: { sub: 'spa' } } })
 * // 'mcp-server'
 * ```
 */
export function getCurrentActor(claims: object): string | undefined {
  return readActor(requireClaims(claims), 1)?.sub
}

/**
 * All actors of a token, newest first; the first is the current actor. Empty when nobody acts.
 *
 * For logs and audit: only the first entry counts for authorization (RFC 8693, section 4.1).
 *
 * @param claims The claims of a verified token.
 * @throws {TokenExchangeError} `invalid_act_claim` at the first node that is not an object with a non-blank string
 *   `sub`, and when the chain has more than `maxDepth` actors (reason `too_deep`).
 * @throws {TypeError} When `claims` is not an object, an option is unknown or `maxDepth` is not a positive integer.
 * @example
 * ```ts
 * const chain = getDelegationChain({ sub: 'auth0|alice', act: { sub: 'mcp-server', act: { sub: 'spa' } } })
 * // ['mcp-server', 'spa']
 * ```
 */
export function getDelegationChain(claims: object, options: DelegationChainOptions = {}): string[] {
  checkOptionNames('getDelegationChain', options, OPTION_NAMES)
  const { maxDepth = 100 } = options
  if (!Number.isSafeInteger(maxDepth) || maxDepth < 1) throw new TypeError('maxDepth must be a positive integer')
  const chain: string[] = []
  let node = readActor(requireClaims(claims), 1)
  while (node) {
    chain.push(node.sub)
    if (chain.length === maxDepth) {
      if (ownAct(node) === undefined) break
      throw invalidAct(`has more than ${maxDepth} actors`, 'too_deep')
    }
    node = readActor(node, chain.length + 1)
  }
  return chain
}
