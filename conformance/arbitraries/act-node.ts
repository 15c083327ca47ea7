import type { ActCase, ActorFact, ClaimsSource } from '../case.js'

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** One node of an act claim, before it is folded into the one outside it. */
export interface ActNode {
  /** The members of an object, in order, without `act`; or a value that is not an object. */
  readonly members: readonly (readonly [name: string, value: Json])[] | { readonly leaf: Json }
  /** Whether `act` comes before the other members. */
  readonly actFirst: boolean
  readonly fact: ActorFact
}

/** A node that is not an object. */
export function brokenNode(malformed: string, leaf: Json): ActNode {
  return { members: { leaf }, actFirst: false, fact: { malformed } }
}

/**
 * Folds nodes into the claims of a token, from the outermost inwards, so that the list is the truth about them.
 *
 * The text is put together by hand: depth costs no stack, and `__proto__` is a member like any other.
 */
export function foldNodes(
  nodes: readonly ActNode[],
  end: ActCase['end'] = 'absent',
  top: readonly (readonly [name: string, value: Json])[] = [],
): ActCase {
  let inner = end === 'null' ? 'null' : undefined
  for (const node of [...nodes].reverse()) inner = nodeText(node, inner)
  const members = [
    ...objectMembers([['sub', 'auth0|alice'], ...top]),
    ...(inner === undefined ? [] : [`"act":${inner}`]),
  ]
  return {
    kind: 'act',
    claims: { json: `{${members.join(',')}}` },
    chain: nodes.map(({ fact }) => fact),
    end,
    decoys: [],
  }
}

/** A well-formed chain of `actors` actors, which is made when it is needed. */
export function longChain(actors: number): ActCase {
  const chain = Array.from({ length: actors }, (_, index) => ({ sub: `actor-${index + 1}` }))
  return { kind: 'act', claims: { actors }, chain, end: 'absent', decoys: [] }
}

/** The JSON text of the claims. */
export function claimsText(source: ClaimsSource): string {
  if ('json' in source) return source.json
  const opening = Array.from({ length: source.actors }, (_, index) => `{"sub":"actor-${index + 1}"`)
  return `{"sub":"auth0|alice","act":${opening.join(',"act":')}${'}'.repeat(source.actors + 1)}`
}

function nodeText({ members, actFirst }: ActNode, inner: string | undefined): string {
  if ('leaf' in members) return JSON.stringify(members.leaf)
  const own = objectMembers(members)
  const act = inner === undefined ? [] : [`"act":${inner}`]
  return `{${(actFirst ? [...act, ...own] : [...own, ...act]).join(',')}}`
}

function objectMembers(members: readonly (readonly [name: string, value: Json])[]): string[] {
  return members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
}
