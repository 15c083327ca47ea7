import type { DelegationDescription } from '../act.js'

/**
 * The delegation as a drawing: the subject, and below it each actor, newest first.
 *
 * @example
 *   drawDelegation({ subject: 'auth0|alice', chain: ['mcp-server', 'spa'] })
 */
export function drawDelegation({ subject, chain }: Pick<DelegationDescription, 'subject' | 'chain'>): string {
  const roles = chain.map((_, index) => (index === 0 ? 'current actor: acts now' : 'prior actor: acted before'))
  const names = [subject ?? '(no subject)', ...chain].map(printable)
  const width = Math.max(...names.map((name, depth) => name.length + depth * 3))
  const lines = names.map((name, depth) => {
    const branch = depth === 0 ? '' : `${'   '.repeat(depth - 1)}└─ `
    const role = depth === 0 ? (chain.length === 0 ? 'subject: acts in person' : 'subject') : roles[depth - 1]
    return `${(branch + name).padEnd(width)}   ${role ?? ''}`
  })
  return lines.join('\n')
}

/** A claim is other people's text: it must not move the cursor or fake a line. */
export function printable(text: string): string {
  return text.replace(/[\p{Control}\p{Format}\p{Surrogate}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}
