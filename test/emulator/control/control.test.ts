import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulator, type ControlState, type Listening } from '../../../src/emulator/index.js'
import { accessToken, custom, exchange, FORM, readReply, toForm } from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const JSON_TYPE = { 'Content-Type': 'application/json' }
const emulator = createEmulator({ seed: 'control', control: true, now: () => NOW })
let listening: Listening
beforeAll(async () => {
  listening = await emulator.listen()
})
afterAll(() => listening.close())

function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${listening.url}/__emulator${path}`, init)
}

async function change(path: string, body: unknown, headers: Readonly<Record<string, string>> = JSON_TYPE) {
  const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as ControlState }
}

async function readJson(path: string, init: RequestInit = {}) {
  const response = await call(path, init)
  expect(response.headers.get('Content-Type')).toBe('application/json')
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> }
}

function askForToken(): Promise<Response> {
  return fetch(`${listening.url}/oauth/token`, { method: 'POST', headers: FORM, body: toForm(custom()) })
}

describe('without the flag', () => {
  it.each([undefined, false])('(control: %s) nothing is at /__emulator/', async (control) => {
    const closed = createEmulator({ seed: 1, ...(control !== undefined && { control }) })
    const paths = ['', '/', '/state', '/requests', '/events', '/faults', '/clock', '/keys', '/reset']
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const body = method === 'POST' ? { headers: JSON_TYPE, body: '{"reset":true,"advanceMs":1}' } : {}
        const request = new Request(`http://localhost/__emulator${path}`, { method, ...body })
        const { status, body: answer } = await readReply(await closed.fetch(request))
        expect([status, answer['error']]).toEqual([404, 'not_found'])
      }
    }
    expect([closed.requests.length, closed.faults.pending]).toEqual([paths.length * 3, []])
  })
})

describe('the controls', () => {
  it('tell the state', async () => {
    emulator.reset({ keys: true })
    expect(await readJson('/state')).toEqual({
      status: 200,
      body: {
        issuer: listening.issuer,
        now: NOW,
        keys: ['public-test-key-1'],
        faults: [],
        cursor: expect.stringMatching(/^\w+\.0$/) as string,
      },
    })
  })

  it('queue faults, in the order of the requests, and clear them', async () => {
    emulator.reset()
    const fault = { path: '/oauth/token', status: 503, headers: { 'Retry-After': '1' }, body: { error: 'down' } }
    expect((await change('/faults', { reset: true, method: 'PUT' })).status).toBe(200)
    expect((await change('/faults', fault)).body.faults).toEqual([{ reset: true, method: 'PUT' }, fault])
    const response = await askForToken()
    expect([response.status, response.headers.get('Retry-After'), await response.text()]).toEqual([
      503,
      '1',
      '{"error":"down"}',
    ])
    expect((await readJson('/faults', { method: 'DELETE' })).body['faults']).toEqual([])
    expect((await askForToken()).status).toBe(200)
  })

  it('move the clock', async () => {
    emulator.reset()
    expect((await change('/clock', { advanceMs: 60_000 })).body.now).toBe(NOW + 60_000)
    expect(emulator.now()).toBe(NOW + 60_000)
  })

  it('rotate and retire keys', async () => {
    emulator.reset({ keys: true })
    const [first, second] = ['public-test-key-1', 'public-test-key-2']
    expect((await change('/keys', { action: 'rotate' })).body.keys).toEqual([second, first])
    expect((await change('/keys', { action: 'retire' })).body.keys).toEqual([second])
  })

  it('reset, with the keys when told to', async () => {
    await change('/keys', { action: 'rotate' })
    await change('/clock', { advanceMs: 1 })
    const [kid] = (await change('/reset', {})).body.keys
    expect([emulator.now(), emulator.requests.length]).toEqual([NOW, 0])
    expect(kid).not.toBe('public-test-key-1')
    expect((await change('/reset', { keys: true })).body.keys).toEqual(['public-test-key-1'])
  })

  it('show the requests, and those since the last look alone', async () => {
    emulator.reset()
    const token = accessToken(await exchange(emulator, custom()))
    const first = await readJson('/requests')
    expect(first.body['requests']).toEqual(JSON.parse(JSON.stringify(emulator.requests)))
    expect(JSON.stringify(first.body)).not.toContain(token)
    const since = (cursor: unknown) => readJson(`/requests?since=${String(cursor)}`)
    expect((await since(first.body['cursor'])).body).toEqual({ cursor: first.body['cursor'], requests: [] })
    await exchange(emulator, custom({ client_secret: 'wrong' }))
    const second = await since(first.body['cursor'])
    expect(second.body['requests']).toMatchObject([{ id: 2, error: 'invalid_client' }])
    emulator.reset()
    await exchange(emulator, custom())
    expect((await since(second.body['cursor'])).body['requests']).toMatchObject([{ id: 1, status: 200 }])
    expect((await since('nonsense')).body['requests']).toHaveLength(1)
  })

  it('are no requests of the journal, and no fault hits them', async () => {
    emulator.reset()
    emulator.faults.push({ status: 503 })
    expect((await readJson('/state')).status).toBe(200)
    expect([emulator.requests, emulator.faults.pending.length]).toEqual([[], 1])
  })
})

describe('a request to the controls', () => {
  it.each<[string, string, RequestInit, number, string, RegExp]>([
    ['to an unknown path', '/nothing', {}, 404, 'not_found', /nothing at this path/],
    ['to a name of every object', '/constructor', {}, 404, 'not_found', /nothing at this path/],
    ['of another method', '/faults', {}, 405, 'method_not_allowed', /^Allowed here: POST, DELETE$/],
    ['of a method that asks first', '/reset', { method: 'OPTIONS' }, 405, 'method_not_allowed', /POST/],
    ['without a body', '/reset', { method: 'POST' }, 415, 'json_required', /application\/json/],
    ['that is a form', '/reset', { method: 'POST', headers: FORM, body: 'a=b' }, 415, 'json_required', /json/],
    [
      'that a form could send as text',
      '/reset',
      { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{}' },
      415,
      'json_required',
      /json/,
    ],
    ['that is no JSON', '/reset', post('{'), 400, 'invalid_input', /not valid JSON/],
    ['that is no UTF-8', '/reset', post(new Uint8Array([0xff])), 400, 'invalid_input', /not valid UTF-8/],
    ['that is no object', '/reset', post('[]'), 400, 'invalid_input', /must be a JSON object/],
    ['that is too large', '/faults', post(' '.repeat(2 ** 20 + 1)), 400, 'invalid_input', /larger than 1048576 bytes/],
    ['with an unknown member', '/reset', post('{"kyes":true}'), 400, 'invalid_input', /no member "kyes", only keys/],
    ['with keys that are no boolean', '/reset', post('{"keys":1}'), 400, 'invalid_input', /keys must be true or false/],
    ['with no step', '/clock', post('{}'), 400, 'invalid_input', /advanceMs must be a whole number/],
    ['with a step back', '/clock', post('{"advanceMs":-1}'), 400, 'invalid_input', /advanceMs/],
    ['with a step beyond all dates', '/clock', post(`{"advanceMs":${2 ** 53 - 1}}`), 400, 'invalid_input', /no date/],
    ['with another action', '/keys', post('{"action":"burn"}'), 400, 'invalid_input', /"rotate" or "retire"/],
    ['with half a fault', '/faults', post('{"body":"x"}'), 400, 'invalid_input', /headers and body need a status/],
  ])('%s is refused', async (_, path, init, status, error, message) => {
    expect(await readJson(path, init)).toEqual({
      status,
      body: { error, message: expect.stringMatching(message) as string },
    })
  })

  it('is refused when it is too large and does not say so', async () => {
    const body = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(2 ** 18))
      },
    })
    const init = { method: 'POST', headers: JSON_TYPE, body, duplex: 'half' as const }
    const response = await emulator.fetch(new Request('http://localhost/__emulator/reset', init))
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_input' }])
  })
})

function post(body: string | Uint8Array<ArrayBuffer>): RequestInit {
  return { method: 'POST', headers: JSON_TYPE, body }
}
