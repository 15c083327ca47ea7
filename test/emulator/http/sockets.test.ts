import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Agent, fetch as undiciFetch } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulator, type Listening, type SecureListening } from '../../../src/emulator/index.js'
import { problemsOf } from '../description.js'
import { loginRequest } from '../authorize/login-support.js'
import { MALFORMED } from './malformed.js'
import { custom, FORM, ISSUER, toForm } from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const create = () => createEmulator({ seed: 1, issuer: ISSUER, now: () => NOW })

/** Three that start alike and are asked the same: without a socket, over http and over https. */
const [inProcess, overHttp, overHttps] = [create(), create(), create()]
let http: Listening
let https: SecureListening
let agent: Agent

beforeAll(async () => {
  http = await overHttp.listen()
  https = await overHttps.listen({ tls: true })
  agent = new Agent({ connect: { ca: readFileSync(https.caFile, 'utf8') } })
})
afterAll(async () => {
  await agent.destroy()
  await Promise.all([http.close(), https.close()])
})

/** Headers that belong to the connection. */
const OF_THE_SOCKET = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])

async function contentOf(response: Response, request: Request) {
  expect(await problemsOf(request, response.clone())).toEqual([])
  const headers = [...response.headers].filter(([name]) => !OF_THE_SOCKET.has(name)).sort()
  return { status: response.status, headers, body: await response.text() }
}

async function askAll(path: string, init: RequestInit) {
  const request = () => new Request(new URL(path, ISSUER), init)
  const send = (url: string, dispatcher?: Agent): Promise<Response> =>
    undiciFetch(url + path, {
      ...init,
      redirect: 'manual',
      ...(dispatcher && { dispatcher }),
    } as Parameters<typeof undiciFetch>[1]) as unknown as Promise<Response>
  const without = await contentOf(await inProcess.fetch(request()), request())
  expect(await contentOf(await send(http.url), request())).toEqual(without)
  expect(await contentOf(await send(https.url, agent), request())).toEqual(without)
  return without
}

const post = (headers: Readonly<Record<string, string>>, body: BodyInit) => ({ method: 'POST', headers, body })

describe('http and https give the answers that are given without a socket', () => {
  it.each<[string, string, RequestInit, number]>([
    ['to an exchange', '/oauth/token', post(FORM, toForm(custom())), 200],
    ['to an unknown client', '/oauth/token', post(FORM, toForm(custom({ client_secret: 'x' }))), 401],
    ['to a login', `/authorize?${toForm(loginRequest())}`, {}, 200],
    ['to a refused login', `/authorize?${toForm(loginRequest({ prompt: 'none' }))}`, {}, 302],
    [
      'to a choice at the login page',
      '/authorize/login',
      post(FORM, toForm(loginRequest({ user_id: 'auth0|bob' }))),
      302,
    ],
    ['to metadata', '/.well-known/openid-configuration', {}, 200],
    ['to HEAD', '/.well-known/jwks.json', { method: 'HEAD' }, 200],
    ['to a missing token', '/userinfo', {}, 401],
    ['to another method', '/userinfo', { method: 'DELETE' }, 405],
    ['to another path', '/elsewhere', {}, 404],
  ])('%s', async (_case, path, init, status) => {
    expect(await askAll(path, init)).toMatchObject({ status })
  })

  it.each(MALFORMED)('to a malformed body: %s', async (_case, headers, body, description) => {
    const { status, body: answer } = await askAll('/oauth/token', post(headers, body))
    expect([status, JSON.parse(answer)]).toEqual([400, { error: 'invalid_request', error_description: description }])
  })
})

const HOST = 'Host: 127.0.0.1\r\n'
const TO_TOKEN = `POST /oauth/token HTTP/1.1\r\n${HOST}`
const FORM_TO_TOKEN = `${TO_TOKEN}Content-Type: application/x-www-form-urlencoded\r\n`

/** Sends the bytes, ends, and gives everything that comes back. */
function sendRaw({ url }: Listening, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end(Buffer.from(bytes, 'latin1'))
  return text(socket)
}

describe('what is no request gets a 4xx, and the next request its answer', () => {
  it.each<[string, string, number]>([
    ['nonsense', 'hello\r\n\r\n', 400],
    ['no Host', 'GET /authorize HTTP/1.1\r\n\r\n', 400],
    ['a Host that is none', 'GET /authorize HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['a Host with half a bracket', 'GET /authorize HTTP/1.1\r\nHost: [\r\n\r\n', 400],
    ['the URL of another scheme', `GET gopher://a HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['an asterisk for a path', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['a path that starts twice', `GET //example.com/authorize HTTP/1.1\r\n${HOST}\r\n`, 404],
    ['a path that is not UTF-8', `GET /%ff%zz HTTP/1.1\r\n${HOST}\r\n`, 404],
    ['a query that is not UTF-8', `GET /authorize?%zz=%ff HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['bytes in the path', `GET /\xff HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['a path of 20 kB', `GET /authorize?a=${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`, 431],
    ['a header of 20 kB', `GET /authorize HTTP/1.1\r\n${HOST}A: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a body that ends too soon', `${FORM_TO_TOKEN}Content-Length: 10\r\n\r\nabc`, 400],
    ['a chunk that is none', `${FORM_TO_TOKEN}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['a chunk that ends too soon', `${FORM_TO_TOKEN}Transfer-Encoding: chunked\r\n\r\n5\r\nab`, 400],
    ['a negative length', `${FORM_TO_TOKEN}Content-Length: -1\r\n\r\n`, 400],
    ['two lengths', `${FORM_TO_TOKEN}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, 400],
    ['a length and chunks', `${FORM_TO_TOKEN}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['credentials that are not UTF-8', `${FORM_TO_TOKEN}Authorization: Basic \xff\r\nContent-Length: 0\r\n\r\n`, 400],
    ['an expectation that nobody meets', `${TO_TOKEN}Expect: nonsense\r\nContent-Length: 0\r\n\r\n`, 417],
  ])('%s', async (_case, bytes, status) => {
    expect(await sendRaw(http, bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect((await fetch(`${http.url}/.well-known/jwks.json`)).status).toBe(200)
  })
})
