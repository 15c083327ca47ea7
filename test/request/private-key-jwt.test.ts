import { generateKeyPair, jwtVerify, type CryptoKey, type GenerateKeyPairResult } from 'jose'
import { describe, expect, it } from 'vitest'
import { privateKeyJwt } from '../../src/index.js'
import { EXCHANGE, TOKEN_RESPONSE, clientOf, scriptedServer } from '../support/scripted-server.js'

describe('private_key_jwt', () => {
  const NOW = 1_800_000_000_000

  it('signs an assertion for the configured issuer, new for every request', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const answers = [Response.json({ error: 'server_error' }, { status: 500 })]
    const server = scriptedServer(() => answers.shift() ?? Response.json(TOKEN_RESPONSE))
    const clientAuthentication = privateKeyJwt(privateKey, { alg: 'RS256', kid: 'key-1', now: () => NOW })
    await clientOf(server, { clientAuthentication, retry: { attempts: 1, firstDelayMs: 1 } }).exchangeToken(EXCHANGE)
    const ids = []
    for (const { form } of server.tokenRequests) {
      const parameters = Object.fromEntries(form)
      expect(parameters).toMatchObject({
        client_id: 'web-app',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      })
      const { payload, protectedHeader } = await jwtVerify(parameters['client_assertion'] ?? '', publicKey, {
        currentDate: new Date(NOW),
      })
      expect(protectedHeader).toEqual({ alg: 'RS256', kid: 'key-1' })
      expect(payload).toMatchObject({
        iss: 'web-app',
        sub: 'web-app',
        aud: 'https://tenant.example.com/',
        iat: NOW / 1000,
        exp: NOW / 1000 + 60,
      })
      ids.push(payload.jti)
    }
    expect(new Set(ids).size).toBe(2)
  })

  it.each([1, 300])('a lifetime of %i seconds begins with the second that has begun', async (lifetimeSeconds) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const server = scriptedServer()
    const clientAuthentication = privateKeyJwt(privateKey, { alg: 'ES256', lifetimeSeconds, now: () => NOW + 999 })
    await clientOf(server, { clientAuthentication }).exchangeToken(EXCHANGE)
    const { client_assertion: assertion = '' } = Object.fromEntries(server.tokenRequests[0]?.form ?? [])
    const { payload } = await jwtVerify(assertion, publicKey, { currentDate: new Date(NOW) })
    expect(payload).toMatchObject({ iat: NOW / 1000, exp: NOW / 1000 + lifetimeSeconds })
  })

  it.each<[string, object]>([
    ['a lifetime of nothing', { lifetimeSeconds: 0 }],
    ['a lifetime over five minutes', { lifetimeSeconds: 301 }],
    ['a lifetime that is no number', { lifetimeSeconds: Number.NaN }],
    ['a lifetime as a text', { lifetimeSeconds: '60' }],
    ['a name that is none', { lifetime: 60 }],
    ['no algorithm', { alg: undefined }],
    ['a key id that is no text', { kid: 7 }],
    ['a clock that stands still', { now: 0 }],
  ])('%s is a TypeError', async (_rule, changes) => {
    const { privateKey } = await generateKeyPair('ES256')
    expect(() => privateKeyJwt(privateKey, { alg: 'ES256', ...changes })).toThrow(TypeError)
  })

  it.each<[string, (pair: GenerateKeyPairResult) => unknown]>([
    ['PEM', () => '-----BEGIN PRIVATE KEY-----'],
    ['the public key', ({ publicKey }) => publicKey],
    ['nothing', () => undefined],
  ])('%s is no private key', async (_what, keyOf) => {
    const key = keyOf(await generateKeyPair('ES256')) as CryptoKey
    expect(() => privateKeyJwt(key, { alg: 'ES256' })).toThrow(/needs a private CryptoKey/)
  })

  it('options that are missing are named', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const create = privateKeyJwt as unknown as (key: CryptoKey) => unknown
    expect(() => create(privateKey)).toThrow('privateKeyJwt needs an options object')
  })
})
