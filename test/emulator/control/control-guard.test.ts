import { request as send } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'

const emulator = createEmulator({ seed: 'guard', control: true })
const OWN = 'http://localhost:4000'

async function answer(headers: Readonly<Record<string, string>>, method = 'GET', path = '/state', origin = OWN) {
  const body = method === 'POST' ? { body: '{}' } : {}
  const all = { ...(method === 'POST' && { 'Content-Type': 'application/json' }), ...headers }
  const request = new Request(`${origin}/__emulator${path}`, { method, headers: all, ...body })
  const response = await emulator.fetch(request)
  expect(response.headers.has('Access-Control-Allow-Origin')).toBe(false)
  const { error } = response.status === 403 ? ((await response.json()) as { readonly error: string }) : {}
  return error ?? response.status
}

describe('the controls answer', () => {
  it.each([
    ['localhost', 200],
    ['localhost:4000', 200],
    ['LOCALHOST:4000', 200],
    ['127.0.0.1:4000', 200],
    ['127.0.0.2', 200],
    ['[::1]:4000', 200],
    ['localhost.example.com', 'forbidden_host'],
    ['example.com', 'forbidden_host'],
    ['example.com:4000', 'forbidden_host'],
    ['127.0.0.1.example.com', 'forbidden_host'],
    ['localhost@example.com', 'forbidden_host'],
    ['example.com#localhost', 'forbidden_host'],
    ['example.com/localhost', 'forbidden_host'],
    ['192.168.1.1', 'forbidden_host'],
    ['0.0.0.0:4000', 'forbidden_host'],
    ['', 'forbidden_host'],
  ])('to the Host %j: %s', async (Host, expected) => {
    for (const path of ['/', '/state', '/requests']) expect(await answer({ Host }, 'GET', path)).toBe(expected)
    expect(await answer({ Host }, 'POST', '/reset')).toBe(expected)
  })

  it('without a Host by the URL', async () => {
    expect(await answer({}, 'GET', '/state', 'http://[::1]:80')).toBe(200)
    expect(await answer({}, 'GET', '/state', 'https://tenant.example.com')).toBe('forbidden_host')
  })

  it.each([
    [OWN, 200],
    ['http://localhost:4001', 'forbidden_origin'],
    ['http://localhost', 'forbidden_origin'],
    ['http://127.0.0.1:4000', 'forbidden_origin'],
    ['https://example.com', 'forbidden_origin'],
    ['null', 'forbidden_origin'],
    ['', 'forbidden_origin'],
    ['file://localhost:4000', 'forbidden_origin'],
  ])('to a page of %j: %s', async (Origin, expected) => {
    const headers = { Host: 'localhost:4000', Origin }
    expect([await answer(headers), await answer(headers, 'POST', '/reset')]).toEqual([expected, expected])
    expect(await answer(headers, 'DELETE', '/faults')).toBe(expected)
  })

  it('to a page on the port that its scheme implies', async () => {
    expect(await answer({ Host: 'localhost:443', Origin: 'https://localhost' })).toBe(200)
    expect(await answer({ Host: 'localhost:80', Origin: 'http://localhost' })).toBe(200)
    expect(await answer({ Host: 'localhost', Origin: 'http://localhost:8080' })).toBe('forbidden_origin')
  })

  it.each<[string, Readonly<Record<string, string>>, string, number | string]>([
    ['itself', { 'Sec-Fetch-Site': 'same-origin' }, 'POST', 200],
    ['the address bar', { 'Sec-Fetch-Site': 'none' }, 'GET', 200],
    ['a link elsewhere', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }, 'GET', 200],
    ['a form elsewhere', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }, 'POST', 'forbidden_origin'],
    ['a script elsewhere', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }, 'GET', 'forbidden_origin'],
    ['another port', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' }, 'GET', 'forbidden_origin'],
  ])('to a request from %s (%j, %s): %s', async (_, headers, method, expected) => {
    expect(await answer(headers, method, method === 'GET' ? '/state' : '/reset')).toBe(expected)
  })

  it('over a socket by the Host that was sent, whatever the request line says', async () => {
    const { url, close } = await emulator.listen()
    const ask = (path: string, host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { hostname, port } = new URL(url)
        send({ hostname, port, path, headers: { Host: host } }, (reply) => {
          reply.resume()
          resolve(reply.statusCode)
        })
          .once('error', reject)
          .end()
      })
    const absolute = `${url}/__emulator/state`
    const statuses = [
      await ask('/__emulator/state', 'rebound.example.com'),
      await ask(absolute, 'rebound.example.com'),
      await ask('/__emulator/state', new URL(url).host),
    ]
    await close()
    expect(statuses).toEqual([403, 403, 200])
  })
})
