import { expect, test } from 'vitest'
import { answering, jsonReply, textReply, TOKEN_MEMBERS } from '../../conformance/replies.js'
import { signTokens } from '../../conformance/signed-tokens.js'
import { createWire, type Wire } from '../../conformance/wire.js'
import type { WireProgram, WireReply } from '../../conformance/wire-program.js'

const ISSUER = 'https://tenant.example.com/'
const TOKEN_ENDPOINT = `${ISSUER}oauth/token`
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const tokens = await signTokens(ISSUER, 'web-app')

function wireOf(program: WireProgram = answering(jsonReply(200, TOKEN_MEMBERS))): Wire {
  return createWire(ISSUER, tokens.resolve(program))
}

function post(wire: Wire, init: RequestInit = {}): Promise<Response> {
  return wire.fetch(TOKEN_ENDPOINT, { method: 'POST', body: 'a=1', headers: FORM, ...init })
}

test('only a POST to the token endpoint counts as an exchange', async () => {
  const wire = wireOf()
  await wire.fetch(`${ISSUER}.well-known/openid-configuration`)
  await wire.fetch(`${ISSUER}.well-known/jwks.json`)
  await wire.fetch(TOKEN_ENDPOINT)
  await wire.fetch(TOKEN_ENDPOINT, { method: 'POST', body: 'a=1' })
  await wire.fetch('https://other.example/oauth/token', { method: 'POST', body: 'a=1' })
  const log = wire.take()
  expect([log.exchanges.length, log.metadata.length, log.others.length]).toEqual([1, 2, 2])
})

test.each<[string, RequestInit | Request]>([
  ['a text', { method: 'POST', body: 'b=2&a=%201', headers: FORM }],
  ['parameters', { method: 'post', body: new URLSearchParams('b=2&a=%201') }],
  ['bytes', { method: 'POST', body: new TextEncoder().encode('b=2&a=%201'), headers: FORM }],
  ['a request', new Request(TOKEN_ENDPOINT, { method: 'POST', body: new URLSearchParams('b=2&a=%201') })],
])('the fields of a body given as %s are recorded in order', async (_kind, given) => {
  const wire = wireOf()
  await (given instanceof Request ? wire.fetch(given) : wire.fetch(TOKEN_ENDPOINT, given))
  const [request] = wire.take().exchanges
  expect(request).toMatchObject({ method: 'POST', url: TOKEN_ENDPOINT })
  expect(request?.form).toEqual([
    ['b', '2'],
    ['a', ' 1'],
  ])
})

test('a body that does not call itself a form has no fields', async () => {
  const wire = wireOf()
  await post(wire, { body: '{}', headers: { 'content-type': 'application/json' } })
  expect(wire.take().exchanges[0]?.form).toBeUndefined()
})

test('a log is taken once', async () => {
  const wire = wireOf()
  await post(wire)
  expect(wire.take().exchanges).toHaveLength(1)
  expect(wire.take().exchanges).toHaveLength(0)
})

test('each request of a case gets the next reply, and the last repeats', async () => {
  const wire = wireOf(answering(textReply(400, 'one', 'text/plain'), textReply(200, 'two', 'text/plain')))
  const said = [await post(wire), await post(wire), await post(wire)].map(async (response) => response.text())
  expect(await Promise.all(said)).toEqual(['one', 'two', 'two'])
  wire.take()
  expect(await (await post(wire)).text()).toBe('one')
})

test('metadata and keys are answered without being asked for in the program', async () => {
  const wire = wireOf()
  const metadata: unknown = await (await wire.fetch(`${ISSUER}.well-known/openid-configuration`)).json()
  const keys: unknown = await (await wire.fetch(`${ISSUER}.well-known/jwks.json`)).json()
  expect(metadata).toMatchObject({ issuer: ISSUER, token_endpoint: TOKEN_ENDPOINT })
  expect(keys).toMatchObject({ keys: [{ kty: 'RSA' }] })
})

test('signed tokens are filled into a reply by their names', async () => {
  const wire = wireOf(answering(jsonReply(200, { id_token: '{{id-token}}', other: '{{no-such-token}}' })))
  const { id_token: idToken, other } = (await (await post(wire)).json()) as Record<string, string>
  expect(tokens.facts.get(idToken ?? '')).toMatchObject({ claims: { iss: ISSUER, aud: 'web-app' } })
  expect(other).toBe('{{no-such-token}}')
})

test('a connection that breaks before an answer rejects', async () => {
  await expect(post(wireOf(answering({ status: 200, headers: [], reset: true })))).rejects.toThrow(TypeError)
})

test('a connection that breaks within the body gives what came, and then an error', async () => {
  const response = await post(wireOf(answering({ ...textReply(200, 'abcdef', 'text/plain'), truncateAfter: 3 })))
  const reader = response.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('abc')
  await expect(reader?.read()).rejects.toThrow(TypeError)
})

test('a delayed answer ends with its signal', async () => {
  const wire = wireOf(answering({ ...jsonReply(200, {}), delayMs: 60_000 }))
  const controller = new AbortController()
  const answer = post(wire, { signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(answer).rejects.toThrow('enough')
})

test('a delayed body comes after its headers, and ends with its signal', async () => {
  const body = textReply(200, 'abcdef', 'text/plain')
  expect(await (await post(wireOf(answering({ ...body, bodyDelayMs: 1 })))).text()).toBe('abcdef')
  const controller = new AbortController()
  const answer = await post(wireOf(answering({ ...body, bodyDelayMs: 60_000 })), { signal: controller.signal })
  expect(answer.status).toBe(200)
  controller.abort(new Error('enough'))
  await expect(answer.text()).rejects.toThrow('enough')
})

const AWAY: WireReply = { status: 307, headers: [['location', 'https://elsewhere.example/token']] }

test.each<[string, RequestInit, number]>([
  ['is not followed by hand', { redirect: 'manual' }, 0],
  ['is followed by default', {}, 1],
])('a redirect %s', async (_how, init, others) => {
  const wire = wireOf(answering(AWAY))
  const { status } = await post(wire, { ...init, headers: { ...FORM, authorization: 'Basic x' } })
  const log = wire.take()
  expect([status, log.others.length]).toEqual([others === 0 ? 307 : 404, others])
  for (const { method, form, headers } of log.others) {
    expect({ method, form }).toEqual({ method: 'POST', form: [['a', '1']] })
    expect(headers.map(([name]) => name)).not.toContain('authorization')
  }
})

test('a 303 loses the body', async () => {
  const wire = wireOf(answering({ ...AWAY, status: 303 }))
  await post(wire)
  expect(wire.take().others).toMatchObject([{ method: 'GET', body: new Uint8Array() }])
})

test('a redirect is an error for who wants it so', async () => {
  await expect(post(wireOf(answering(AWAY)), { redirect: 'error' })).rejects.toThrow(TypeError)
})
