/** One measured figure. */
export interface Measurement {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The goal, when there is one. */
  readonly reach?: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/**
 * Calls the contenders in turn, in a new order each round, so that neither the machine's drift nor what ran just before
 * favours one; gives the median of each in ms.
 */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, () => Promise<unknown>>>,
  { rounds, warmup }: { readonly rounds: number; readonly warmup: number },
): Promise<Record<Name, number>> {
  const names = Object.keys(contenders) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -warmup; round < rounds; round++) {
    for (const name of shuffled(names)) {
      const start = performance.now()
      await contenders[name]()
      const time = performance.now() - start
      if (round >= 0) times[name].push(time)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
