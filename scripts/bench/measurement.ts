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

/** Calls each contender in turn, so that the machine's drift hits all alike; gives the median of each in ms. */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, () => Promise<unknown>>>,
  { rounds, warmup }: { readonly rounds: number; readonly warmup: number },
): Promise<Record<Name, number>> {
  const names = Object.keys(contenders) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -warmup; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now()
      await contenders[name]()
      const time = performance.now() - start
      if (round >= 0) times[name].push(time)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>
}
