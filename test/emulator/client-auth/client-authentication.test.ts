import { describe, expect, it } from 'vitest'
import { CLIENT_ASSERTION_TYPE } from '../../../generated/constants.js'
import type { ClientConfig } from '../../../src/emulator/index.js'
import { custom, exchange, expectFailure, seeded, type Parameters } from '../support.js'

const tokenExchange = { allowAnyProfileOfType: ['custom_authentication'] } as const
const clients: ClientConfig[] = [
  { clientId: 'public', tokenExchange },
  { clientId: 'either', clientSecret: 'secret', tokenExchange },
  { clientId: 'post', clientSecret: 'secret', tokenEndpointAuthMethod: 'client_secret_post', tokenExchange },
  { clientId: 'basic', clientSecret: 'secret', tokenEndpointAuthMethod: 'client_secret_basic', tokenExchange },
  { clientId: 'odd:client/é +%', clientSecret: 's:e+c r%e/t&é=', tokenExchange },
]
const emulator = seeded({ clients, clientGrants: [] })

/** RFC 6749, section 2.3.1. */
function basic(clientId: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ a: text }).toString().slice(2)
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(secret)}`).toString('base64')}`
}

function authenticate(client: Parameters, authorization?: string) {
  const parameters = custom({ client_id: undefined, client_secret: undefined, ...client })
  return exchange(emulator, parameters, authorization === undefined ? {} : { Authorization: authorization })
}

describe('a client is accepted', () => {
  it.each<[string, Parameters, string?]>([
    ['without a secret when it is public', { client_id: 'public' }],
    ['with its secret in the body', { client_id: 'either', client_secret: 'secret' }],
    ['with its secret in the header', {}, basic('either', 'secret')],
    ['with the body when that is pinned', { client_id: 'post', client_secret: 'secret' }],
    ['with the header when that is pinned', {}, basic('basic', 'secret')],
    ['with its id in the body beside the header', { client_id: 'either' }, basic('either', 'secret')],
    ['with a scheme in lower case', {}, basic('either', 'secret').replace('Basic', 'basic')],
    ['with special characters in the header', {}, basic('odd:client/é +%', 's:e+c r%e/t&é=')],
    ['with special characters in the body', { client_id: 'odd:client/é +%', client_secret: 's:e+c r%e/t&é=' }],
  ])('%s', async (_name, client, authorization) => {
    expect(await authenticate(client, authorization)).toMatchObject({ status: 200 })
  })
})

describe('a client is refused with 401 invalid_client', () => {
  const raw = (text: string) => `Basic ${Buffer.from(text, 'latin1').toString('base64')}`

  it.each<[string, Parameters, string?]>([
    ['unknown', { client_id: 'unknown', client_secret: 'secret' }],
    ['unknown and without a secret', { client_id: 'unknown' }],
    ['without its secret', { client_id: 'either' }],
    ['with an empty secret', { client_id: 'either', client_secret: '' }],
    ['with a wrong secret', { client_id: 'either', client_secret: 'Secret' }],
    ['public, with a secret', { client_id: 'public', client_secret: 'secret' }],
    ['pinned to the header, with the body', { client_id: 'basic', client_secret: 'secret' }],
    ['with an assertion', { client_id: 'either', client_assertion: 'x', client_assertion_type: CLIENT_ASSERTION_TYPE }],
    ['with a wrong secret in the header', {}, basic('either', 'Secret')],
    ['public, in the header', {}, raw('public:')],
    ['pinned to the body, with the header', {}, basic('post', 'secret')],
    ['with special characters that are not encoded', {}, raw('either:s%zz')],
    ['with a header that has no colon', {}, raw('either')],
    ['with a header that is not UTF-8', {}, raw('either:\xff')],
    ['with a header that is not base64', {}, 'Basic !!!'],
    ['with an empty header', {}, 'Basic'],
    ['with another scheme', {}, 'Bearer x'],
  ])('%s', async (_name, client, authorization) => {
    const reply = await authenticate(client, authorization)
    expectFailure(reply, 401, 'invalid_client', 'Client authentication failed')
    expect(reply.headers.get('WWW-Authenticate')).toBe(
      authorization === undefined ? null : 'Basic realm="token endpoint", charset="UTF-8"',
    )
  })
})

describe('client authentication that contradicts itself is refused with 400', () => {
  const TWICE = 'The request uses more than one method of client authentication.'

  it.each<[string, Parameters, string | undefined, string]>([
    ['header and body', { client_secret: 'secret' }, basic('either', 'secret'), TWICE],
    ['header and assertion', { client_assertion: 'x' }, basic('either', 'secret'), TWICE],
    ['secret and assertion', { client_id: 'either', client_secret: 'secret', client_assertion: 'x' }, undefined, TWICE],
    [
      'two client ids',
      { client_id: 'public' },
      basic('either', 'secret'),
      'The client_id differs from the one in the Authorization header.',
    ],
    ['no client id', {}, undefined, 'Missing required parameter: client_id'],
  ])('%s', async (_name, client, authorization, text) => {
    expectFailure(await authenticate(client, authorization), 400, 'invalid_request', text)
  })
})
