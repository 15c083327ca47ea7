import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Emulator, Fault } from '../../../src/emulator/index.js'
import { custom, FORM, seeded, toForm, TOKEN_URL } from '../support.js'

const PATH = '/oauth/token'

function ask(emulator: Emulator, init: RequestInit = {}, url = TOKEN_URL): Promise<Response> {
  return emulator.fetch(new Request(url, { method: 'POST', headers: FORM, body: toForm(custom()), ...init }))
}

const faulty = (...faults: readonly Fault[]): Emulator => {
  const emulator = seeded()
  for (const fault of faults) emulator.faults.push(fault)
  return emulator
}

describe('a fault', () => {
  it('that resets makes the request fail as a network error does', async () => {
    const failure = await ask(faulty({ reset: true })).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TypeError)
    expect(failure).toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } })
  })

  it.each<[string, Fault, number, string | null, string]>([
    ['a status alone', { status: 503 }, 503, null, ''],
    ['text', { status: 200, body: '<html>' }, 200, 'text/plain;charset=UTF-8', '<html>'],
    ['an object as JSON', { status: 400, body: { error: 'a' } }, 400, 'application/json', '{"error":"a"}'],
    [
      'JSON of another type',
      { status: 200, headers: { 'content-type': 'text/html' }, body: [1] },
      200,
      'text/html',
      '[1]',
    ],
    ['no body', { status: 204 }, 204, null, ''],
  ])('that answers sends %s', async (_, fault, status, type, text) => {
    const response = await ask(faulty(fault))
    expect([response.status, response.headers.get('Content-Type'), await response.text()]).toEqual([status, type, text])
  })

  it('that answers has its headers, and the server does nothing', async () => {
    const emulator = faulty({ status: 429, headers: { 'Retry-After': '7' } })
    expect((await ask(emulator)).headers.get('Retry-After')).toBe('7')
    expect(emulator.requests[0]?.checks).toEqual([])
  })

  it.each([
    [{ truncateAfter: 10 }, 10],
    [{ truncateAfter: 0 }, 0],
    [{ truncateAfter: 100_000 }, undefined],
    [{ status: 200, body: 'whole', truncateAfter: 3 }, 3],
  ])('that truncates breaks the body off, under a longer length: %j', async (fault, length) => {
    const { headers, body } = await ask(faulty(fault))
    let size = 0
    const counter = new WritableStream<Uint8Array>({ write: (chunk) => void (size += chunk.length) })
    await expect(body?.pipeTo(counter)).rejects.toThrow(new TypeError('terminated'))
    if (length !== undefined) expect(size).toBe(length)
    expect(Number(headers.get('Content-Length'))).toBeGreaterThan(size)
  })

  it('is for the first request with its path and method, and leaves the others alone', async () => {
    const emulator = faulty(
      { path: '/.well-known/jwks.json', status: 500 },
      { method: 'GET', status: 501 },
      { status: 502 },
    )
    const statuses = [(await ask(emulator)).status, (await ask(emulator)).status]
    const keys = `https://tenant.example.com/.well-known/jwks.json?a=b`
    for (let index = 0; index < 3; index++) statuses.push((await emulator.fetch(new Request(keys))).status)
    expect(statuses).toEqual([502, 200, 500, 501, 200])
  })

  it('is used as often as it says, and in the order of the queue', async () => {
    const emulator = faulty({ status: 503, times: 2 }, { reset: true }, { status: 500 })
    const outcomes: unknown[] = []
    for (let index = 0; index < 5; index++) {
      outcomes.push(await ask(emulator).then(({ status }) => status, String))
    }
    expect(outcomes).toEqual([503, 503, 'TypeError: fetch failed', 500, 200])
  })

  it('waits where all can see it, until it is cleared', async () => {
    const emulator = faulty({ status: 503, times: 3 }, { path: PATH, reset: true })
    await ask(emulator)
    expect(emulator.faults.pending).toEqual([
      { status: 503, times: 2 },
      { path: PATH, reset: true },
    ])
    emulator.faults.clear()
    expect(emulator.faults.pending).toEqual([])
    expect((await ask(emulator)).status).toBe(200)
  })

  it('is a copy: what is changed later does not count', async () => {
    const body = { error: 'before' }
    const emulator = faulty({ status: 400, body })
    body.error = 'after'
    expect(await (await ask(emulator)).text()).toBe('{"error":"before"}')
  })

  it('shows in the journal, with the request', async () => {
    const emulator = faulty({ reset: true }, { status: 503 }, { truncateAfter: 1 }, { delayMs: 0 })
    for (let index = 0; index < 5; index++) await ask(emulator).catch(() => undefined)
    expect(emulator.requests.map(({ fault, status, clientId }) => [fault, status, clientId])).toEqual([
      ['reset', 0, 'web-app'],
      ['answer', 503, 'web-app'],
      ['truncation', 200, 'web-app'],
      ['delay', 200, 'web-app'],
      [undefined, 200, 'web-app'],
    ])
    expect(JSON.stringify(emulator.requests)).not.toContain('web-app-secret')
  })

  it('is for a request that nobody can read, too', async () => {
    const emulator = faulty({ status: 503 })
    expect((await ask(emulator, { headers: { 'Content-Type': 'text/plain' } })).status).toBe(503)
    expect(emulator.requests).toMatchObject([{ fault: 'answer', parameters: {} }])
  })

  it('belongs to its own emulator', async () => {
    faulty({ status: 503 })
    expect((await ask(seeded())).status).toBe(200)
  })
})

describe('a delay', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => vi.useRealTimers())

  /** Waits until the server has done its part, and gives what has become of the answer so far. */
  async function begin(emulator: Emulator, init: RequestInit = {}) {
    const outcomes: unknown[] = []
    ask(emulator, init).then(
      ({ status }) => outcomes.push(status),
      (error: unknown) => outcomes.push(error),
    )
    while (vi.getTimerCount() === 0) await new Promise(setImmediate)
    return outcomes
  }

  it.each<[string, Fault, unknown]>([
    ["the server's answer", { delayMs: 5000 }, 200],
    ['another answer', { delayMs: 5000, status: 503 }, 503],
    ['a reset', { delayMs: 5000, reset: true }, expect.any(TypeError)],
  ])('holds back %s, by the real clock', async (_, fault, outcome) => {
    const emulator = faulty(fault)
    const outcomes = await begin(emulator)
    emulator.advance(10_000)
    await vi.advanceTimersByTimeAsync(4999)
    expect([outcomes, emulator.requests.length]).toEqual([[], 1])
    await vi.advanceTimersByTimeAsync(1)
    expect(outcomes).toEqual([outcome])
  })

  it.each<[string, (emulator: Emulator, client: AbortController) => void, unknown]>([
    [
      'the client gives up',
      (_, client) => {
        client.abort(new Error('enough'))
      },
      new Error('enough'),
    ],
    [
      'the faults are cleared',
      ({ faults }) => {
        faults.clear()
      },
      new TypeError('fetch failed'),
    ],
    [
      'the emulator is reset',
      ({ reset }) => {
        reset()
      },
      new TypeError('fetch failed'),
    ],
  ])('ends when %s, and leaves no timer', async (_, end, error) => {
    const client = new AbortController()
    const emulator = faulty({ delayMs: 60_000 })
    const outcomes = await begin(emulator, { signal: client.signal })
    end(emulator, client)
    while (outcomes.length === 0) await new Promise(setImmediate)
    expect(outcomes).toEqual([error])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a fault that could not do what it says is refused', () => {
  const broken = 'The fault cannot be used: '
  it.each<[unknown, string]>([
    [undefined, 'it must be an object'],
    [null, 'it must be an object'],
    [[], 'it must be an object'],
    [{}, 'it does nothing: give reset, status, truncateAfter or delayMs'],
    [{ path: PATH }, 'it does nothing: give reset, status, truncateAfter or delayMs'],
    [{ statsu: 503 }, 'it has no member "statsu"'],
    [{ path: 'oauth/token', status: 503 }, 'path must start with / and have no query'],
    [{ path: '/a?b', status: 503 }, 'path must start with / and have no query'],
    [{ method: 'post', status: 503 }, 'method must be in capitals, such as POST'],
    [{ times: 0, status: 503 }, 'times must be a whole number from 1'],
    [{ times: 1.5, status: 503 }, 'times must be a whole number from 1'],
    [{ delayMs: -1 }, 'delayMs must be milliseconds'],
    [{ delayMs: 2 ** 31 }, 'delayMs must be milliseconds'],
    [{ delayMs: Infinity }, 'delayMs must be milliseconds'],
    [{ reset: false }, 'reset must be true, or left out'],
    [{ status: 199 }, 'status must be from 200 to 599'],
    [{ status: 600 }, 'status must be from 200 to 599'],
    [{ status: '503' }, 'status must be from 200 to 599'],
    [{ truncateAfter: -1 }, 'truncateAfter must be a number of bytes'],
    [{ status: 503, headers: { 'a b': 'c' } }, 'headers must be an object of legal names and values'],
    [{ status: 503, headers: { a: 'b\nc' } }, 'headers must be an object of legal names and values'],
    [{ status: 503, headers: { a: 1 } }, 'headers must be an object of legal names and values'],
    [
      { status: 503, headers: { 'Content-Length': '1' } },
      'headers must not have content-length, transfer-encoding, connection',
    ],
    [{ status: 503, body: 1 }, 'body must be text, or an object to send as JSON'],
    [{ status: 503, body: { toJSON: () => undefined } }, 'body must be text, or an object to send as JSON'],
    [{ body: 'x' }, 'headers and body need a status'],
    [{ delayMs: 1, headers: {} }, 'headers and body need a status'],
    [{ status: 204, body: 'x' }, 'an answer with this status has no body'],
    [{ status: 204, truncateAfter: 1 }, 'an answer with this status has no body to truncate'],
    [{ reset: true, status: 503 }, 'after a reset there is no answer: leave out status and truncateAfter'],
    [{ reset: true, truncateAfter: 1 }, 'after a reset there is no answer: leave out status and truncateAfter'],
  ])('%j', (fault, text) => {
    const { faults } = seeded()
    expect(() => {
      faults.push(fault as Fault)
    }).toThrow(new TypeError(broken + text))
    expect(faults.pending).toEqual([])
  })

  it('by the compiler, too', () => {
    const { faults } = seeded()
    // @ts-expect-error There is no answer after a reset.
    const answered: Fault = { reset: true, status: 503 }
    // @ts-expect-error There is no body after a reset.
    const short: Fault = { reset: true, truncateAfter: 1 }
    // @ts-expect-error A body is that of an answer.
    const body: Fault = { delayMs: 1, body: 'x' }
    // @ts-expect-error A header is that of an answer.
    const headers: Fault = { truncateAfter: 1, headers: {} }
    // @ts-expect-error It does nothing.
    const nothing: Fault = { path: '/oauth/token', times: 2 }
    for (const fault of [answered, short, body, headers, nothing]) {
      expect(() => {
        faults.push(fault)
      }).toThrow(TypeError)
    }
  })
})
