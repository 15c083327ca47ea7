import { afterAll, describe, expect, it } from 'vitest'
import { TOKEN_EXCHANGE_GRANT_TYPE, createTokenEndpointClient } from '../../src/token-endpoint.js'
import { TOKEN_RESPONSE } from '../support/scripted-server.js'
import { NETWORK, REDIRECT, TIMEOUT, TOO_LARGE, invalid, type Expected } from './case.js'
import { framed, json, listen, raw, reset, silent, type Reply } from './server.js'

const NOT_JSON = invalid('not_json')

const CASES: readonly (readonly [name: string, reply: Reply, expected: Expected])[] = [
  ['a token', json(TOKEN_RESPONSE), { data: TOKEN_RESPONSE }],
  ['an OAuth error', json({ error: 'invalid_grant' }, 400), { error: { error: 'invalid_grant' } }],
  ['an error in HTML', framed(502, ['Content-Type: text/html'], '<h1>'), { error: '<h1>' }],
  ['status 204', raw('HTTP/1.1 204 x', 'Connection: close', ''), { response: { status: 204 } }],
  ['status 205', json(TOKEN_RESPONSE, 205), invalid('http_status', { status: 205 })],
  ['status 600', json({ error: 'canary' }, 600), invalid('http_status', { status: 600 })],
  ['status 999', json(TOKEN_RESPONSE, 999), invalid('http_status', { status: 999 })],
  ['HTML', json('<html>canary'), NOT_JSON],
  ['a form', json('access_token=canary'), NOT_JSON],
  ['JSON that is cut', json('{"access_token":"canary'), NOT_JSON],
  ['an empty body', json(''), NOT_JSON],
  ['an unknown coding', framed(200, ['Content-Encoding: a'], JSON.stringify(TOKEN_RESPONSE)), { data: TOKEN_RESPONSE }],
  ['a redirect', framed(307, ['Location: https://tenant.example.com:1/']), REDIRECT],
  ['two mebibytes', json(' '.repeat(2 ** 21), 400), TOO_LARGE],
  ['silence', silent('HTTP/1.1 200 x\r\n'), TIMEOUT],
  ['a reset', reset('HTTP/1.1 200 x\r\n'), NETWORK],
  ['no HTTP', 'canary', NETWORK],
]

describe('the client without the facade', async () => {
  const server = await listen(() => TOKEN_RESPONSE)
  const client = createTokenEndpointClient({ domain: server.origin, timeoutMs: 300 })
  afterAll(() => server.close())

  it.each(CASES)('%s', async (_name, reply, expected) => {
    server.replies.set('/oauth/token', reply)
    const body = { grant_type: TOKEN_EXCHANGE_GRANT_TYPE, subject_token: 'a', subject_token_type: 'urn:a' } as const
    const outcome = await client.POST('/oauth/token', { body }).catch((error: unknown) => error)
    expect(outcome).toMatchObject(expected)
    if (outcome instanceof Error) expect(`${outcome.message} ${String(outcome.stack)}`).not.toContain('canary')
  })
})
