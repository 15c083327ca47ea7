import { describe, expect, it } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import type { ExchangeCache } from '../../src/index.js'
import { cachedCall, controlledLoads, countedLoad, run, settle, tokenResult } from './support/calls.js'
import { KEYS, recordingStore } from './support/stores.js'
import { thrownBy } from '../support/scripted-server.js'

const CACHES: readonly (readonly [string, () => ExchangeCache])[] = [
  ['in memory', () => createExchangeCache()],
  ['with a store', () => createExchangeCache({ store: recordingStore(), keys: KEYS })],
]

describe.each(CACHES)('equal calls %s', (_name, create) => {
  it('share one request, also of a hundred', async () => {
    const cache = create()
    const { begun, load, begin } = controlledLoads()
    const answers = Array.from({ length: 100 }, () => run(cache, { load }))
    const request = await begin(1)
    await settle()
    expect(begun).toHaveLength(1)
    request.succeed()
    expect(await Promise.all(answers)).toEqual(['token miss', ...Array<string>(99).fill('token coalesced')])
  })

  it('do not share with a call of another key', async () => {
    const cache = create()
    const { begun, load, begin } = controlledLoads()
    const answers = ['a', 'b', 'a'].map((key) => run(cache, { key, load }))
    await begin(2)
    begun.forEach(({ succeed }, index) => {
      succeed(tokenResult(`token-${index}`))
    })
    const [a = '', b = '', again = ''] = await Promise.all(answers)
    // Which key is looked up first is the store's affair.
    expect([a, again].map((answer) => answer.split(' ')[1]).sort()).toEqual(['coalesced', 'miss'])
    expect(a.split(' ')[0]).toBe(again.split(' ')[0])
    expect(b).toMatch(/ miss$/)
    expect(b.split(' ')[0]).not.toBe(a.split(' ')[0])
  })

  it('get the same error, which is not kept', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const answers = Array.from({ length: 3 }, () => thrownBy(run(cache, { load })))
    const failure = new Error('the exchange failed')
    ;(await begin(1)).fail(failure)
    expect(new Set(await Promise.all(answers))).toEqual(new Set([failure]))
    expect(await run(cache, { load: countedLoad().load })).toBe('token-1 miss')
  })

  it('survive a load that throws at once', async () => {
    const cache = create()
    const load = (): never => {
      throw new Error('at once')
    }
    await expect(run(cache, { load })).rejects.toThrow('at once')
    expect(await run(cache, { load: countedLoad().load })).toBe('token-1 miss')
  })

  it('lose the caller that gives up, and it alone', async () => {
    const cache = create()
    const { begun, load, begin } = controlledLoads()
    const controllers = Array.from({ length: 100 }, () => new AbortController())
    const answers = controllers.map(({ signal }) => run(cache, { load, signal }))
    const request = await begin(1)
    const reason = new Error('the page was closed')
    controllers.slice(0, 40).forEach((controller) => {
      controller.abort(reason)
    })
    for (const answer of answers.slice(0, 40)) {
      await expect(answer).rejects.toMatchObject({ code: 'aborted', kind: 'aborted', cause: reason })
    }
    expect(request.signal?.aborted).toBe(false)
    request.succeed()
    expect(await Promise.all(answers.slice(40))).toEqual(Array<string>(60).fill('token coalesced'))
    expect(begun).toHaveLength(1)
  })

  it('end the request when the last one gives up, and the next call makes a new one', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const controllers = Array.from({ length: 3 }, () => new AbortController())
    const answers = controllers.map(({ signal }) => thrownBy(run(cache, { load, signal })))
    const request = await begin(1)
    controllers.forEach((controller, index) => {
      expect(request.signal?.aborted).toBe(false)
      controller.abort(index)
    })
    expect(request.signal?.aborted).toBe(true)
    expect(await Promise.all(answers)).toMatchObject(Array(3).fill({ code: 'aborted' }))

    const next = run(cache, { load })
    const second = await begin(2)
    request.succeed(tokenResult('too late'))
    await settle()
    second.succeed(tokenResult('second'))
    expect(await next).toBe('second miss')
    expect(await run(cache, { load })).toBe('second hit')
  })

  it('go on for a caller without a signal when all others give up', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const controller = new AbortController()
    const gone = thrownBy(run(cache, { load, signal: controller.signal }))
    const stays = run(cache, { load })
    const request = await begin(1)
    controller.abort()
    expect(await gone).toMatchObject({ code: 'aborted' })
    expect(request.signal?.aborted).toBe(false)
    request.succeed()
    expect(await stays).toBe('token coalesced')
  })

  it('do not begin for a caller that has given up already', async () => {
    const cache = create()
    const { load, count } = countedLoad()
    await expect(run(cache, { load, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
    await run(cache, { load })
    await expect(run(cache, { load, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
    expect(count()).toBe(1)
  })

  it('leave no listener on a signal that lives on', async () => {
    const cache = create()
    const { signal } = new AbortController()
    let listeners = 0
    const counted = new Proxy(signal, {
      get(target, name) {
        if (name === 'addEventListener') listeners++
        if (name === 'removeEventListener') listeners--
        const member: unknown = Reflect.get(target, name, target)
        return typeof member === 'function' ? (member.bind(target) as unknown) : member
      },
    })
    for (const forceRefresh of [false, false, true]) {
      await run(cache, { signal: counted, forceRefresh, load: countedLoad().load })
    }
    await thrownBy(run(cache, { key: 'other', signal: counted, load: () => Promise.reject(new Error('failed')) }))
    await settle()
    expect(listeners).toBe(0)
  })

  it.each(['idToken', 'refreshToken'])('do not share a result with a %s, and nobody keeps it', async (name) => {
    const cache = create()
    const { begun, load, begin } = controlledLoads()
    const answers = Array.from({ length: 3 }, () => run(cache, { load }))
    ;(await begin(1)).succeed(tokenResult('of the first', { [name]: 'private' }))
    await begin(3)
    begun[1]?.succeed(tokenResult('of the second', { [name]: 'private' }))
    begun[2]?.succeed(tokenResult('of the third'))
    expect(await Promise.all(answers)).toEqual(['of the first miss', 'of the second miss', 'of the third miss'])
    expect(await run(cache, { load: countedLoad().load })).toBe('token-1 miss')
  })

  it('do not share a private result whose caller has given up', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const controller = new AbortController()
    const gone = thrownBy(run(cache, { load, signal: controller.signal }))
    const stays = run(cache, { load })
    const request = await begin(1)
    controller.abort()
    request.succeed(tokenResult('of the first', { idToken: 'private' }))
    ;(await begin(2)).succeed(tokenResult('of the second'))
    expect(await gone).toMatchObject({ code: 'aborted' })
    expect(await stays).toBe('of the second miss')
  })

  it('share a result without a lifetime while it is on its way, and no longer', async () => {
    const cache = create()
    const { load, begin } = controlledLoads()
    const answers = [run(cache, { load }), run(cache, { load })]
    ;(await begin(1)).succeed({ accessToken: 'endless', tokenType: 'Bearer' })
    expect(await Promise.all(answers)).toEqual(['endless miss', 'endless coalesced'])
    expect(await run(cache, { load: countedLoad().load })).toBe('token-1 miss')
  })

  it('cannot change what another one gets', async () => {
    const cache = create()
    const { load } = countedLoad()
    const first = await cache.run(cachedCall({ load }))
    expect(() => Object.assign(first.result, { accessToken: 'changed' })).toThrow(TypeError)
    const second = await cache.run(cachedCall({ load }))
    expect(() => Object.assign(second.result, { accessToken: 'changed' })).toThrow(TypeError)
    expect(await run(cache, { load })).toBe('token-1 hit')
  })
})

describe('a cache in memory', () => {
  it('lets go of what was not used for longest', async () => {
    const cache = createExchangeCache({ maxEntries: 2 })
    const { load, count } = countedLoad()
    for (const key of ['a', 'b', 'a', 'c', 'a']) await run(cache, { key, load })
    expect(count()).toBe(3)
    expect(await run(cache, { key: 'a', load })).toBe('token-1 hit')
    expect(await run(cache, { key: 'b', load })).toBe('token-4 miss')
  })

  it('keeps 10,000 tokens unless said', async () => {
    const cache = createExchangeCache()
    const { load, count } = countedLoad()
    for (let index = 0; index < 10_001; index++) await run(cache, { key: `${index}`, load })
    expect(await run(cache, { key: '1', load })).toBe('token-2 hit')
    expect(await run(cache, { key: '0', load })).toBe('token-10002 miss')
    expect(count()).toBe(10_002)
  })
})
