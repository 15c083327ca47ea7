import type { Observation } from '../adapter.js'
import { answered, type ActHook } from './mutant.js'

export type Node = Readonly<Record<string, unknown>>

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function actOf(claims: unknown): unknown {
  return isNode(claims) ? claims['act'] : undefined
}

export function subOf(node: unknown): string | undefined {
  const sub = isNode(node) ? node['sub'] : undefined
  return typeof sub === 'string' && sub.trim() !== '' ? sub : undefined
}

/** The nodes from the outermost inwards, as far as they are objects. */
export function nodesOf(claims: unknown): Node[] {
  const nodes: Node[] = []
  for (let node = actOf(claims); isNode(node); node = node['act']) nodes.push(node)
  return nodes
}

export function subsOf(claims: unknown): string[] {
  return nodesOf(claims).flatMap((node) => subOf(node) ?? [])
}

/** Changes the chain where there is one. */
export function onChain(change: (chain: readonly string[], claims: unknown) => readonly string[]): ActHook {
  return (claims, answer) =>
    answer.outcome === 'value' && Array.isArray(answer.value)
      ? answered(change(answer.value as readonly string[], claims))
      : answer
}

/** Answers in place of a refusal. */
export function insteadOfRefusal(instead: (claims: unknown) => Observation): ActHook {
  return (claims, answer) => (answer.outcome === 'rejected' ? instead(claims) : answer)
}

/** Each level costs several frames, as in code that maps over children. */
export function chainByRecursion(node: unknown): string[] {
  return [node].flatMap((given) => {
    const sub = subOf(given)
    return sub === undefined ? [] : [sub, ...chainByRecursion(actOf(given))]
  })
}

/** Copies by assignment, so that a member `__proto__` becomes the prototype. */
export function assigned(node: Node): Node {
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(node)) copy[name] = value
  return copy
}
