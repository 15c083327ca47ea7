import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { Agent } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLoopback, type Loopback } from '../../../conformance/loopback/loopback.js'
import { placePrograms, withoutPorts } from '../../../conformance/loopback/place.js'
import { fail } from '../../../conformance/oracles/verdict.js'
import type { CaseResult } from '../../../conformance/runner/lane.js'
import type { WireReply } from '../../../conformance/wire-program.js'

const OK: WireReply = { status: 200, headers: [['content-type', 'application/json']], body: '{}' }
const PROGRAM = { token: [OK], metadata: { ...OK, body: '{"metadata":1}' }, keys: { ...OK, body: '{"keys":[]}' } }

let loopback: Loopback
beforeAll(async () => {
  loopback = await openLoopback(2, 'http')
})
afterAll(() => loopback.close())

function lane(index = 0) {
  const found = loopback.lanes[index]
  if (!found) throw new Error('no lane')
  found.recorder.play(PROGRAM)
  found.recorder.take()
  return found
}

test('a request is recorded as it went out: method, URL, headers in order, bytes', async () => {
  const { issuer, recorder } = lane()
  const sent = httpRequest(`${issuer}oauth/token?a=1`, { method: 'POST' })
  sent.setHeader('X-First', 'One').setHeader('Content-Type', 'application/x-www-form-urlencoded')
  sent.setHeader('Authorization', 'Basic Og==')
  sent.end('a=b+c&a=%C3%BC')
  await new Promise((resolve) => sent.once('response', (response) => response.resume().once('end', resolve)))
  const { exchanges } = recorder.take()
  expect(exchanges).toMatchObject([{ method: 'POST', url: `${issuer}oauth/token?a=1` }])
  expect(exchanges[0]?.headers.slice(0, 4)).toEqual([
    ['host', new URL(issuer).host],
    ['x-first', 'One'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['authorization', 'Basic Og=='],
  ])
  expect(Buffer.from(exchanges[0]?.body ?? []).toString()).toBe('a=b+c&a=%C3%BC')
  expect(exchanges[0]?.form).toEqual([
    ['a', 'b c'],
    ['a', 'ü'],
  ])
})

test('each lane has its own log, and metadata and keys are served below its issuer', async () => {
  const [first, second] = [lane(0), lane(1)]
  expect(await (await fetch(`${first.issuer}.well-known/openid-configuration`)).json()).toEqual({ metadata: 1 })
  expect(await (await fetch(`${first.issuer}.well-known/jwks.json`)).json()).toEqual({ keys: [] })
  expect((await fetch(`${second.issuer}elsewhere`)).status).toBe(404)
  expect(first.recorder.take()).toMatchObject({ exchanges: [], metadata: [{}, {}], others: [] })
  expect(second.recorder.take()).toMatchObject({ exchanges: [], metadata: [], others: [{ method: 'GET' }] })
})

describe('replies', () => {
  async function post(...token: WireReply[]): Promise<Response> {
    return postWith({}, ...token)
  }
  async function postWith(init: RequestInit, ...token: WireReply[]): Promise<Response> {
    const { issuer, recorder } = lane()
    recorder.play({ ...PROGRAM, token })
    return fetch(`${issuer}oauth/token`, { ...init, method: 'POST', body: 'a=1', redirect: 'manual' })
  }

  test('have their status, headers and bytes', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b])
    const reply = {
      status: 418,
      headers: [
        ['x-a', '1'],
        ['x-a', '2'],
      ] as const,
      bodyBase64: bytes.toString('base64'),
    }
    const response = await post(reply)
    expect([response.status, response.headers.get('x-a')]).toEqual([418, '1, 2'])
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
  })

  test('break before the answer, or within the body', async () => {
    await expect(post({ ...OK, reset: true })).rejects.toThrow('fetch failed')
    const response = await post({ ...OK, body: '{"access_token":"canary"}', truncateAfter: 5 })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  test('may have a body that comes after the headers', async () => {
    expect(await (await post({ ...OK, bodyDelayMs: 1 })).text()).toBe('{}')
    const controller = new AbortController()
    const response = await postWith({ signal: controller.signal }, { ...OK, bodyDelayMs: 60_000 })
    expect(response.status).toBe(200)
    controller.abort()
    await expect(response.text()).rejects.toThrow('aborted')
  })

  test('come in turn, and the last repeats', async () => {
    const { issuer, recorder } = lane()
    recorder.play({ ...PROGRAM, token: [{ ...OK, status: 503 }, OK] })
    const statuses: number[] = []
    for (let call = 0; call < 3; call++) {
      statuses.push((await fetch(`${issuer}oauth/token`, { method: 'POST' })).status)
    }
    expect(statuses).toEqual([503, 200, 200])
  })

  test('lead to another origin only within the lane, where what is sent is recorded', async () => {
    const { issuer, elsewhere, recorder } = lane()
    const away = { status: 307, headers: [['Location', 'https://evil.example/oauth/token?x=1']] as const }
    recorder.play(placePrograms(lane())({ ...PROGRAM, token: [away] }))
    await fetch(`${issuer}oauth/token`, { method: 'POST', body: 'client_secret=canary' })
    const { exchanges, others } = recorder.take()
    expect(exchanges).toHaveLength(1)
    expect(others.map(({ url, body }) => [url, Buffer.from(body).toString()])).toEqual([
      [`${elsewhere}/oauth/token?x=1`, 'client_secret=canary'],
    ])
  })
})

test.each([
  ['unknown-authority', { rejectUnauthorized: false }],
  ['other-host', { checkServerIdentity: () => undefined }],
] as const)('an impostor is trusted by nobody, and who does not look is recorded: %s', async (kind, careless) => {
  const secure = await openLoopback(1, 'https')
  const [{ impostors, recorder } = lane()] = secure.lanes
  const impostor = impostors[kind] ?? ''
  const ca = readFileSync(secure.caFile ?? '')
  const [careful, other] = [{ ca }, { ca, ...careless }].map((connect) => new Agent({ connect }))
  try {
    await expect(fetch(impostor, { dispatcher: careful } as RequestInit)).rejects.toThrow('fetch failed')
    expect(recorder.take().others).toEqual([])
    await fetch(impostor, { dispatcher: other } as RequestInit)
    expect(recorder.take().others).toMatchObject([{ method: 'GET', url: impostor }])
  } finally {
    await Promise.all([careful?.close(), other?.close(), secure.close()])
  }
})

test('over https only who trusts the authority of the run gets an answer', async () => {
  const secure = await openLoopback(1, 'https')
  const { caFile = '', lanes } = secure
  const url = `${lanes[0]?.issuer ?? ''}nothing`
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } })
  try {
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    expect((await fetch(url, { dispatcher } as RequestInit)).status).toBe(404)
  } finally {
    await dispatcher.close()
    await secure.close()
  }
  expect(() => readFileSync(caFile)).toThrow('ENOENT')
})

test('a result says nothing of the ports of its lane', () => {
  const { issuer, elsewhere } = lane()
  const request = { method: 'POST', url: `${issuer}oauth/token`, headers: [['host', new URL(issuer).host]] as const }
  const message = `no answer from ${elsewhere}/token: HTTPSConnectionPool(host='127.0.0.1', port=${new URL(issuer).port})`
  const result = {
    case: { kind: 'exchange', input: { subject_token: 'a', subject_token_type: 'b' } },
    answers: [{ op: 'exchange', observation: { outcome: 'rejected', error: { class: 'Error', message } } }],
    wire: { exchanges: [{ ...request, body: new Uint8Array([1]), form: undefined }], metadata: [], others: [] },
    verdicts: [fail('subject-arrives', 'subject-refused', issuer)],
  } satisfies CaseResult
  const { answers, wire, verdicts } = withoutPorts(result, lane())
  expect(answers).toMatchObject([
    {
      observation: {
        error: {
          message:
            "no answer from https://elsewhere.example.com/token: HTTPSConnectionPool(host='127.0.0.1', port=port)",
        },
      },
    },
  ])
  expect(wire.exchanges).toEqual([
    {
      method: 'POST',
      url: 'https://tenant.example.com/oauth/token',
      headers: [['host', '127.0.0.1:port']],
      body: new Uint8Array([1]),
      form: undefined,
    },
  ])
  expect(verdicts[0]?.detail).toBe('https://tenant.example.com/')
})
