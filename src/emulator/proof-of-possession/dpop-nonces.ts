import type { RandomId } from '../random.js'

const NONCE_BYTES = 16
const ROTATION_MS = 60_000

/** The nonces that proofs must carry. They change every minute, and the one before the current one still counts. */
export interface DpopNonces {
  current(): string
  accepts(nonce: string | undefined): boolean
}

export function createDpopNonces(now: () => number, randomId: RandomId): DpopNonces {
  let nonces: { readonly current: string; readonly previous: string | undefined; readonly since: number } | undefined
  const read = () => {
    const age = nonces === undefined ? Infinity : now() - nonces.since
    if (nonces !== undefined && age < ROTATION_MS) return nonces
    const previous = age < 2 * ROTATION_MS ? nonces?.current : undefined
    return (nonces = { current: randomId(NONCE_BYTES), previous, since: now() })
  }
  return {
    current: () => read().current,
    accepts: (nonce) => {
      if (nonce === undefined) return false
      const { current, previous } = read()
      return nonce === current || nonce === previous
    },
  }
}
