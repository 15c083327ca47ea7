import { describe, expect, it } from 'vitest'
import { thrownBy } from '../support/scripted-server.js'
import { CLAIMS, DOMAIN, ISSUER, NOW, createKey, keyOf, publishedKey, setting, sign } from './support.js'

const MINUTE = 60
const old = await createKey('ES256')
const next = await createKey('ES256')
const oldToken = await sign(CLAIMS, old, { kid: 'old' })
const nextToken = await sign(CLAIMS, next, { kid: 'next' })

function rotating() {
  const parts = setting([])
  parts.published = [publishedKey(old, 'old')]
  return parts
}

describe('a key', () => {
  it('is asked for once, whoever asks at the same time', async () => {
    const { verifier, urls } = rotating()
    await Promise.all(Array.from({ length: 50 }, () => verifier.verify(oldToken)))
    expect(urls).toEqual([`${ISSUER}.well-known/openid-configuration`, `${ISSUER}.well-known/jwks.json`])
  })

  it('that is new is found as soon as the cooldown is over', async () => {
    const parts = rotating()
    await parts.verifier.verify(oldToken)
    parts.published = [publishedKey(next, 'next')]
    parts.time = NOW + 29
    expect(await thrownBy(parts.verifier.verify(nextToken))).toMatchObject({ reason: 'key', status: 401 })
    parts.time = NOW + 30
    expect(await parts.verifier.verify(nextToken)).toBeTruthy()
    expect(await thrownBy(parts.verifier.verify(oldToken))).toMatchObject({ reason: 'key' })
    expect(parts.keyRequests()).toBe(2)
  })

  it('that is withdrawn is not used for longer than ten minutes', async () => {
    const parts = rotating()
    await parts.verifier.verify(oldToken)
    parts.published = [publishedKey(next, 'next')]
    parts.time = NOW + 10 * MINUTE - 1
    expect(await parts.verifier.verify(oldToken)).toBeTruthy()
    parts.time = NOW + 10 * MINUTE
    expect(await thrownBy(parts.verifier.verify(oldToken))).toMatchObject({ reason: 'key' })
  })

  it('that takes the name of another one is used after ten minutes', async () => {
    const parts = rotating()
    const token = await sign(CLAIMS, next, { kid: 'old' })
    await parts.verifier.verify(oldToken)
    parts.published = [publishedKey(next, 'old')]
    expect(await thrownBy(parts.verifier.verify(token))).toMatchObject({ reason: 'signature' })
    parts.time = NOW + 10 * MINUTE
    expect(await parts.verifier.verify(token)).toBeTruthy()
  })

  it('may share its name with another one', async () => {
    const parts = setting([])
    parts.published = [publishedKey(old, 'same'), publishedKey(next, 'same')]
    for (const key of [old, next]) {
      expect(await parts.verifier.verify(await sign(CLAIMS, key, { kid: 'same' }))).toBeTruthy()
    }
    const stranger = await sign(CLAIMS, await createKey('ES256'), { kid: 'same' })
    expect(await thrownBy(parts.verifier.verify(stranger))).toMatchObject({ reason: 'signature' })
    const expired = await sign({ ...CLAIMS, exp: 0 }, next, { kid: 'same' })
    expect(await thrownBy(parts.verifier.verify(expired))).toMatchObject({ reason: 'expired' })
  })

  it('may have no name, in the set or in the token', async () => {
    const parts = setting([])
    parts.published = [old, next].map((key) => ({ ...key.publicJwk }))
    expect(await parts.verifier.verify(await sign(CLAIMS, next))).toBeTruthy()
    expect(await thrownBy(parts.verifier.verify(nextToken))).toMatchObject({ reason: 'key' })
  })

  it.each<[string, object]>([
    ['of another algorithm', { alg: 'ES384' }],
    ['of another kind', { kty: 'OKP' }],
    ['for encryption', { use: 'enc' }],
    ['for another operation', { key_ops: ['encrypt'] }],
    ['of another curve', { crv: 'P-384' }],
  ])('%s is not used', async (_rule, changes) => {
    const parts = setting([])
    parts.published = [{ ...publishedKey(old, 'old'), ...changes }]
    expect(await thrownBy(parts.verifier.verify(oldToken))).toMatchObject({ reason: 'key' })
  })

  it('that is private is not used, and not shown', async () => {
    const parts = setting([])
    parts.published = [{ ...old.privateJwk, kid: 'old' }]
    expect(await thrownBy(parts.verifier.verify(oldToken))).toMatchObject({ code: 'verification_failed' })
  })

  it('of RSA that is too short is not used', async () => {
    const { publicKey, privateKey } = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
      true,
      ['sign', 'verify'],
    )
    const parts = setting([])
    parts.published = [{ ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'a', key_ops: ['verify'] }]
    const signed = [{ alg: 'RS256', kid: 'a' }, CLAIMS]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, Buffer.from(signed))
    const token = `${signed}.${Buffer.from(signature).toString('base64url')}`
    expect(await thrownBy(parts.verifier.verify(token))).toMatchObject({ code: 'verification_failed' })
  })
})

describe('a flood', () => {
  it('of 10,000 tokens with unknown keys leads to one request for keys in each cooldown', async () => {
    const parts = rotating()
    const [, payload = '', signature = ''] = oldToken.split('.')
    const tokens = Array.from({ length: 10_000 }, (_, index) => {
      const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: `flood-${index}` })).toString('base64url')
      return `${header}.${payload}.${signature}`
    })
    await parts.verifier.verify(oldToken)
    const seen: number[] = []
    for (const time of [0, 29, 30, 59, 60]) {
      parts.time = NOW + time
      const wave = tokens.splice(0, 2000)
      const errors = await Promise.all(wave.map((token) => thrownBy(parts.verifier.verify(token))))
      expect(errors.every((error) => (error as { reason: string }).reason === 'key')).toBe(true)
      expect(await parts.verifier.verify(oldToken)).toBeTruthy()
      seen.push(parts.keyRequests())
    }
    expect(tokens).toEqual([])
    expect(seen).toEqual([1, 1, 2, 2, 3])
  })

  it('of tokens while the issuer is down leads to one request in each second', async () => {
    const parts = rotating()
    parts.answer = () => new Response('down', { status: 503 })
    for (const time of [0, 0.5, 0.999, 1, 1.5]) {
      parts.time = NOW + time
      for (let token = 0; token < 20; token++) {
        expect(await thrownBy(parts.verifier.verify(oldToken))).toMatchObject({ code: 'invalid_metadata', status: 503 })
      }
    }
    expect(parts.urls).toHaveLength(2)
  })

  it('of tokens with unknown keys while the issuer is down leads to one request in each cooldown', async () => {
    const parts = rotating()
    await parts.verifier.verify(oldToken)
    parts.answer = (url) => {
      expect(url).toMatch(/jwks\.json$/)
      return new Response('down', { status: 503 })
    }
    const seen: number[] = []
    for (const time of [30, 31, 59, 60]) {
      parts.time = NOW + time
      expect(await thrownBy(parts.verifier.verify(nextToken))).toMatchObject({ reason: 'key' })
      seen.push(parts.keyRequests())
    }
    expect(seen).toEqual([2, 2, 2, 3])
  })

  it('of tokens of other issuers leads to no request', async () => {
    const { verifier, urls } = rotating()
    for (let index = 0; index < 100; index++) {
      const token = await sign({ ...CLAIMS, iss: `https://tenant-${index}.example.com/` }, old, { kid: `k${index}` })
      expect(await thrownBy(verifier.verify(token))).toMatchObject({ reason: 'claim', field: 'iss' })
    }
    expect(urls).toEqual([])
  })
})

describe('an issuer that cannot be reached', () => {
  it.each<[string, (url: string) => Response | Promise<Response>]>([
    ['is down', () => new Response('down', { status: 503 })],
    ['resets connections', () => Promise.reject(new TypeError('fetch failed'))],
    ['answers with HTML', () => new Response('<html>')],
    ['has keys that are none', (url) => (url.endsWith('jwks.json') ? Response.json({}) : new Response('down'))],
  ])('and %s is done without for an hour, and asked again every 30 seconds', async (_rule, answer) => {
    const parts = rotating()
    await parts.verifier.verify(oldToken)
    const asked = parts.urls.length
    parts.answer = answer
    const seen: number[] = []
    for (const time of [600, 629, 630, 659]) {
      parts.time = NOW + time
      expect(await parts.verifier.verify(oldToken)).toBeTruthy()
      seen.push(parts.urls.length - asked)
    }
    expect(seen).toEqual([1, 1, 2, 2])
    const token = await sign({ ...CLAIMS, exp: NOW + 9000 }, old, { kid: 'old' })
    parts.time = NOW + 70 * MINUTE - 1
    expect(await parts.verifier.verify(token)).toBeTruthy()
    parts.time = NOW + 70 * MINUTE
    const error = await thrownBy(parts.verifier.verify(token))
    expect(error).toMatchObject({ status: expect.any(Number) as number })
    parts.answer = undefined
    parts.time += 1
    expect(await parts.verifier.verify(token)).toBeTruthy()
  })

  it('makes no key last when the clock is set back', async () => {
    const parts = rotating()
    await parts.verifier.verify(oldToken)
    parts.published = [publishedKey(next, 'next')]
    parts.time = NOW - 5
    expect(await thrownBy(parts.verifier.verify(oldToken))).toMatchObject({ reason: 'key' })
  })
})

it('an issuer whose metadata lacks the last slash has tokens that lack it', async () => {
  const parts = rotating()
  const issuer = ISSUER.slice(0, -1)
  parts.answer = (url) =>
    url.endsWith('jwks.json')
      ? Response.json({ keys: parts.published })
      : Response.json({ issuer, token_endpoint: `${ISSUER}t`, jwks_uri: `${ISSUER}jwks.json` })
  expect(await parts.verifier.verify(await sign({ ...CLAIMS, iss: issuer }, old, { kid: 'old' }))).toBeTruthy()
  expect(await thrownBy(parts.verifier.verify(oldToken))).toMatchObject({ reason: 'claim', field: 'iss' })
})

it('each issuer has its own keys', async () => {
  const other = 'https://login.brand.example.com/'
  const parts = setting([], { domain: [DOMAIN, other] })
  const es256 = await keyOf('ES256')
  parts.answer = (url) => {
    const issuer = url.startsWith(other) ? other : ISSUER
    if (url.endsWith('jwks.json')) {
      return Response.json({ keys: [publishedKey(issuer === other ? next : old, 'a')] })
    }
    return Response.json({ issuer, token_endpoint: `${issuer}t`, jwks_uri: `${issuer}jwks.json` })
  }
  for (const [iss, own, strange] of [
    [ISSUER, old, next],
    [other, next, old],
  ] as const) {
    expect(await parts.verifier.verify(await sign({ ...CLAIMS, iss }, own, { kid: 'a' }))).toBeTruthy()
    for (const key of [strange, es256]) {
      const token = await sign({ ...CLAIMS, iss }, key, { kid: 'a' })
      expect(await thrownBy(parts.verifier.verify(token))).toMatchObject({ reason: 'signature' })
    }
  }
})
