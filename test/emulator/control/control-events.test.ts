import { describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../../src/emulator/index.js'
import { custom, exchange, send } from '../support.js'

interface ServerEvent {
  readonly event: string
  readonly id: string | undefined
  readonly path: unknown
}

interface Events {
  readonly response: Response
  /** The next event, or undefined at the end. */
  readonly next: () => Promise<ServerEvent | undefined>
  readonly close: () => Promise<void>
}

/** Reads as a browser does. */
async function open(ask: (path: string, init: RequestInit) => Promise<Response>, last?: string): Promise<Events> {
  const response = await ask('/__emulator/events', last === undefined ? {} : { headers: { 'Last-Event-ID': last } })
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  const decoder = new TextDecoder()
  let buffer = ''
  const next = async (): Promise<ServerEvent | undefined> => {
    for (;;) {
      const end = buffer.indexOf('\n\n')
      if (end !== -1) {
        const lines = buffer.slice(0, end).split('\n')
        buffer = buffer.slice(end + 2)
        const fields = new Map(
          lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        const event = fields.get('event')
        if (event === undefined) continue
        const { path } = JSON.parse(fields.get('data') ?? '') as { readonly path?: string }
        return { event, id: fields.get('id'), path }
      }
      const { done, value } = await reader.read()
      if (done) return undefined
      buffer += decoder.decode(value, { stream: true })
    }
  }
  return { response, next, close: () => reader.cancel() }
}

const inProcess = (emulator: Emulator) => (path: string, init: RequestInit) =>
  emulator.fetch(new Request(`http://localhost${path}`, init))
const create = (journalLength = 1000) => createEmulator({ seed: 1, control: true, journalLength })

describe('the stream of requests', () => {
  it('has what was, and what comes', async () => {
    const emulator = create()
    await send(emulator, '/first')
    const { response, next, close } = await open(inProcess(emulator))
    expect(response.headers.get('Content-Type')).toBe('text/event-stream')
    expect([(await next())?.event, (await next())?.path]).toEqual(['start', '/first'])
    const coming = next()
    await send(emulator, '/second')
    expect(await coming).toMatchObject({ event: 'request', path: '/second' })
    await close()
  })

  it('goes on where a reader stopped, without a start', async () => {
    const emulator = create()
    await send(emulator, '/first')
    const { next, close } = await open(inProcess(emulator))
    await next()
    const last = (await next())?.id
    await close()
    await send(emulator, '/second')
    const again = await open(inProcess(emulator), last)
    expect(await again.next()).toMatchObject({ event: 'request', path: '/second' })
    await again.close()
  })

  it('ends at a reset, and starts over for whoever comes back', async () => {
    const emulator = create()
    await send(emulator, '/before')
    const { next } = await open(inProcess(emulator))
    await next()
    const last = (await next())?.id
    emulator.reset()
    expect(await next()).toBeUndefined()
    await send(emulator, '/after')
    const again = await open(inProcess(emulator), last)
    expect([(await again.next())?.event, (await again.next())?.path]).toEqual(['start', '/after'])
    await again.close()
  })

  it('starts over for a reader of another emulator', async () => {
    const [one, other] = [create(), create()]
    await send(one, '/one')
    await send(other, '/other')
    const { next, close } = await open(inProcess(one))
    await next()
    const last = (await next())?.id
    await close()
    const again = await open(inProcess(other), last)
    expect([(await again.next())?.event, (await again.next())?.path]).toEqual(['start', '/other'])
    await again.close()
  })

  it('gives up on a reader who does not read', async () => {
    const emulator = create(2)
    const { next } = await open(inProcess(emulator))
    for (let index = 0; index < 10_100; index++) {
      await emulator.fetch(new Request('http://localhost/.well-known/openid-configuration'))
    }
    let events = 0
    while ((await next()) !== undefined) events++
    expect(events).toBeGreaterThan(9_900)
    expect(events).toBeLessThan(10_100)
  })

  it('comes over a socket as it happens, and does not keep the emulator from closing', async () => {
    const emulator = create()
    const { url, close } = await emulator.listen()
    const { next } = await open((path, init) => fetch(`${url}${path}`, init))
    expect((await next())?.event).toBe('start')
    const coming = next()
    await exchange(emulator, custom())
    expect(await coming).toMatchObject({ event: 'request', path: '/oauth/token' })
    await close()
    await expect(next()).rejects.toThrow('terminated')
  })
})
