import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../../src/emulator/index.js'
import { accessToken, custom, exchange, mcpToken, onBehalfOf, seeded, send } from '../support.js'

async function publishedKeys(emulator: Emulator): Promise<JSONWebKeySet> {
  return (await send(emulator, '/.well-known/jwks.json')).body as unknown as JSONWebKeySet
}

const kids = async (emulator: Emulator) => (await publishedKeys(emulator)).keys.map((key) => key.kid)
const kidOf = (token: string) => decodeProtectedHeader(token).kid

describe('a rotated key', () => {
  it('signs from now on, and the one before it stays published until it is retired', async () => {
    const emulator = seeded()
    const before = await mcpToken(emulator)
    await emulator.rotateKeys()
    const after = await mcpToken(emulator)
    expect(kidOf(after)).not.toBe(kidOf(before))
    expect(await kids(emulator)).toEqual([kidOf(after), kidOf(before)])
    for (const token of [before, after]) {
      await jwtVerify(token, createLocalJWKSet(await publishedKeys(emulator)))
      expect((await exchange(emulator, onBehalfOf(token))).status).toBe(200)
    }
    await emulator.retireKeys()
    expect(await kids(emulator)).toEqual([kidOf(after)])
    expect((await exchange(emulator, onBehalfOf(before))).status).toBe(401)
    expect((await exchange(emulator, onBehalfOf(after))).status).toBe(200)
  })

  it('is a published one with a seed, the first time, and then a new one', async () => {
    const [one, other] = [seeded(), seeded()]
    for (const emulator of [one, other]) {
      expect(await kids(emulator)).toEqual(['public-test-key-1'])
      await emulator.rotateKeys()
      expect(await kids(emulator)).toEqual(['public-test-key-2', 'public-test-key-1'])
    }
    expect(await publishedKeys(one)).toEqual(await publishedKeys(other))
    await one.rotateKeys()
    expect(new Set(await kids(one)).size).toBe(3)
  })

  it('may come before the first token, and belongs to its own emulator', async () => {
    const emulator = createEmulator()
    await emulator.rotateKeys()
    expect(await kids(emulator)).toHaveLength(2)
    expect(kidOf(accessToken(await exchange(emulator, custom())))).toBe((await kids(emulator))[0])
  })
})

describe('the clock', () => {
  it('goes forward from the time that it was given', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z')
    const emulator = seeded({}, () => now)
    const token = await mcpToken(emulator)
    emulator.advance(86_000_000)
    now += 399_999
    expect((await exchange(emulator, onBehalfOf(token))).status).toBe(200)
    now += 1
    expect((await exchange(emulator, onBehalfOf(token))).status).toBe(401)
  })

  it.each([
    [-1, 'The clock goes forward only, by a number of milliseconds'],
    [NaN, 'The clock goes forward only, by a number of milliseconds'],
    ['5' as never, 'The clock goes forward only, by a number of milliseconds'],
    [undefined as never, 'The clock goes forward only, by a number of milliseconds'],
    [8.64e15, 'The clock cannot go to a time that is no date'],
  ])('takes no step of %j, and stays where it is', (step, message) => {
    const emulator = seeded({}, () => 1_800_000_000_000)
    expect(() => {
      emulator.advance(step)
    }).toThrow(new TypeError(message))
    expect(emulator.now()).toBe(1_800_000_000_000)
  })
})
