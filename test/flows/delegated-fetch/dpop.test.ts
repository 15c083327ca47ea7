import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DelegatedFetchOptions } from '../../../src/index.js'
import { TOKEN_RESPONSE } from '../../support/scripted-server.js'
import { CALENDAR, type Seen, delegated, ok, unauthorized, tokens, stream } from './delegated.js'

describe('a delegated fetch with a DPoP key', () => {
  const dpopToken = () => Response.json({ ...TOKEN_RESPONSE, token_type: 'DPoP' })
  const wantsNonce = (nonce: string) => () =>
    new Response(null, {
      status: 401,
      headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce", error_description="a"', 'DPoP-Nonce': nonce },
    })
  let dpop: NonNullable<DelegatedFetchOptions['dpop']>

  beforeEach(async () => {
    const keyPair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    dpop = { keyPair }
  })

  function proofs(seen: readonly Seen[]) {
    return seen.map(({ headers }) => decodeJwt(headers.get('dpop') ?? ''))
  }

  it('presents the token with a proof for the request', async () => {
    const { calendar, seen } = delegated([ok], { dpop }, {}, dpopToken)
    await calendar(`${CALENDAR}/events?day=1#top`, { method: 'post', body: 'a' })
    expect(tokens(seen)).toEqual([`DPoP ${TOKEN_RESPONSE.access_token}`])
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(TOKEN_RESPONSE.access_token))
    const ath = Buffer.from(digest).toString('base64url')
    expect(proofs(seen)).toMatchObject([{ htm: 'POST', htu: `${CALENDAR}/events`, ath }])
  })

  it.each([
    ['get', 'GET'],
    ['Delete', 'DELETE'],
    ['patch', 'patch'],
    [undefined, 'GET'],
  ])('names the method %s as fetch sends it', async (method, sent) => {
    const { calendar, seen } = delegated([ok], { dpop }, {}, dpopToken)
    await calendar(CALENDAR, method === undefined ? {} : { method })
    expect(proofs(seen)[0]).toMatchObject({ htm: sent })
  })

  it('sends once more with the API’s nonce, for which the token is not exchanged', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), ok], { dpop }, {}, dpopToken)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect(proofs(seen).map(({ nonce }) => nonce)).toEqual([undefined, 'n1'])
    expect(new Set(proofs(seen).map(({ jti }) => jti)).size).toBe(2)
    await calendar(CALENDAR)
    expect(proofs(seen)[2]).toMatchObject({ nonce: 'n1' })
    expect(exchanges()).toBe(1)
  })

  it('gives up when the new nonce is refused too', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), wantsNonce('n2')], { dpop }, {}, dpopToken)
    expect((await calendar(CALENDAR)).status).toBe(401)
    expect([seen.length, exchanges()]).toEqual([2, 1])
  })

  it('keeps the nonce, and the token, when the body is a stream', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), ok], { dpop }, {}, dpopToken)
    const init = { method: 'POST', body: stream(), duplex: 'half' } as RequestInit
    expect((await calendar(CALENDAR, init)).status).toBe(401)
    await calendar(CALENDAR)
    expect(proofs(seen).map(({ nonce }) => nonce)).toEqual([undefined, 'n1'])
    expect(exchanges()).toBe(1)
  })

  it('exchanges when the token is refused after the nonce was not', async () => {
    const { calendar, seen, exchanges } = delegated([wantsNonce('n1'), unauthorized, ok], { dpop }, {}, dpopToken)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect([seen.length, exchanges()]).toEqual([3, 2])
  })

  it('takes the nonce of any answer, for its origin alone', async () => {
    const other = 'https://other.example.com'
    const withNonce = () => new Response(null, { headers: { 'DPoP-Nonce': 'n1' } })
    const { calendar, seen } = delegated([withNonce, ok], { dpop, origins: [CALENDAR, other] }, {}, dpopToken)
    for (const url of [CALENDAR, CALENDAR, CALENDAR, other]) await calendar(url)
    expect(proofs(seen).map(({ nonce }) => nonce)).toEqual([undefined, 'n1', 'n1', undefined])
  })

  it('sends no proof with a token that is not bound', async () => {
    const { calendar, seen } = delegated([ok], { dpop: { ...dpop, allowBearer: true } })
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual(['Bearer token-1'])
    expect(seen[0]?.headers.has('dpop')).toBe(false)
  })
})
