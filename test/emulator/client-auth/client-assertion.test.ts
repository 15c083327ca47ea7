import { exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { describe, expect, it } from 'vitest'
import { CLIENT_ASSERTION_TYPE } from '../../../generated/constants.js'
import {
  claims,
  custom,
  exchange,
  expectFailure,
  ISSUER,
  seeded,
  TOKEN_URL,
  withClient,
  type Parameters,
} from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const SECONDS = NOW / 1000

const keys = await generateKeyPair('RS256', { extractable: true })
const others = await generateKeyPair('ES256', { extractable: true })
const publicKeys = [{ ...(await exportJWK(others.publicKey)), kid: 'old' }, await exportJWK(keys.publicKey)]
const privateJwk = await exportJWK(keys.privateKey)
const strangers = await generateKeyPair('RS256')
const tenant = withClient('web-app', { publicKeys, clientSecret: undefined })

let count = 0

async function assertion(
  overrides: JWTPayload = {},
  { alg = 'RS256', key = keys.privateKey }: { readonly alg?: string; readonly key?: CryptoKey | Uint8Array } = {},
): Promise<Parameters> {
  const payload = { iss: 'web-app', sub: 'web-app', aud: ISSUER, exp: SECONDS + 60, jti: `id-${count++}`, ...overrides }
  const client_assertion = await new SignJWT(payload).setProtectedHeader({ alg }).sign(key)
  return { client_assertion, client_assertion_type: CLIENT_ASSERTION_TYPE, client_secret: undefined }
}

const emulator = seeded(tenant, () => NOW)
const ask = (credentials: Parameters) => exchange(emulator, custom({ client_id: undefined, ...credentials }))

describe('an assertion of the client is accepted', () => {
  it.each<[string, () => Promise<Parameters>]>([
    ['for the issuer', () => assertion()],
    ['for the token endpoint', () => assertion({ aud: TOKEN_URL })],
    ['with the client id beside it', async () => ({ ...(await assertion()), client_id: 'web-app' })],
    ['that lives five minutes', () => assertion({ exp: SECONDS + 300 })],
    ['that was made ten seconds ahead', () => assertion({ iat: SECONDS + 10, nbf: SECONDS + 10 })],
    ['with the longest id', () => assertion({ jti: 'x'.repeat(64) })],
    ['with another key and algorithm', () => assertion({}, { alg: 'ES256', key: others.privateKey })],
  ])('%s', async (_name, make) => {
    expect(claims(await ask(await make()))['azp']).toBe('web-app')
  })

  it.each(['RS256', 'RS384', 'PS256', 'PS384', 'ES256', 'ES384'])('signed with %s', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true })
    const client = { publicKeys: [await exportJWK(pair.publicKey)], clientSecret: undefined }
    const credentials = await assertion({}, { alg, key: pair.privateKey })
    const reply = await exchange(
      seeded(withClient('web-app', client), () => NOW),
      custom(credentials),
    )
    expect(reply.status).toBe(200)
  })
})

describe('an assertion is refused with invalid_client', () => {
  it.each<[string, () => Promise<Parameters> | Parameters]>([
    ['of another issuer', () => assertion({ iss: 'spa' })],
    ['about another client', () => assertion({ sub: 'support-console' })],
    ['about nobody', () => assertion({ sub: 'nobody', iss: 'nobody' })],
    ['without a subject', () => assertion({ sub: undefined as never })],
    ['beside another client id', async () => ({ ...(await assertion()), client_id: 'support-console' })],
    ['for another server', () => assertion({ aud: 'https://other.example.com/' })],
    ['for the issuer without its slash', () => assertion({ aud: ISSUER.slice(0, -1) })],
    ['for nobody', () => assertion({ aud: undefined as never })],
    ['without an end', () => assertion({ exp: undefined as never })],
    ['that ends now', () => assertion({ exp: SECONDS })],
    ['that lives longer than five minutes', () => assertion({ exp: SECONDS + 301 })],
    ['made more than ten seconds ahead', () => assertion({ iat: SECONDS + 11 })],
    ['that begins in more than ten seconds', () => assertion({ nbf: SECONDS + 11 })],
    ['without an id', () => assertion({ jti: undefined as never })],
    ['with an empty id', () => assertion({ jti: '' })],
    ['with an id that is too long', () => assertion({ jti: 'x'.repeat(65) })],
    ['of more than 2,048 bytes', () => assertion({ padding: 'x'.repeat(2048) })],
    ['signed with the key of a stranger', () => assertion({}, { key: strangers.privateKey })],
    ['signed with RS512', async () => assertion({}, { alg: 'RS512', key: await importJWK(privateJwk, 'RS512') })],
    ['signed with a secret', () => assertion({}, { alg: 'HS256', key: new TextEncoder().encode('x'.repeat(32)) })],
    ['of another type', async () => ({ ...(await assertion()), client_assertion_type: 'urn:x' })],
    ['without a type', async () => ({ ...(await assertion()), client_assertion_type: undefined })],
    ['that is missing', () => ({ client_assertion_type: CLIENT_ASSERTION_TYPE, client_secret: undefined })],
    [
      'that is no JWT',
      () => ({ client_assertion: 'x', client_assertion_type: CLIENT_ASSERTION_TYPE, client_secret: undefined }),
    ],
    ['of a client that has a secret', () => assertion({ iss: 'support-console', sub: 'support-console' })],
  ])('%s', async (_name, make) => {
    expectFailure(await ask(await make()), 401, 'invalid_client', 'Client authentication failed')
  })

  it('the second time', async () => {
    const credentials = await assertion()
    expect([(await ask(credentials)).status, (await ask(credentials)).status]).toEqual([200, 401])
  })

  it('but another client may use the same id', async () => {
    const clients = ['web-app', 'support-console'].map((clientId) => ({
      clientId,
      publicKeys,
      tokenExchange: { allowAnyProfileOfType: ['custom_authentication'] } as const,
    }))
    const server = seeded({ clients, clientGrants: [] }, () => NOW)
    for (const name of ['web-app', 'support-console']) {
      const credentials = await assertion({ iss: name, sub: name, jti: 'same' })
      expect((await exchange(server, custom({ ...credentials, client_id: name }))).status).toBe(200)
    }
  })
})
