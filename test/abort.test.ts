import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { onAbort } from '../src/abort.js'
import { REFRESH_TOKEN_TYPE, type CallOptions } from '../src/index.js'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from './support/scripted-server.js'

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length
}

describe('a signal that many listen to', () => {
  it('holds one listener, and tells all of them once', () => {
    const controller = new AbortController()
    const told: number[] = []
    for (let call = 0; call < 100; call++) onAbort(controller.signal, () => told.push(call))
    expect(listenersOf(controller.signal)).toBe(1)
    controller.abort()
    controller.abort()
    expect(told).toEqual(Array.from({ length: 100 }, (_, call) => call))
  })

  it('tells nobody who stopped listening, and holds nothing when all did', () => {
    const controller = new AbortController()
    const [first, second] = [vi.fn(), vi.fn()]
    const stopFirst = onAbort(controller.signal, first)
    const stopSecond = onAbort(controller.signal, second)
    stopFirst()
    expect(listenersOf(controller.signal)).toBe(1)
    stopSecond()
    expect(listenersOf(controller.signal)).toBe(0)
    controller.abort()
    expect([first, second].flatMap(({ mock }) => mock.calls)).toEqual([])
  })

  it('tells who came after all others had stopped, though one of them stops twice', () => {
    const controller = new AbortController()
    const stop = onAbort(controller.signal, () => undefined)
    stop()
    const later = vi.fn()
    onAbort(controller.signal, later)
    stop()
    controller.abort()
    expect(later).toHaveBeenCalledTimes(1)
  })

  it('may be of other code, which gives its listeners no event', () => {
    const listeners = new Set<() => void>()
    const signal = {
      aborted: false,
      addEventListener: (_type: string, listener: () => void) => listeners.add(listener),
      removeEventListener: (_type: string, listener: () => void) => listeners.delete(listener),
    } as unknown as AbortSignal
    const told = vi.fn()
    onAbort(signal, told)
    for (const listener of listeners) listener.call(signal)
    expect(told).toHaveBeenCalledTimes(1)
  })
})

describe('a signal of many calls', () => {
  it('gets one listener of theirs, ends them all, and holds nothing afterwards', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const server = scriptedServer(() => new Promise(() => undefined))
    const client = clientOf(server)
    const errors = Array.from({ length: 30 }, () => thrownBy(client.exchangeToken({ ...EXCHANGE, signal })))
    await vi.waitFor(() => {
      expect(server.tokenRequests).toHaveLength(30)
    })
    expect(listenersOf(signal)).toBe(1)
    controller.abort()
    expect(await Promise.all(errors)).toEqual(errors.map((): unknown => expect.objectContaining({ code: 'aborted' })))
    expect(listenersOf(signal)).toBe(0)
  })
})

describe('what is no signal is refused before any request', () => {
  const { fetch, urls } = scriptedServer()
  const client = clientOf({ fetch })
  const accessToken = { token: 'canary-token', verifiedBy: 'caller' } as const
  const vault = { subjectToken: 'canary-refresh', subjectTokenType: REFRESH_TOKEN_TYPE, connection: 'a' } as const
  const calls: Readonly<Record<string, (options: CallOptions) => Promise<unknown>>> = {
    exchangeToken: (options) => client.exchangeToken({ ...EXCHANGE, ...options }),
    getTokenOnBehalfOf: (options) =>
      client.getTokenOnBehalfOf({ accessToken, audience: 'https://api.example.com', ...options }),
    requestSessionTransferToken: (options) =>
      client.requestSessionTransferToken({
        ...EXCHANGE,
        actorToken: 'canary-a',
        actorTokenType: 'urn:x:a',
        ...options,
      }),
    getTokenForConnection: (options) => client.getTokenForConnection({ ...vault, ...options }),
    getUserInfo: (options) => client.getUserInfo({ accessToken: 'canary-token', ...options }),
  }
  const wrong: readonly (readonly [string, unknown])[] = [
    ['a controller', new AbortController()],
    ['an empty object', {}],
    ['null', null],
    ['true', true],
    ['what tells of other events', new EventTarget()],
    ['one that nobody can listen to', { aborted: false, removeEventListener: () => undefined }],
    ['one that nobody can stop listening to', { aborted: false, addEventListener: () => undefined }],
  ]

  it.each(Object.keys(calls).flatMap((call) => wrong.map(([what, signal]) => [call, what, signal] as const)))(
    '%s: %s',
    async (call, _what, signal) => {
      const refusal = calls[call]?.({ signal } as CallOptions)
      await expect(refusal).rejects.toThrow(new TypeError('signal must be an AbortSignal'))
      expect(urls).toEqual([])
    },
  )
})
