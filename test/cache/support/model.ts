import * as fc from 'fast-check'
import { expect } from 'vitest'
import { createExchangeCache } from '../../../src/cache.js'
import type { ExchangeCache } from '../../../src/index.js'
import { COMMANDS, finish, type Real } from './commands.js'
import { Expectation } from './expectation.js'
import { MOODS, moodyStore, type Mood } from './moody-store.js'
import { KEYS, recordingStore, secret } from './stores.js'
import { SKEW_SECONDS, World } from './world.js'

const RUNS_AT_ONCE = 10
const MAX_COMMANDS = 80
const moods = fc.array(fc.constantFrom<Mood>(...MOODS), { minLength: 1, maxLength: 40 })

/** A cache of one kind, and whether everything that it does can be foretold. */
export interface Kind {
  readonly create: (moods: readonly Mood[]) => ExchangeCache
  readonly isExact: boolean
}

export const KINDS: Readonly<Record<string, Kind>> = {
  'in memory': {
    isExact: true,
    create: () => createExchangeCache({ expirySkewSeconds: SKEW_SECONDS }),
  },
  'over a store': {
    isExact: true,
    create: () => createExchangeCache({ store: recordingStore(), keys: KEYS, storeTimeoutMs: 60_000 }),
  },
  'over a store that fails, hangs and lies': {
    isExact: false,
    create: (moods) =>
      createExchangeCache({
        store: moodyStore(moods),
        keys: { secrets: [secret(1), secret(2)] },
        storeTimeoutMs: 3,
        storeCooldownMs: 1,
      }),
  },
}

/** Runs random commands, at least so many, against a client with such a cache; the first surprise is shrunk and thrown. */
export async function checkCacheModel({ create, isExact }: Kind, atLeast: number): Promise<void> {
  let executed = 0
  const served = { hit: 0, shared: 0, own: 0 }
  const done = (): void => {
    executed++
  }
  const property = fc.asyncProperty(
    fc.commands(COMMANDS, { maxCommands: MAX_COMMANDS, size: 'max' }),
    moods,
    async (commands, storeMoods) => {
      const expectation = isExact ? new Expectation() : undefined
      const real: Real = { world: new World(create(storeMoods)), expectation, done }
      await fc.asyncModelRun(() => ({ model: {}, real }), commands)
      await finish(real)
      for (const how of ['hit', 'shared', 'own'] as const) served[how] += real.world.served[how]
    },
  )
  while (executed < atLeast) await fc.assert(property, { numRuns: RUNS_AT_ONCE })
  expect(executed).toBeGreaterThanOrEqual(atLeast)
  // Commands that never meet each other would prove nothing.
  expect(Math.min(...Object.values(served)), JSON.stringify(served)).toBeGreaterThan(atLeast / 500)
}
