import { describe, expect, it, vi } from 'vitest'
import { createMemoryReplayStore, type ReplayStore } from '../../src/verify.js'
import { thrownBy } from '../support/scripted-server.js'
import { CLAIMS, NOW, createKey, keyOf, proof, requestWith, setting, sign, thumbprint } from './support.js'

const issuer = await keyOf('ES256')
const sender = await createKey('ES256')
const other = await createKey('ES256')
const bind = async (key: typeof sender): Promise<string> =>
  sign({ ...CLAIMS, cnf: { jkt: await thumbprint(key) } }, issuer, { kid: 'ES256' })
const token = await bind(sender)

describe('a proof that was used', () => {
  it('is refused as long as it could hold', async () => {
    const parts = setting([issuer])
    // From the first moment when it is taken to the last one.
    const jwt = await proof(sender, { token, claims: { iat: NOW + 30 } })
    await parts.verifier.verifyRequest(requestWith(token, jwt))
    for (const seconds of [0, 1, 100, 329, 330]) {
      parts.time = NOW + seconds
      expect(await thrownBy(parts.verifier.verifyRequest(requestWith(token, jwt)))).toMatchObject({
        reason: 'invalid_dpop_proof',
        field: 'jti',
        status: 401,
      })
    }
    parts.time = NOW + 331
    expect(await thrownBy(parts.verifier.verifyRequest(requestWith(token, jwt)))).toMatchObject({ field: 'iat' })
  })

  it('is taken once of many at the same time', async () => {
    const { verifier } = setting([issuer])
    const jwt = await proof(sender, { token })
    const calls = Array.from({ length: 20 }, () => verifier.verifyRequest(requestWith(token, jwt)))
    const outcomes = await Promise.allSettled(calls)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is refused by another verifier with the same store', async () => {
    const replayStore = createMemoryReplayStore({ now: () => NOW * 1000 })
    const jwt = await proof(sender, { token })
    const [first, second] = [0, 1].map(() => setting([issuer], { dpop: { replayStore } }).verifier)
    await first?.verifyRequest(requestWith(token, jwt))
    expect(await thrownBy(second?.verifyRequest(requestWith(token, jwt)) ?? Promise.resolve())).toMatchObject({
      field: 'jti',
    })
  })

  it('has its id from its own key: that of another key is another one', async () => {
    const { verifier } = setting([issuer])
    for (const key of [sender, other]) {
      const own = await bind(key)
      expect(
        await verifier.verifyRequest(requestWith(own, await proof(key, { token: own, claims: { jti: 'a' } }))),
      ).toBeTruthy()
    }
  })

  it('was not used when it did not hold', async () => {
    const { verifier } = setting([issuer])
    const jwt = await proof(sender, { token })
    await thrownBy(verifier.verifyRequest(requestWith(token, jwt, { method: 'POST' })))
    expect(await verifier.verifyRequest(requestWith(token, jwt))).toBeTruthy()
  })
})

describe('a replay store', () => {
  it('gets a key of one length for any id, and the time for which a proof holds', async () => {
    const addIfAbsent = vi.fn<ReplayStore['addIfAbsent']>().mockResolvedValue(true)
    const { verifier } = setting([issuer], { dpop: { replayStore: { addIfAbsent }, maxAgeSeconds: 60 } })
    for (const jti of ['a', 'canary'.repeat(1000)]) {
      await verifier.verifyRequest(requestWith(token, await proof(sender, { token, claims: { jti } })))
    }
    for (const [key, ttlMs] of addIfAbsent.mock.calls) {
      expect(key).toMatch(/^dpop-proof:[\w-]{43}$/)
      expect(ttlMs).toBe(91_000)
    }
    expect(new Set(addIfAbsent.mock.calls.map(([key]) => key)).size).toBe(2)
  })

  it.each<[string, () => Promise<boolean>]>([
    ['rejects', () => Promise.reject(new Error('canary'))],
    [
      'throws',
      () => {
        throw new Error('canary')
      },
    ],
  ])('that %s means 503, and no request gets through', async (_rule, addIfAbsent) => {
    const { verifier } = setting([issuer], { dpop: { replayStore: { addIfAbsent } } })
    const error = await thrownBy(verifier.verifyRequest(requestWith(token, await proof(sender, { token }))))
    expect(error).toMatchObject({ kind: 'verification', reason: 'replay_unavailable', status: 503, retryable: true })
  })

  it('that never answers means 503 after a second', async () => {
    let ask = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      ask = resolve
    })
    const addIfAbsent = (): Promise<boolean> => {
      ask()
      return new Promise(() => undefined)
    }
    const { verifier } = setting([issuer], { dpop: { replayStore: { addIfAbsent } } })
    const jwt = await proof(sender, { token })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const outcome = thrownBy(verifier.verifyRequest(requestWith(token, jwt)))
      await asked
      await vi.advanceTimersByTimeAsync(999)
      expect(vi.getTimerCount()).toBe(1)
      await vi.advanceTimersByTimeAsync(1)
      expect(await outcome).toMatchObject({ reason: 'replay_unavailable', status: 503 })
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it.each(['OK', 1, null, undefined, {}])(
    'that answers %j means 503, since that says nothing about the proof',
    async (answer) => {
      const addIfAbsent = (): Promise<boolean> => Promise.resolve(answer as never)
      const { verifier } = setting([issuer], { dpop: { replayStore: { addIfAbsent } } })
      const call = verifier.verifyRequest(requestWith(token, await proof(sender, { token })))
      expect(await thrownBy(call)).toMatchObject({ reason: 'replay_unavailable', status: 503, field: 'jti' })
    },
  )

  it('is not asked about Bearer tokens', async () => {
    const addIfAbsent = (): never => expect.fail('asked')
    const { verifier } = setting([issuer], { dpop: { replayStore: { addIfAbsent } } })
    expect(await verifier.verifyRequest(requestWith(await sign(CLAIMS, issuer, { kid: 'ES256' })))).toBeTruthy()
  })
})

describe('the store in memory', () => {
  it('knows a key until its time is over', async () => {
    let now = 0
    const store = createMemoryReplayStore({ now: () => now })
    expect(await store.addIfAbsent('a', 100)).toBe(true)
    now = 99
    expect(await store.addIfAbsent('a', 100)).toBe(false)
    now = 100
    expect(await store.addIfAbsent('a', 100)).toBe(true)
    expect(await store.addIfAbsent('b', 100)).toBe(true)
  })

  it('knows a short time behind a long one', async () => {
    let now = 0
    const store = createMemoryReplayStore({ now: () => now })
    await store.addIfAbsent('long', 1000)
    await store.addIfAbsent('short', 10)
    now = 10
    expect(await store.addIfAbsent('long', 1000)).toBe(false)
    expect(await store.addIfAbsent('short', 10)).toBe(true)
  })

  it('forgets nothing early when it is full, and refuses instead', async () => {
    let now = 0
    const store = createMemoryReplayStore({ maxEntries: 2, now: () => now })
    await store.addIfAbsent('a', 100)
    await store.addIfAbsent('b', 200)
    await expect(store.addIfAbsent('c', 100)).rejects.toThrow('full')
    expect(await store.addIfAbsent('a', 100)).toBe(false)
    now = 100
    expect(await store.addIfAbsent('c', 100)).toBe(true)
    await expect(store.addIfAbsent('a', 100)).rejects.toThrow('full')
  })

  it.each([0, -1, 1.5, Number.NaN])('does not hold %d entries', (maxEntries) => {
    expect(() => createMemoryReplayStore({ maxEntries })).toThrow(TypeError)
  })
})
