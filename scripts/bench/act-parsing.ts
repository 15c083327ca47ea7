import { getDelegationChain } from '../../src/act.js'
import { median, type Measurement } from './measurement.js'

/** Reading a chain must cost the same for each actor, whatever the depth. */
export function measureActParsing(): Measurement[] {
  const depths = [
    { depth: 2, repeat: 200_000 },
    { depth: 100, repeat: 10_000 },
    { depth: 1_000_000, repeat: 1 },
  ]
  return depths.map(({ depth, repeat }) => {
    let act: object | undefined
    for (let index = 0; index < depth; index++) act = { sub: `actor-${index}`, ...(act && { act }) }
    const claims = { sub: 'user', act }
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now()
      for (let round = 0; round < repeat; round++) getDelegationChain(claims, { maxDepth: depth })
      return (performance.now() - start) / repeat / depth
    })
    return { name: `act parsing, depth ${depth}, per actor`, value: median(times) * 1e6, unit: 'ns' }
  })
}
