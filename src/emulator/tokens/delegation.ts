import type { ActClaim } from '../../../generated/openapi.js'

/** Who acts for whom. */
export interface Delegation {
  /** The user, or the client that asks for itself. */
  readonly subject: string
  /** By their `sub`: the current actor first, then those before it (RFC 8693, section 4.1). */
  readonly actors: readonly string[]
}

export function toDelegation(subject: string, actor: ActClaim | undefined): Delegation {
  const actors: string[] = []
  for (let node = actor; node !== undefined; node = node.act) actors.push(node.sub)
  return { subject, actors }
}
