import { expect, test } from 'vitest'
import { createWire } from '../../conformance/wire.js'

const ISSUER = 'https://tenant.example.com/'
const TOKEN_ENDPOINT = `${ISSUER}oauth/token`

function recordingWire(reply?: () => Response) {
  const handled: string[] = []
  const handler = async (request: Request) => {
    handled.push(`${request.method} ${request.url} ${await request.text()}`)
    return new Response('handled')
  }
  return { handled, wire: createWire({ issuer: ISSUER, handler, ...(reply && { reply }) }) }
}

test('only a POST to the token endpoint counts as an exchange', async () => {
  const { wire } = recordingWire()
  await wire.fetch(`${ISSUER}.well-known/openid-configuration`)
  await wire.fetch(`${ISSUER}.well-known/jwks.json`)
  await wire.fetch(TOKEN_ENDPOINT)
  await wire.fetch(TOKEN_ENDPOINT, { method: 'POST', body: 'a=1' })
  await wire.fetch('https://other.example/oauth/token', { method: 'POST', body: 'a=1' })
  const log = wire.take()
  expect([log.exchanges.length, log.metadata.length, log.others.length]).toEqual([1, 2, 2])
})

test.each<[string, RequestInit | Request]>([
  ['a text', { method: 'POST', body: 'b=2&a=%201', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['parameters', { method: 'POST', body: new URLSearchParams('b=2&a=%201') }],
  [
    'bytes',
    {
      method: 'POST',
      body: new TextEncoder().encode('b=2&a=%201'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ],
  ['a request', new Request(TOKEN_ENDPOINT, { method: 'POST', body: new URLSearchParams('b=2&a=%201') })],
])('the fields of a body given as %s are recorded in order, and the handler can read it', async (_kind, given) => {
  const { wire, handled } = recordingWire()
  await (given instanceof Request ? wire.fetch(given) : wire.fetch(TOKEN_ENDPOINT, given))
  const [request] = wire.take().exchanges
  expect(request?.form).toEqual([
    ['b', '2'],
    ['a', ' 1'],
  ])
  expect(handled[0]).toContain('b=2&a=')
})

test('a body that does not call itself a form has no fields', async () => {
  const { wire } = recordingWire()
  await wire.fetch(TOKEN_ENDPOINT, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  expect(wire.take().exchanges[0]?.form).toBeUndefined()
})

test('a canned reply answers the token endpoint, and the handler everything else', async () => {
  const { wire, handled } = recordingWire(() => new Response('canned'))
  const exchanged = await wire.fetch(TOKEN_ENDPOINT, { method: 'POST', body: 'a=1' })
  const found = await wire.fetch(`${ISSUER}.well-known/openid-configuration`)
  expect([await exchanged.text(), await found.text()]).toEqual(['canned', 'handled'])
  expect(handled).toHaveLength(1)
})

test('a log is taken once', async () => {
  const { wire } = recordingWire()
  await wire.fetch(TOKEN_ENDPOINT, { method: 'POST', body: 'a=1' })
  expect(wire.take().exchanges).toHaveLength(1)
  expect(wire.take().exchanges).toHaveLength(0)
})
