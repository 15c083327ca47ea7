/** Runs steps of one key one after the other, in the order in which they came; steps of other keys do not wait. */
export type InTurn = <T>(key: string, step: () => Promise<T>) => Promise<T>

export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>()

  return (key, step) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(step)
    const tail = turn
      .catch(() => undefined)
      .finally(() => {
        if (last.get(key) === tail) last.delete(key)
      })
    last.set(key, tail)
    return turn
  }
}
