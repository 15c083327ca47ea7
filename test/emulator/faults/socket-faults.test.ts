import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Emulator, Listening } from '../../../src/emulator/index.js'
import { custom, FORM, seeded, toForm } from '../support.js'

let emulator: Emulator
let listening: Listening
beforeEach(async () => {
  emulator = seeded()
  listening = await emulator.listen()
})
afterEach(() => listening.close())

/** Opens a connection and sends as many requests. */
async function open(requests = 1): Promise<Socket> {
  const { hostname, port } = new URL(listening.url)
  const socket = connect({ host: hostname, port: Number(port) })
  await once(socket, 'connect')
  const body = toForm(custom())
  const head = ['POST /oauth/token HTTP/1.1', `Host: ${hostname}`, `Content-Length: ${body.length}`]
  socket.write([...head, `Content-Type: ${FORM['Content-Type']}`, '', body].join('\r\n').repeat(requests))
  return socket
}

/** What a client sees: the bytes until the end, and the error if that is how it ended. */
async function received(socket: Socket): Promise<{ readonly text: string; readonly error: unknown }> {
  let text = ''
  let error: unknown
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  socket.once('error', ({ code }: NodeJS.ErrnoException) => (error = code))
  await new Promise((resolve) => socket.once('close', resolve))
  return { text, error }
}

describe('over a socket', () => {
  it('a reset is one of the connection, without a byte', async () => {
    emulator.faults.push({ reset: true })
    expect(await received(await open())).toEqual({ text: '', error: 'ECONNRESET' })
  })

  it.each([0, 20])(
    'a body that is truncated after %d bytes is short under its length, and the last of its connection',
    async (truncateAfter) => {
      emulator.faults.push({ truncateAfter })
      const { text, error } = await received(await open(2))
      const [head = '', body = '', more] = text.split('\r\n\r\n')
      expect(error).toBeUndefined()
      expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/)
      expect(head).not.toMatch(/transfer-encoding/i)
      expect(Number(/^content-length: (\d+)$/im.exec(head)?.[1])).toBeGreaterThan(500)
      expect([body, more]).toEqual(['{"access_token":"eyJ'.slice(0, truncateAfter), undefined])
    },
  )

  it('a client that waits no longer for a delayed answer leaves nothing behind', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const cleared = vi.spyOn(globalThis, 'clearTimeout')
    emulator.faults.push({ delayMs: 600_000 })
    const socket = await open()
    const delay = await vi.waitUntil(() => {
      const index = timers.mock.calls.findIndex(([, milliseconds]) => milliseconds === 600_000)
      return timers.mock.results[index]?.value as NodeJS.Timeout | undefined
    })
    socket.destroy()
    await vi.waitUntil(() => cleared.mock.calls.some(([timer]) => timer === delay))
    expect(cleared).toHaveBeenCalledWith(delay)
    vi.restoreAllMocks()
  })

  it('fetch fails in each of these ways as it does in process', async () => {
    emulator.faults.push({ reset: true })
    emulator.faults.push({ truncateAfter: 20 })
    const init = { method: 'POST', headers: FORM, body: toForm(custom()) }
    for (const ask of [(url: string) => fetch(url, init), (url: string) => emulator.fetch(new Request(url, init))]) {
      emulator.faults.clear()
      emulator.faults.push({ reset: true })
      emulator.faults.push({ truncateAfter: 20 })
      await expect(ask(`${listening.url}/oauth/token`)).rejects.toThrow(new TypeError('fetch failed'))
      const response = await ask(`${listening.url}/oauth/token`)
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toThrow(new TypeError('terminated'))
    }
  })
})
