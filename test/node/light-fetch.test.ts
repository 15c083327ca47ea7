import { getEventListeners, once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Agent, buildConnector } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLightFetch } from '../../src/node/light-fetch.js'
import type { LightBody } from '../../src/transport/bounded-fetch.js'
import { thrownBy } from '../support/scripted-server.js'

let server: Server
let url: string
let dispatcher: Agent
const responses: ServerResponse[] = []

beforeEach(async () => {
  responses.length = 0
  server = createServer((_request, response) => void responses.push(response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const connect = buildConnector({})
  // Slow enough that a request can be given up before it has a connection.
  dispatcher = new Agent({
    connect: (options, callback) => {
      void setTimeout(20).then(() => {
        connect(options, callback)
      })
    },
  })
})

afterEach(async () => {
  await dispatcher.destroy()
  server.closeAllConnections()
  server.close()
})

/** Sends a request, and waits until the server has it. */
async function requested(signal: AbortSignal): Promise<{ answer: Promise<Response>; response: ServerResponse }> {
  const answer = createLightFetch(dispatcher)(url, { method: 'POST', body: 'a', signal })
  answer.catch(() => undefined)
  while (responses.length === 0) await setTimeout(1)
  return { answer, response: responses[0] as ServerResponse }
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  await (response.body as unknown as LightBody).read((piece) => pieces.push(piece))
  return Buffer.concat(pieces).toString()
}

describe('a request that is given up', () => {
  it('is not sent when it has no connection yet', async () => {
    const controller = new AbortController()
    const answer = createLightFetch(dispatcher)(url, { method: 'POST', body: 'a', signal: controller.signal })
    const reason = new Error('given up')
    controller.abort(reason)
    expect(await thrownBy(answer)).toBe(reason)
    await setTimeout(40)
    expect(responses).toEqual([])
  })

  it('closes its connection while the answer comes', async () => {
    const controller = new AbortController()
    const { answer, response } = await requested(controller.signal)
    response.write('half')
    const reading = textOf(await answer)
    const closed = once(response, 'close')
    const reason = new Error('given up')
    controller.abort(reason)
    expect(await thrownBy(reading)).toBe(reason)
    await closed
  })
})

describe('an answer', () => {
  it('has its headers in any case, several of a name as one, and null for what is not there', async () => {
    const { answer, response } = await requested(new AbortController().signal)
    response.writeHead(
      200,
      [
        ['DPoP-Nonce', 'abc'],
        ['X-Twice', 'a'],
        ['x-twice', 'b'],
      ].flat(),
    )
    response.end()
    const { headers } = await answer
    expect(['dpop-nonce', 'DPOP-NONCE', 'X-twice', 'x-thrice', ''].map((name) => headers.get(name))).toEqual([
      'abc',
      'abc',
      'a, b',
      null,
      null,
    ])
  })

  it.each([
    [200, true],
    [299, true],
    [300, false],
    [401, false],
  ])('with status %s is ok: %s', async (status, ok) => {
    const { answer, response } = await requested(new AbortController().signal)
    response.writeHead(status).end()
    expect(await answer).toMatchObject({ status, ok })
  })

  it('is the final one, not one that announces it', async () => {
    const { answer, response } = await requested(new AbortController().signal)
    response.writeEarlyHints({ link: '</a>; rel=preload' })
    await setTimeout(20)
    response.writeHead(400).end()
    expect(await answer).toMatchObject({ status: 400 })
  })

  it('that comes in pieces is whole', async () => {
    const { answer, response } = await requested(new AbortController().signal)
    response.write('in ')
    const reading = textOf(await answer)
    response.write('piec')
    await setTimeout(20)
    response.end('es')
    expect(await reading).toBe('in pieces')
  })

  it('that broke off before it is read is an error', async () => {
    const { answer, response } = await requested(new AbortController().signal)
    response.writeHead(200, { 'Content-Length': '10' }).write('half')
    const given = await answer
    response.destroy()
    await setTimeout(20)
    expect(await thrownBy(textOf(given))).toBeInstanceOf(Error)
  })

  it('that has ended before it is read is whole', async () => {
    const { answer, response } = await requested(new AbortController().signal)
    response.end('whole')
    const given = await answer
    await setTimeout(20)
    expect(await textOf(given)).toBe('whole')
  })

  it.each([
    ['that has ended', (response: ServerResponse) => response.end('whole')],
    ['that broke off', (response: ServerResponse) => response.destroy()],
  ])('%s holds nothing of its signal', async (_how, end) => {
    const { signal } = new AbortController()
    const { answer, response } = await requested(signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    end(response)
    await answer.then(textOf).catch(() => undefined)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})
