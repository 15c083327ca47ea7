import { calculateJwkThumbprint, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { EXCHANGE, METADATA, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'
import { signingTenant } from '../support/signing-tenant.js'

const NOW = 1_800_000_000_000
const BOUND = { ...TOKEN_RESPONSE, token_type: 'DPoP' }
const dpop = { keyPair: await generateKeyPair('ES256') }

async function proofIn(headers: Headers | undefined) {
  const proof = headers?.get('dpop') ?? ''
  const { jwk } = decodeProtectedHeader(proof) as { jwk: JWK }
  const { payload, protectedHeader } = await jwtVerify(proof, jwk, { currentDate: new Date(NOW) })
  return { payload, header: protectedHeader, jwk }
}

const nonceWanted = (nonce: string, status = 400) =>
  Response.json({ error: 'use_dpop_nonce' }, { status, headers: { 'DPoP-Nonce': nonce } })

describe('the proof', () => {
  it.each(['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'Ed25519'])(
    'is signed with a key of %s and names the request',
    async (alg) => {
      const keyPair = await generateKeyPair(alg)
      const server = scriptedServer(() => Response.json(BOUND))
      await clientOf(server, { dpop: { keyPair }, now: () => NOW + 999 }).exchangeToken(EXCHANGE)
      const { payload, header, jwk } = await proofIn(server.tokenRequests[0]?.headers)
      expect(header).toMatchObject({ typ: 'dpop+jwt', alg })
      expect(payload).toMatchObject({ htm: 'POST', htu: METADATA.token_endpoint, iat: NOW / 1000 })
      expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/)
      expect(payload, 'no token goes with it').not.toHaveProperty('ath')
      expect(jwk).not.toHaveProperty('d')
      expect(await calculateJwkThumbprint(jwk)).toBe(await calculateJwkThumbprint(await exportJWK(keyPair.publicKey)))
    },
  )

  it('is new for every request', async () => {
    const server = scriptedServer(() => Response.json(BOUND))
    const client = clientOf(server, { dpop, now: () => NOW })
    await client.exchangeToken(EXCHANGE)
    await client.exchangeToken(EXCHANGE)
    const [first, second] = await Promise.all(server.tokenRequests.map(({ headers }) => proofIn(headers)))
    expect(first?.payload.jti).not.toBe(second?.payload.jti)
  })

  it('of the client is not lost to an undefined one of a call', async () => {
    const server = scriptedServer(() => Response.json(BOUND))
    await clientOf(server, { dpop }).exchangeToken({ ...EXCHANGE, dpop: undefined as never })
    expect(server.tokenRequests[0]?.headers.has('dpop')).toBe(true)
  })

  it('of a call takes the place of the client’s', async () => {
    const own = { keyPair: await generateKeyPair('ES256') }
    const server = scriptedServer(() => Response.json(BOUND))
    await clientOf(server, { dpop, now: () => NOW }).exchangeToken({ ...EXCHANGE, dpop: own })
    const { jwk } = await proofIn(server.tokenRequests[0]?.headers)
    expect(await calculateJwkThumbprint(jwk)).toBe(await calculateJwkThumbprint(await exportJWK(own.keyPair.publicKey)))
  })
})

describe('a nonce', () => {
  it.each([400, 401])('that the server wants is sent in one more request (status %i)', async (status) => {
    const answers = [nonceWanted('n1', status), Response.json(BOUND)]
    const server = scriptedServer(() => answers.shift() ?? expect.fail('a third request'))
    expect((await clientOf(server, { dpop, now: () => NOW }).exchangeToken(EXCHANGE)).tokenType).toBe('DPoP')
    expect((await proofIn(server.tokenRequests[0]?.headers)).payload['nonce']).toBeUndefined()
    expect((await proofIn(server.tokenRequests[1]?.headers)).payload['nonce']).toBe('n1')
  })

  it('that is wanted again is an error', async () => {
    const server = scriptedServer(() => nonceWanted('n1'))
    const error = await thrownBy(clientOf(server, { dpop }).exchangeToken(EXCHANGE))
    expect(error).toMatchObject({ code: 'token_exchange_failed', oauth: { error: 'use_dpop_nonce' } })
    expect(server.tokenRequests).toHaveLength(2)
  })

  it('is kept for the next call, and replaced by a newer one', async () => {
    let count = 0
    const server = scriptedServer(() => Response.json(BOUND, { headers: { 'DPoP-Nonce': `n${++count}` } }))
    const client = clientOf(server, { dpop, now: () => NOW })
    for (let call = 0; call < 3; call++) await client.exchangeToken(EXCHANGE)
    const proofs = await Promise.all(server.tokenRequests.map(({ headers }) => proofIn(headers)))
    expect(proofs.map(({ payload }) => payload['nonce'])).toEqual([undefined, 'n1', 'n2'])
  })

  it('is kept when an answer brings none', async () => {
    const answers = [Response.json(BOUND, { headers: { 'DPoP-Nonce': 'n1' } })]
    const server = scriptedServer(() => answers.shift() ?? Response.json(BOUND))
    const client = clientOf(server, { dpop, now: () => NOW })
    for (let call = 0; call < 3; call++) await client.exchangeToken(EXCHANGE)
    const proofs = await Promise.all(server.tokenRequests.map(({ headers }) => proofIn(headers)))
    expect(proofs.map(({ payload }) => payload['nonce'])).toEqual([undefined, 'n1', 'n1'])
  })

  it.each<[string, BodyInit, object]>([
    ['another refusal', '{"error":"invalid_grant"}', { code: 'token_exchange_failed' }],
    ['what is no JSON', '<html></html>', { code: 'invalid_response', reason: 'http_status' }],
  ])('that comes with %s is not asked for', async (_rule, body, expected) => {
    const server = scriptedServer(() => new Response(body, { status: 400, headers: { 'DPoP-Nonce': 'n1' } }))
    expect(await thrownBy(clientOf(server, { dpop }).exchangeToken(EXCHANGE))).toMatchObject(expected)
    expect(server.tokenRequests).toHaveLength(1)
  })

  it('is not asked for without a proof', async () => {
    const server = scriptedServer(() => nonceWanted('n1'))
    await thrownBy(clientOf(server).exchangeToken(EXCHANGE))
    expect(server.tokenRequests).toHaveLength(1)
    expect(server.tokenRequests[0]?.headers.get('dpop')).toBeNull()
  })
})

describe('a token that is not bound', () => {
  it('is an error', async () => {
    const error = await thrownBy(clientOf(scriptedServer(), { dpop }).exchangeToken(EXCHANGE))
    expect(error).toMatchObject({ code: 'invalid_response', field: 'token_type' })
  })

  it('is accepted where the server may not bind', async () => {
    const result = await clientOf(scriptedServer(), { dpop: { ...dpop, allowBearer: true } }).exchangeToken(EXCHANGE)
    expect(result.tokenType).toBe('Bearer')
  })
})

it.each([
  [{}],
  [{ keyPair: { publicKey: 'x', privateKey: 'y' } }],
  [{ keyPair: { publicKey: { type: 'public' }, privateKey: { type: 'private' } } }],
])('a key pair that is none is a TypeError: %j', (broken) => {
  expect(() => clientOf(scriptedServer(), { dpop: broken as never })).toThrow(
    new TypeError('dpop needs a keyPair of a public and a private CryptoKey'),
  )
})

it('a private key in place of the public one, or the other way round, is a TypeError: the proof would show it', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  for (const keyPair of [
    { publicKey: privateKey, privateKey },
    { publicKey, privateKey: publicKey },
    { publicKey: privateKey, privateKey: publicKey },
  ]) {
    expect(() => clientOf(scriptedServer(), { dpop: { keyPair } })).toThrow(
      new TypeError('dpop needs a keyPair of a public and a private CryptoKey'),
    )
  }
})

it('no options are a TypeError', () => {
  expect(() => clientOf(scriptedServer(), { dpop: null as never })).toThrow(
    new TypeError('dpop needs an options object'),
  )
})

it('a misspelt option is a TypeError that names it', () => {
  const misspelt = { ...dpop, allowbearer: true }
  expect(() => clientOf(scriptedServer(), { dpop: misspelt })).toThrow('dpop has no option "allowbearer"')
})

it.each(['ECDH-ES', 'RSA-OAEP'])('a key of %s, which cannot sign proofs, is refused', async (alg) => {
  const keyPair = await generateKeyPair(alg)
  expect(() => clientOf(scriptedServer(), { dpop: { keyPair } })).toThrow(
    expect.objectContaining({ code: 'invalid_configuration', field: 'dpop' }) as Error,
  )
})

describe('user info', () => {
  const endpoint = 'https://tenant.example.com/userinfo'
  const METADATA_WITH_USER_INFO = { ...METADATA, userinfo_endpoint: endpoint }

  it('is asked for with a Bearer token', async () => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    const sent: Headers[] = []
    tenant.other = (url, init) => {
      expect(url).toBe(endpoint)
      sent.push(new Headers(init.headers))
      return Response.json({ sub: 'auth0|alice', name: null, act: { sub: 'auth0|bob' } })
    }
    const user = await clientOf(tenant).getUserInfo({
      accessToken: 'canary-access-token',
      expectedSubject: 'auth0|alice',
    })
    expect(user).toEqual({ sub: 'auth0|alice', act: { sub: 'auth0|bob' } })
    expect(sent[0]?.get('authorization')).toBe('Bearer canary-access-token')
    expect(sent[0]?.has('dpop')).toBe(false)
  })

  it('is asked for with a proof over the token when it is bound, and with the nonce that is wanted', async () => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    const sent: Headers[] = []
    tenant.other = (_url, init) => {
      sent.push(new Headers(init.headers))
      if (sent.length > 1) return Response.json({ sub: 'auth0|alice' })
      return new Response(null, {
        status: 401,
        headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': 'n1' },
      })
    }
    await clientOf(tenant, { now: () => NOW }).getUserInfo({ accessToken: 'bound', dpop })
    expect(sent[1]?.get('authorization')).toBe('DPoP bound')
    const { payload } = await proofIn(sent[1])
    const ath = createHash('sha256').update('bound').digest('base64url')
    expect(payload).toMatchObject({ htm: 'GET', htu: endpoint, ath, nonce: 'n1' })
    expect(sent).toHaveLength(2)
  })

  it.each<[string, () => Response, object]>([
    [
      'a refusal',
      () => Response.json({ error: 'invalid_token' }, { status: 401 }),
      { code: 'token_exchange_failed', status: 401 },
    ],
    ['another user', () => Response.json({ sub: 'auth0|mallory' }), { code: 'invalid_response', field: 'sub' }],
    ['another success status', () => Response.json({ sub: 'auth0|alice' }, { status: 201 }), { reason: 'http_status' }],
    ['a blank subject', () => Response.json({ sub: ' ' }), { reason: 'member', field: 'sub' }],
    ['no subject', () => Response.json({ name: 'Alice' }), { code: 'invalid_response', field: 'sub' }],
    [
      'a signed answer',
      () => new Response('a.b.c', { headers: { 'content-type': 'application/jwt' } }),
      { code: 'invalid_response' },
    ],
    [
      'a broken server',
      () => new Response('', { status: 500 }),
      { code: 'invalid_response', status: 500, retryable: true },
    ],
  ])('that is not there is an error: %s', async (_rule, answer, expected) => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    tenant.other = answer
    const call = clientOf(tenant).getUserInfo({ accessToken: 'token', expectedSubject: 'auth0|alice' })
    expect(await thrownBy(call)).toMatchObject(expected)
  })

  const wanted = { error: 'use_dpop_nonce' }

  it.each<[string, () => Response, boolean, number]>([
    ['one that the body asks for', () => nonceWanted('n1', 401), true, 2],
    ['none without a proof', () => nonceWanted('n1', 401), false, 1],
    ['none that is not there', () => Response.json(wanted, { status: 401 }), true, 1],
    [
      'none that comes with another refusal',
      () => Response.json({ error: 'invalid_token' }, { status: 401, headers: { 'DPoP-Nonce': 'n1' } }),
      true,
      1,
    ],
  ])('is asked for once more with a nonce: %s', async (_rule, answer, isBound, requests) => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    let count = 0
    tenant.other = () => (count++, answer())
    await thrownBy(clientOf(tenant).getUserInfo({ accessToken: 'token', ...(isBound ? { dpop } : {}) }))
    expect(count).toBe(requests)
  })

  it('is asked for with the nonce of the last answer that had one', async () => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    const sent: Headers[] = []
    tenant.other = (_url, init) => {
      sent.push(new Headers(init.headers))
      return Response.json({ sub: 'auth0|alice' }, sent.length === 1 ? { headers: { 'DPoP-Nonce': 'n1' } } : {})
    }
    const client = clientOf(tenant, { now: () => NOW })
    for (let call = 0; call < 3; call++) await client.getUserInfo({ accessToken: 'bound', dpop })
    const nonces = await Promise.all(sent.map(async (headers) => (await proofIn(headers)).payload['nonce']))
    expect(nonces).toEqual([undefined, 'n1', 'n1'])
  })

  it.each([
    ['the client', { timeoutMs: 20 }, {}],
    ['the call', {}, { timeoutMs: 20 }],
  ])('has the deadline of %s', async (_whose, config, options) => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    tenant.other = () => new Promise(() => undefined)
    const call = clientOf(tenant, config).getUserInfo({ accessToken: 'token', ...options })
    expect(await thrownBy(call)).toMatchObject({ code: 'timeout', message: 'No complete answer within 20 ms.' })
  })

  it.each<[string, object, object]>([
    ['a blank subject', { expectedSubject: ' ' }, { code: 'invalid_parameter', field: 'expectedSubject' }],
    ['a misspelt option', { expectedsubject: 'a' }, { message: 'getUserInfo has no option "expectedsubject"' }],
  ])('is not asked for with %s', async (_rule, options, expected) => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    expect(await thrownBy(clientOf(tenant).getUserInfo({ accessToken: 'token', ...options }))).toMatchObject(expected)
    expect(tenant.urls).toEqual([])
  })

  it('needs an endpoint', async () => {
    const error = await thrownBy(clientOf(await signingTenant()).getUserInfo({ accessToken: 'token' }))
    expect(error).toMatchObject({ code: 'invalid_metadata', field: 'userinfo_endpoint' })
  })

  it('needs a token that could be one', async () => {
    const tenant = await signingTenant(METADATA_WITH_USER_INFO)
    expect(await thrownBy(clientOf(tenant).getUserInfo({ accessToken: 'Bearer x' }))).toMatchObject({
      code: 'invalid_token_format',
      field: 'accessToken',
    })
    expect(tenant.urls).toEqual([])
  })
})
