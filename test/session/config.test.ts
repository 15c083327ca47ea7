import { describe, expect, it } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import { createWorld, SECRET } from './support/world.js'

const world = await createWorld()

function thrown(config: object): unknown {
  try {
    world.sessions(config)
  } catch (error) {
    return error
  }
  return undefined
}

const STORE = { get: () => undefined, set: () => true, delete: () => true }

describe('a configuration that cannot work is refused at once', () => {
  it.each<[string, object, object]>([
    ['no base URL', { appBaseUrl: undefined }, { name: 'TypeError' }],
    [
      'a base URL over plain http',
      { appBaseUrl: 'http://app.example.com' },
      { reason: 'insecure', field: 'appBaseUrl' },
    ],
    ['a base URL with a path', { appBaseUrl: 'https://app.example.com/app' }, { reason: 'malformed' }],
    ['a base URL with a user', { appBaseUrl: 'https://a@app.example.com' }, { reason: 'malformed' }],
    ['a host alone', { appBaseUrl: 'app.example.com' }, { reason: 'malformed' }],
    ['no secret', { secrets: [] }, { name: 'TypeError' }],
    ['a secret that the environment does not have', { secrets: Buffer.from('') }, { name: 'TypeError' }],
    ['a short secret', { secrets: [SECRET, new Uint8Array(16)] }, { name: 'TypeError' }],
    ['a secret that is no Uint8Array', { secrets: new ArrayBuffer(32) }, { name: 'TypeError' }],
    ['a secret as text', { secrets: 'canary'.repeat(8) }, { name: 'TypeError' }],
    ['a callback elsewhere', { callbackPath: '//evil.example' }, { code: 'invalid_parameter', field: 'callbackPath' }],
    ['a callback with a fragment', { callbackPath: '/callback#a' }, { field: 'callbackPath', reason: 'malformed' }],
    [
      'a callback that is no text',
      { callbackPath: 7 },
      { name: 'TypeError', message: 'callbackPath must be a string' },
    ],
    ['a lifetime with a fraction', { lifetimeSeconds: 1.5 }, { name: 'TypeError' }],
    ['a lifetime of nothing', { lifetimeSeconds: 0 }, { name: 'TypeError' }],
    ['a cookie name with a semicolon', { cookieName: 'a;b' }, { name: 'TypeError' }],
    ['an empty cookie name', { cookieName: '' }, { name: 'TypeError' }],
    ['a long cookie name', { cookieName: 'a'.repeat(41) }, { name: 'TypeError' }],
    ['a store that is none', { store: { get: 1 } }, { name: 'TypeError' }],
    [
      'a store that is null',
      { store: null },
      { message: 'SessionClient: store must be an object with get, set and delete' },
    ],
    ['a store that deletes nothing', { store: { ...STORE, delete: undefined } }, { name: 'TypeError' }],
    ['a deadline that Node does not know', { store: STORE, storeTimeoutMs: 2 ** 31 }, { name: 'TypeError' }],
    ['a deadline for no store', { storeTimeoutMs: 100 }, { name: 'TypeError' }],
    ['a deadline of nothing', { store: STORE, storeTimeoutMs: 0 }, { name: 'TypeError' }],
    ['an option that is none', { cookie: 'a' }, { name: 'TypeError' }],
    [
      'an option of the other client',
      { cache: createExchangeCache() },
      { message: 'SessionClient has no option "cache"' },
    ],
    ['a blank client id', { clientId: ' ' }, { code: 'invalid_parameter' }],
    ['a target over plain http', { allowedTargets: ['http://customer.example.com/'] }, { reason: 'insecure' }],
  ])('%s', (_name, config, error) => {
    expect(thrown(config)).toMatchObject(error)
  })

  it('no message shows a secret', () => {
    const error = thrown({ secrets: 'canary'.repeat(8) }) as Error
    expect(error.message).toBe('SessionClient: secrets must be one secret of 32 bytes, or several')
  })
})

it.each<[string, object]>([
  ['a trailing slash', { appBaseUrl: 'https://app.example.com/' }],
  ['a port', { appBaseUrl: 'https://app.example.com:8443' }],
  ['loopback over plain http', { appBaseUrl: 'http://localhost:3000' }],
  ['a store', { store: STORE, storeTimeoutMs: 2 ** 31 - 1 }],
  ['a session of a second', { lifetimeSeconds: 1 }],
  ['a cookie name', { cookieName: 'my_app-1.0' }],
  ['several secrets', { secrets: [SECRET, SECRET] }],
])('%s is fine', (_name, config) => {
  expect(thrown(config)).toBeUndefined()
})
