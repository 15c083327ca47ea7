import { ownAct, readActor, requireClaims } from './actor.js'
import { shortened } from '../text.js'
import { getDelegationChain } from './claim.js'
import { TokenExchangeError } from '../errors.js'

/** An actor that may act. A plain string, or no `iss`, means an actor of the token's own issuer. */
export type AllowedActor = string | { readonly sub: string; readonly iss?: string | undefined }

/** Who may act for the subject of a token. */
export type ActorPolicy =
  | {
      /** Nobody: the subject must act in person. */
      readonly actor: 'forbidden'
    }
  | {
      /** Whether somebody must act. Default `required`. */
      readonly actor?: 'required' | 'optional' | undefined
      readonly allow: readonly AllowedActor[]
      /** How many actors a chain may have. Prior actors are counted, not judged. Default: no limit. */
      readonly maxDepth?: number | undefined
    }

/** The current actor, with its issuer. */
export interface CurrentActor {
  readonly sub: string
  /** Its own `iss`, or the token's. */
  readonly iss: string | undefined
}

/**
 * Decides whether the current actor of a verified token may act; a party that may not is an error.
 *
 * Prior actors have no say (RFC 8693, section 4.1).
 *
 * @param claims The claims of a verified token.
 * @param policy Who may act.
 * @returns The actor, or `undefined` when nobody acts and the policy allows that.
 * @throws {TokenExchangeError} `actor_not_allowed` with a `reason`: `no_actor`, `unexpected_actor`, `unknown_actor`,
 *   `unknown_issuer` or `too_deep`; `invalid_act_claim` when the outermost node is malformed.
 * @throws {TypeError} When `claims` is not an object, or the policy is none.
 * @example
 * ```ts
 * const actor = requireActor(claims, { allow: ['mcp-server'] })
 * ```
 */
export function requireActor(claims: object, policy: { readonly actor: 'forbidden' }): undefined
export function requireActor(
  claims: object,
  policy: {
    readonly actor?: 'required' | undefined
    readonly allow: readonly AllowedActor[]
    readonly maxDepth?: number | undefined
  },
): CurrentActor
export function requireActor(claims: object, policy: ActorPolicy): CurrentActor | undefined
export function requireActor(claims: object, policy: ActorPolicy): CurrentActor | undefined {
  checkPolicy(policy)
  const actor = currentActor(requireClaims(claims))
  if (policy.actor === 'forbidden') {
    if (actor) throw notAllowed('unexpected_actor', 'The subject must act in person.')
    return undefined
  }
  if (!actor) {
    if (policy.actor === 'optional') return undefined
    throw notAllowed('no_actor', 'Nobody acts for the subject.')
  }
  checkAllowed(actor, policy.allow, issuerOf(claims))
  if (policy.maxDepth !== undefined && isDeeperThan(claims, policy.maxDepth)) {
    throw notAllowed('too_deep', `The chain has more than ${policy.maxDepth} actors.`)
  }
  return actor
}

/** Who acts now, by verified claims, whether it may or not. */
export function currentActor(claims: object): CurrentActor | undefined {
  const actor = readActor(claims, 1)
  return actor && { sub: actor.sub, iss: ownIssuer(actor) ?? issuerOf(claims) }
}

/** A delegation in one line of an audit log. */
export interface DelegationDescription {
  readonly subject: string | undefined
  readonly currentActor: string | undefined
  /** Newest first. */
  readonly chain: readonly string[]
  readonly depth: number
}

/**
 * Who a token is about, who acts, and who acted before.
 *
 * @param claims The claims of a verified token.
 * @throws {TokenExchangeError} `invalid_act_claim`, as `getDelegationChain`.
 * @example
 * ```ts
 * console.log(JSON.stringify(describeDelegation(claims)))
 * // {"subject":"auth0|alice","currentActor":"mcp-server","chain":["mcp-server","spa"],"depth":2}
 * ```
 */
export function describeDelegation(claims: object): DelegationDescription {
  const chain = getDelegationChain(claims)
  const { sub } = claims as { sub?: unknown }
  return { subject: typeof sub === 'string' ? sub : undefined, currentActor: chain[0], chain, depth: chain.length }
}

/** A misspelt rule would be one that nobody keeps. */
function checkPolicy(policy: unknown): asserts policy is ActorPolicy {
  if (typeof policy !== 'object' || policy === null) throw new TypeError('requireActor needs a policy')
  const { actor = 'required', allow, maxDepth, ...unknown } = policy as Record<string, unknown>
  const [name] = Object.keys(unknown)
  if (name !== undefined) throw new TypeError(`requireActor has no rule ${JSON.stringify(shortened(name))}`)
  if (actor === 'forbidden') return
  if (actor !== 'required' && actor !== 'optional') throw new TypeError('actor must be required, optional or forbidden')
  if (!Array.isArray(allow) || !allow.every(isAllowedActor)) throw new TypeError('allow must be a list of actors')
  if (maxDepth !== undefined && !(Number.isSafeInteger(maxDepth) && Number(maxDepth) > 0)) {
    throw new TypeError('maxDepth must be a positive integer')
  }
}

function isAllowedActor(entry: unknown): boolean {
  if (typeof entry === 'string') return true
  if (typeof entry !== 'object' || entry === null) return false
  const { sub, iss, ...unknown } = entry as Record<string, unknown>
  // A misspelt issuer would allow an actor of the token's own.
  const [name] = Object.keys(unknown)
  if (name !== undefined)
    throw new TypeError(`an allowed actor has no member ${JSON.stringify(shortened(name))}, only sub and iss`)
  return typeof sub === 'string' && (iss === undefined || typeof iss === 'string')
}

function checkAllowed(current: CurrentActor, allow: readonly AllowedActor[], issuer: string | undefined): void {
  const sameSubject = allow
    .map((entry) => (typeof entry === 'string' ? { sub: entry } : entry))
    .filter(({ sub }) => sub === current.sub)
  if (sameSubject.some(({ iss = issuer }) => iss === current.iss)) return
  if (sameSubject.length > 0) throw notAllowed('unknown_issuer', 'The current actor belongs to another issuer.')
  throw notAllowed('unknown_actor', 'The current actor may not act.')
}

function issuerOf(claims: object): string | undefined {
  const { iss } = claims as { iss?: unknown }
  return typeof iss === 'string' ? iss : undefined
}

function ownIssuer(actor: object): string | undefined {
  const iss: unknown = Object.hasOwn(actor, 'iss') ? (actor as { iss?: unknown }).iss : undefined
  if (iss === undefined || typeof iss === 'string') return iss
  throw new TokenExchangeError('invalid_act_claim', 'The act claim has an "iss" that is no string.', {
    field: 'act',
    reason: 'malformed_iss',
  })
}

/** Counts nodes and reads nothing of them, so that a malformed prior actor does not decide. */
function isDeeperThan(claims: object, maxDepth: number): boolean {
  let node: unknown = claims
  for (let depth = 0; depth <= maxDepth; depth++) {
    if (typeof node !== 'object' || node === null) return false
    node = ownAct(node)
    if (node === undefined) return false
  }
  return true
}

function notAllowed(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('actor_not_allowed', message, { field: 'act', reason })
}
