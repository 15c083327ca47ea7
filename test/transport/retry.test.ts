import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { EXCHANGE, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

/** Answers with each of `replies` in turn, then with a token. */
function sequence(...replies: (() => Response)[]) {
  return scriptedServer(() => replies.shift()?.() ?? Response.json(TOKEN_RESPONSE))
}

const unavailable = () => new Response('', { status: 503 })
const limited = (retryAfter: string) => () =>
  Response.json({ error: 'too_many_requests' }, { status: 429, headers: { 'retry-after': retryAfter } })
const fast = { attempts: 2, firstDelayMs: 1 }

describe('a failed request', () => {
  it('is not sent again by default', async () => {
    const server = sequence(unavailable)
    await thrownBy(clientOf(server).exchangeToken(EXCHANGE))
    expect(server.tokenRequests).toHaveLength(1)
  })

  it.each<[string, () => Response]>([
    ['a broken server', unavailable],
    [
      'a network that fails',
      () => {
        throw new TypeError('fetch failed')
      },
    ],
    ['a rate limit', limited('0')],
  ])('is sent again, with a policy: %s', async (_rule, reply) => {
    const server = sequence(reply, reply)
    const result = await clientOf(server, { retry: fast }).exchangeToken(EXCHANGE)
    expect(result.accessToken).toBe('issued-access-token')
    expect(server.tokenRequests).toHaveLength(3)
  })

  it('is given up after the last attempt', async () => {
    const server = sequence(unavailable, unavailable, unavailable)
    expect(await thrownBy(clientOf(server, { retry: fast }).exchangeToken(EXCHANGE))).toMatchObject({ status: 503 })
    expect(server.tokenRequests).toHaveLength(3)
  })

  it.each<[string, () => Response]>([
    ['a refusal', () => Response.json({ error: 'invalid_grant' }, { status: 400 })],
    ['attack protection', () => Response.json({ error: 'too_many_attempts' }, { status: 429 })],
    ['an answer that is no token response', () => new Response('<html>')],
  ])('is not sent again for %s', async (_rule, reply) => {
    const server = sequence(reply)
    await thrownBy(clientOf(server, { retry: fast }).exchangeToken(EXCHANGE))
    expect(server.tokenRequests).toHaveLength(1)
  })

  it('is not sent again when the wait would pass the total', async () => {
    const server = sequence(limited('60'))
    const retry = { attempts: 5, totalTimeoutMs: 1000 }
    expect(await thrownBy(clientOf(server, { retry }).exchangeToken(EXCHANGE))).toMatchObject({ retryAfter: 60 })
    expect(server.tokenRequests).toHaveLength(1)
  })

  it('waits as long as the server says', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const server = sequence(limited('2'))
      const call = clientOf(server, { retry: { attempts: 1 } }).exchangeToken(EXCHANGE)
      await vi.advanceTimersByTimeAsync(1999)
      expect(server.tokenRequests).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(1)
      await call
      expect(server.tokenRequests).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('waits a random part of a time that doubles when the server says nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
    try {
      const server = sequence(unavailable, unavailable, unavailable)
      const call = clientOf(server, { retry: { attempts: 3, firstDelayMs: 100 } }).exchangeToken(EXCHANGE)
      for (const [index, wait] of [50, 100, 200].entries()) {
        await vi.advanceTimersByTimeAsync(wait - 1)
        expect(server.tokenRequests).toHaveLength(index + 1)
        await vi.advanceTimersByTimeAsync(1)
        expect(server.tokenRequests).toHaveLength(index + 2)
      }
      await call
    } finally {
      random.mockRestore()
      vi.useRealTimers()
    }
  })

  it('is sent once with a policy of no attempts', async () => {
    const server = sequence(unavailable)
    await thrownBy(clientOf(server, { retry: { attempts: 0 } }).exchangeToken(EXCHANGE))
    expect(server.tokenRequests).toHaveLength(1)
  })

  it('leaves no listener behind when it was sent again', async () => {
    const { signal } = new AbortController()
    await clientOf(sequence(unavailable), { retry: fast }).exchangeToken({ ...EXCHANGE, signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('leaves no timer behind when the caller gives up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const controller = new AbortController()
      const { signal } = controller
      const call = clientOf(sequence(limited('20')), { retry: { attempts: 1 } }).exchangeToken({ ...EXCHANGE, signal })
      await vi.advanceTimersByTimeAsync(5)
      expect(vi.getTimerCount()).toBe(1)
      controller.abort()
      expect(await thrownBy(call)).toMatchObject({ code: 'aborted' })
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('does not wait for a caller who gave up as the answer was read', async () => {
    const controller = new AbortController()
    const headers = { get: (name: string) => (controller.abort(), name === 'retry-after' ? '20' : null) }
    const server = sequence(() => Object.defineProperty(unavailable(), 'headers', { value: headers }))
    const call = clientOf(server, { retry: { attempts: 1 } }).exchangeToken({ ...EXCHANGE, signal: controller.signal })
    expect(await thrownBy(call)).toMatchObject({ code: 'aborted' })
  })

  it('ends its wait when the caller gives up', async () => {
    const controller = new AbortController()
    const server = sequence(limited('20'))
    const call = clientOf(server, { retry: { attempts: 1 } }).exchangeToken({ ...EXCHANGE, signal: controller.signal })
    setTimeout(() => {
      controller.abort()
    }, 5)
    expect(await thrownBy(call)).toMatchObject({ code: 'aborted' })
  })
})

it.each<[unknown, string]>([
  [{}, 'retry.attempts must'],
  [{ attempts: -1 }, 'retry.attempts must'],
  [{ attempts: 1.5 }, 'retry.attempts must'],
  [{ attempts: '1' }, 'retry.attempts must'],
  [{ attempts: 1, totalTimeoutMs: 0 }, 'positive numbers'],
  [{ attempts: 1, totalTimeoutMs: '500' }, 'positive numbers'],
  [{ attempts: 1, firstDelayMs: '5' }, 'positive numbers'],
  [{ attempts: 1, delay: 5 }, 'retry has no option "delay"'],
  [null, 'retry needs an options object'],
  [3, 'retry needs an options object'],
])('a policy of %j is a TypeError', async (policy, message) => {
  const retry = policy as never
  expect(() => clientOf(scriptedServer(), { retry })).toThrow(message)
  const server = scriptedServer()
  const error = await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, retry }))
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error)).toContain(message)
  expect(server.urls).toEqual([])
})
