import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../src/emulator/index.js'
import { custom, FORM, ISSUER, mcpToken, onBehalfOf, toForm } from '../emulator/support.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const JOURNAL_LENGTH = 100
const WARM_UP = 2_000
const EXCHANGES = 10_000
const MAX_GROWTH_BYTES = 1_000_000

async function send(emulator: Emulator, body: string): Promise<void> {
  const response = await emulator.fetch(new Request(`${ISSUER}oauth/token`, { method: 'POST', headers: FORM, body }))
  await response.text()
}

async function bytesAfter(work: () => Promise<void>): Promise<number> {
  await work()
  // What finalizers hold is free only after the turn in which they ran.
  for (let round = 0; round < 3; round++) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}

async function growth(count: number, warmUp: number, next: (emulator: Emulator) => Promise<string>): Promise<number> {
  const emulator = createEmulator({ seed: 1, journalLength: JOURNAL_LENGTH })
  const body = await next(emulator)
  const run = (times: number) => async () => {
    for (let index = 0; index < times; index++) await send(emulator, body)
  }
  const before = await bytesAfter(run(warmUp))
  const after = await bytesAfter(run(count))
  expect(emulator.requests).toHaveLength(JOURNAL_LENGTH)
  return after - before
}

describe('an emulator that runs for long', () => {
  it.each<[string, (emulator: Emulator) => Promise<string>]>([
    ['custom exchanges', () => Promise.resolve(toForm(custom()))],
    ['on-behalf-of exchanges', async (emulator) => toForm(onBehalfOf(await mcpToken(emulator)))],
    ['refused exchanges', () => Promise.resolve(toForm(custom({ client_secret: 'wrong' })))],
  ])(`keeps nothing of 10,000 %s but what is in the journal`, async (_kind, next) => {
    expect(await growth(EXCHANGES, WARM_UP, next)).toBeLessThan(MAX_GROWTH_BYTES)
  })

  it.each<[string, string]>([
    ['a long subject token beside short values that are not escaped', unescaped({ subject_token: long() })],
    ['a long value that the journal shows the beginning of', unescaped({ audience: long() })],
  ])('keeps no whole body in the journal: %s', async (_case, body) => {
    const bytes = await growth(JOURNAL_LENGTH, 1, () => Promise.resolve(body))
    expect(bytes).toBeLessThan(JOURNAL_LENGTH * 20_000)
  })
})

function long(): string {
  return 'x'.repeat(900_000)
}

function unescaped(overrides: Parameters<typeof custom>[0]): string {
  return Object.entries(custom(overrides))
    .map((pair) => pair.join('='))
    .join('&')
}
