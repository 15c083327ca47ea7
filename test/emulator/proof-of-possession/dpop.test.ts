import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Emulator } from '../../../src/emulator/index.js'
import { createProver, type ProofOptions } from './dpop-support.js'
import { codeGrant, codeOf, signIn } from '../authorize/login-support.js'
import {
  claims,
  custom,
  exchange,
  expectFailure,
  mcpToken,
  member,
  onBehalfOf,
  seeded,
  withAction,
  withApi,
  TEST_TYPE,
  type Parameters,
} from '../support.js'

const prover = await createProver()
const other = await createProver()
const privateJwk = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)
const PUBLIC = { client_id: 'spa', client_secret: undefined }
const NONCE_TEXT = 'Authorization server requires nonce in DPoP proof'

describe('a proof of possession binds the access token', () => {
  it.each(['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'])('to a key for %s', async (alg) => {
    const { jkt, prove } = await createProver(alg)
    const reply = await exchange(seeded(), custom(), await prove())
    expect(reply.body['token_type']).toBe('DPoP')
    expect(claims(reply)['cnf']).toEqual({ jkt })
    expect(reply.headers.has('DPoP-Nonce')).toBe(false)
  })

  it.each<[string, (emulator: Emulator) => Promise<Parameters>]>([
    ['a custom exchange', () => Promise.resolve(custom())],
    ['an exchange on behalf of a user', async (emulator) => onBehalfOf(await mcpToken(emulator))],
    ['an authorization code', async (emulator) => codeGrant(codeOf(await signIn(emulator)))],
    [
      'client credentials',
      () =>
        Promise.resolve({
          grant_type: 'client_credentials',
          client_id: 'reports-agent',
          client_secret: 'reports-agent-secret',
          audience: 'https://mcp.example.com',
        }),
    ],
    [
      'a refresh token',
      async (emulator) => ({
        grant_type: 'refresh_token',
        client_id: 'web-app',
        client_secret: 'web-app-secret',
        refresh_token: member(await exchange(emulator, custom({ scope: 'offline_access' })), 'refresh_token'),
      }),
    ],
  ])('of %s', async (_name, prepare) => {
    const emulator = seeded()
    const reply = await exchange(emulator, await prepare(emulator), await prover.prove())
    expect([reply.body['token_type'], claims(reply)['cnf']]).toEqual(['DPoP', { jkt: prover.jkt }])
  })

  it.each([
    ['a query and a fragment are ignored', 'https://tenant.example.com/oauth/token?x=1#y'],
    ['the host is read without case', 'HTTPS://Tenant.Example.COM:443/oauth/token'],
  ])('when htu is the URL of the request: %s', async (_name, htu) => {
    expect((await exchange(seeded(), custom(), await prover.prove({ claims: { htu } }))).status).toBe(200)
  })

  it.each([-300, 300])('when it was made %s seconds from now', async (seconds) => {
    const now = Date.parse('2030-01-01T00:00:00Z')
    const headers = await prover.prove({ now: now + seconds * 1000 })
    expect(
      (
        await exchange(
          seeded({}, () => now),
          custom(),
          headers,
        )
      ).status,
    ).toBe(200)
  })
})

describe('a proof is refused with invalid_dpop_proof', () => {
  const SIGNATURE = 'it is not one JWT of that type, signed with the key in its header'
  const HTU = 'htu is not the URL of the request'

  it.each<[string, ProofOptions, string]>([
    ['of another type', { header: { typ: 'JWT' } }, SIGNATURE],
    ['without a type', { header: { typ: undefined } }, SIGNATURE],
    ['without a key', { header: { jwk: undefined } }, SIGNATURE],
    ['with another key', { header: { jwk: other.jwk } }, SIGNATURE],
    ['with a private key', { header: { jwk: privateJwk } }, SIGNATURE],
    ['with a secret for a key', { header: { jwk: { kty: 'oct', k: 'AAAA' } } }, SIGNATURE],
    ['for another method', { claims: { htm: 'GET' } }, 'htm is not the method of the request'],
    ['for a method in another case', { claims: { htm: 'post' } }, 'htm is not the method of the request'],
    ['for another host', { claims: { htu: 'https://other.example.com/oauth/token' } }, HTU],
    ['for another path', { claims: { htu: 'https://tenant.example.com/oauth/token/' } }, HTU],
    ['for no URL', { claims: { htu: 'x' } }, HTU],
    ['without a URL', { claims: { htu: undefined } }, HTU],
    ['without a time', { claims: { iat: undefined as never } }, 'iat is not now'],
    ['that is too old', { now: Date.now() - 310_000 }, 'iat is not now'],
    ['from the future', { now: Date.now() + 310_000 }, 'iat is not now'],
    ['without an id', { claims: { jti: undefined as never } }, 'jti is missing'],
    ['with an empty id', { claims: { jti: '' } }, 'jti is missing'],
  ])('%s', async (_name, options, reason) => {
    const reply = await exchange(seeded(), custom(), await prover.prove(options))
    expectFailure(reply, 400, 'invalid_dpop_proof', `The DPoP proof is not valid: ${reason}.`)
  })

  it('with a symmetric algorithm', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const { DPoP } = await prover.prove()
    const [, payload = ''] = DPoP.split('.')
    for (const alg of ['HS256', 'none']) {
      const proof = `${part({ alg, typ: 'dpop+jwt', jwk: prover.jwk })}.${payload}.AAAA`
      expect((await exchange(seeded(), custom(), { DPoP: proof })).body['error']).toBe('invalid_dpop_proof')
    }
  })

  it.each(['', 'x', 'a.b.c'])('that is no JWT: %j', async (DPoP) => {
    expect((await exchange(seeded(), custom(), { DPoP })).body['error']).toBe('invalid_dpop_proof')
  })

  it('beside another one', async () => {
    const [one, two] = [await prover.prove(), await prover.prove()]
    const reply = await exchange(seeded(), custom(), { DPoP: `${one.DPoP}, ${two.DPoP}` })
    expect(reply.body['error']).toBe('invalid_dpop_proof')
  })

  it('the second time, for as long as it could be valid', async () => {
    const emulator = seeded()
    const headers = await prover.prove()
    expect((await exchange(emulator, custom(), headers)).status).toBe(200)
    emulator.advance(290_000)
    const text = 'The DPoP proof is not valid: jti was used before.'
    expectFailure(await exchange(emulator, custom(), headers), 400, 'invalid_dpop_proof', text)
  })

  it('but another key may use the same id', async () => {
    const emulator = seeded()
    for (const { prove } of [prover, other]) {
      expect((await exchange(emulator, custom(), await prove({ claims: { jti: 'same' } }))).status).toBe(200)
    }
  })
})

describe('a nonce', () => {
  const strict = { requireDpopNonce: true }

  it.each<[string, Emulator, Parameters]>([
    ['a public client', seeded(), PUBLIC],
    ['every client, when the tenant says so', seeded(strict), {}],
  ])('is demanded of %s, and comes with the refusal and with the answer', async (_name, emulator, client) => {
    const refusal = await exchange(emulator, custom(client), await prover.prove())
    expectFailure(refusal, 400, 'use_dpop_nonce', NONCE_TEXT)
    const nonce = refusal.headers.get('DPoP-Nonce') ?? ''
    const reply = await exchange(emulator, custom(client), await prover.prove({ claims: { nonce } }))
    expect([reply.status, reply.headers.get('DPoP-Nonce')]).toEqual([200, nonce])
  })

  it('is demanded before the Action runs and before a code is used up', async () => {
    let runs = 0
    const emulator = withAction((_event, api) => {
      runs++
      api.authentication.setUserById('auth0|alice')
    }, strict)
    const refusal = await exchange(emulator, custom(TEST_TYPE), await prover.prove())
    expect([refusal.body['error'], runs]).toEqual(['use_dpop_nonce', 0])
    const nonce = refusal.headers.get('DPoP-Nonce') ?? ''
    const grant = codeGrant(codeOf(await signIn(emulator)))
    expect((await exchange(emulator, grant, await prover.prove())).body['error']).toBe('use_dpop_nonce')
    expect((await exchange(emulator, grant, await prover.prove({ claims: { nonce } }))).status).toBe(200)
  })

  it('is not demanded without a proof, nor sent', async () => {
    const reply = await exchange(seeded(strict), custom())
    expect([reply.status, reply.headers.has('DPoP-Nonce')]).toEqual([200, false])
  })

  it('changes every minute, and the one before still counts', async () => {
    const emulator = seeded(strict)
    const next = async (nonce?: string) => {
      const now = Date.now() + elapsed
      const reply = await exchange(emulator, custom(), await prover.prove({ claims: { ...(nonce && { nonce }) }, now }))
      return { status: reply.status, nonce: reply.headers.get('DPoP-Nonce') ?? '' }
    }
    let elapsed = 0
    const advance = (milliseconds: number) => {
      elapsed += milliseconds
      emulator.advance(milliseconds)
    }
    const first = await next()
    advance(61_000)
    const second = await next(first.nonce)
    expect(second.status).toBe(200)
    expect(second.nonce).not.toBe(first.nonce)
    advance(61_000)
    expect((await next(first.nonce)).status).toBe(400)
    const third = await next(second.nonce)
    expect(third.status).toBe(200)
    advance(121_000)
    expect((await next(third.nonce)).status).toBe(400)
  })

  it('of another emulator does not count', async () => {
    const nonce = (await exchange(seeded(strict), custom(), await prover.prove())).headers.get('DPoP-Nonce') ?? ''
    const reply = await exchange(
      seeded(strict, () => Date.now() + 1),
      custom(),
      await prover.prove({ claims: { nonce: `${nonce}x` } }),
    )
    expect(reply.body['error']).toBe('use_dpop_nonce')
  })
})

describe('an API that requires proof of possession', () => {
  const emulator = seeded(
    withApi('https://api.example.com', { proofOfPossession: { mechanism: 'dpop', required: true } }),
  )

  it('gets no token without one', async () => {
    const text = 'The API requires proof of possession: the request needs a DPoP header.'
    expectFailure(await exchange(emulator, custom()), 400, 'invalid_request', text)
  })

  it('gets a token with one, and others get theirs without', async () => {
    expect((await exchange(emulator, custom(), await prover.prove())).status).toBe(200)
    const reply = await exchange(emulator, custom({ audience: 'https://mcp.example.com', scope: undefined }))
    expect(reply.body['token_type']).toBe('Bearer')
  })
})

describe('a refresh token of a public client', () => {
  it('works with the key that it was issued for alone', async () => {
    const emulator = seeded()
    const challenge = await exchange(emulator, custom(PUBLIC), await prover.prove())
    const nonce = challenge.headers.get('DPoP-Nonce') ?? ''
    const claimsWithNonce = { claims: { nonce } }
    const first = await exchange(
      emulator,
      custom({ ...PUBLIC, scope: 'offline_access' }),
      await prover.prove(claimsWithNonce),
    )
    const grant = { grant_type: 'refresh_token', client_id: 'spa', refresh_token: member(first, 'refresh_token') }
    const INVALID = 'Unknown or invalid refresh token.'
    expectFailure(await exchange(emulator, grant), 400, 'invalid_grant', INVALID)
    expectFailure(await exchange(emulator, grant, await other.prove(claimsWithNonce)), 400, 'invalid_grant', INVALID)
    expect((await exchange(emulator, grant, await prover.prove(claimsWithNonce))).status).toBe(200)
  })
})
