import type { DelegationDescription } from '../act.js'
import { printable } from './printable.js'

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
