import type { Delegation } from '../../tokens/delegation.js'
import type { Elements } from './elements.js'

export type DrawDelegation = (delegation: Delegation) => SVGElement

/** Boxes from the subject down to the first actor, each with an arrow to the one that it acts for. */
export function createDrawDelegation({ svg }: Elements): DrawDelegation {
  const width = 300
  const height = 50
  const gap = 34
  const longest = 34

  function box(role: string, name: string, index: number): SVGElement {
    const top = 1 + index * (height + gap)
    const shown = name.length > longest ? `${name.slice(0, longest - 1)}…` : name
    return svg(
      'g',
      { class: `box ${role.replaceAll(' ', '-')}` },
      svg('title', {}, `${role}: ${name}`),
      svg('rect', { x: 1, y: top, width: width - 2, height, rx: 8 }),
      svg('text', { x: 14, y: top + 19, class: 'role' }, role),
      svg('text', { x: 14, y: top + 38, class: 'name' }, shown),
    )
  }

  function arrow(label: string, index: number): SVGElement {
    const bottom = 1 + index * (height + gap)
    const top = bottom - gap + 3
    return svg(
      'g',
      { class: index === 1 ? 'arrow' : 'arrow prior' },
      svg('path', { d: `M28 ${bottom} V${top} M22 ${top + 8} L28 ${top} L34 ${top + 8}` }),
      svg('text', { x: 44, y: bottom - gap / 2 + 5 }, label),
    )
  }

  return ({ subject, actors }) => {
    const names = [subject, ...actors]
    const roles = names.map((_, index) => ['subject', 'current actor'][index] ?? 'prior actor')
    const total = names.length * (height + gap) - gap + 2
    return svg(
      'svg',
      {
        class: 'delegation',
        role: 'img',
        viewBox: `0 0 ${width} ${total}`,
        width,
        height: total,
        'aria-label': names.map((name, index) => `${roles[index] ?? ''} ${name}`).join(', '),
      },
      ...names.slice(1).map((_, index) => arrow(index === 0 ? 'acts for' : 'acted before', index + 1)),
      ...names.map((name, index) => box(roles[index] ?? '', name, index)),
    )
  }
}
