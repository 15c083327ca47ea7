import { describe, expect, it } from 'vitest'
import { TokenExchangeError } from '../../src/verify.js'
import { thrownBy } from '../support/scripted-server.js'
import { NOW, RESOURCE, proof, requestWith, setting } from './support.js'
import { issuer, sender, token, bound, expired } from './request.js'

describe('the answer to a request that is refused', () => {
  const algs = 'ES256 EdDSA'
  const options = { realm: 'calendar', resourceMetadata: 'https://api.example.com/m' }
  const rest = ', resource_metadata="https://api.example.com/m"'
  const bearer = (error?: string, more = ''): string =>
    `Bearer realm="calendar"${error === undefined ? '' : `, error="${error}"`}${more}${rest}`
  const dpop = (error?: string): string =>
    `DPoP realm="calendar"${error === undefined ? '' : `, error="${error}"`}${rest}, algs="${algs}"`
  const headers = (authorization: string, dpopHeader?: string): RequestInit => ({
    headers: { authorization, ...(dpopHeader === undefined ? {} : { dpop: dpopHeader }) },
  })

  it.each<[string, 'allowed' | 'required' | 'disabled', RequestInit, number, string]>([
    ['no credentials', 'allowed', {}, 401, `${bearer()}, ${dpop()}`],
    ['no credentials', 'required', {}, 401, dpop()],
    ['no credentials', 'disabled', {}, 401, bearer()],
    ['another scheme', 'allowed', headers('Basic YTpi'), 401, `${bearer()}, ${dpop()}`],
    ['a scheme that is not taken', 'required', headers(`Bearer ${token}`), 401, dpop()],
    ['a scheme that is not taken', 'disabled', headers(`DPoP ${bound}`, 'a'), 401, bearer()],
    ['a malformed request', 'allowed', headers('Bearer a b'), 400, `${bearer('invalid_request')}, ${dpop()}`],
    ['a malformed request', 'required', headers('DPoP a b'), 400, dpop('invalid_request')],
    ['an expired token', 'allowed', headers(`Bearer ${expired}`), 401, `${bearer('invalid_token')}, ${dpop()}`],
    ['an expired token', 'disabled', headers(`Bearer ${expired}`), 401, bearer('invalid_token')],
    ['what is no JWT', 'allowed', headers('Bearer opaque'), 401, `${bearer('invalid_token')}, ${dpop()}`],
    ['a scheme as token', 'allowed', headers('Bearer dpop'), 401, `${bearer('invalid_token')}, ${dpop()}`],
    ['a bound token', 'allowed', headers(`Bearer ${bound}`), 401, `${bearer('invalid_token')}, ${dpop()}`],
    ['a missing proof', 'allowed', headers(`DPoP ${bound}`), 401, `${bearer()}, ${dpop('invalid_dpop_proof')}`],
    ['a broken proof', 'required', headers(`DPoP ${bound}`, 'a'), 401, dpop('invalid_dpop_proof')],
  ])('%s (%s)', async (_rule, mode, init, status, challenge) => {
    const { verifier } = setting([issuer], { dpop: { mode, algorithms: ['ES256', 'EdDSA'] } })
    const error = await thrownBy(verifier.verifyRequest(new Request(RESOURCE, init)))
    expect(error).toMatchObject({ status })
    const response = new Response(null, (error as TokenExchangeError).toChallenge(options))
    expect(response.status).toBe(status)
    expect(response.headers.get('www-authenticate')).toBe(challenge)
  })

  it('an unbound token with a proof', async () => {
    const { verifier } = setting([issuer], { dpop: { algorithms: ['ES256', 'EdDSA'] } })
    const error = await thrownBy(verifier.verifyRequest(requestWith(token, await proof(sender, { token }))))
    expect((error as TokenExchangeError).toChallenge(options)).toEqual({
      status: 401,
      headers: { 'WWW-Authenticate': `${bearer()}, ${dpop('invalid_token')}` },
    })
  })

  it('a scope that is missing is named', async () => {
    const { verifier } = setting([issuer], { dpop: { mode: 'disabled' } })
    const scope = ['read:a', 'write:a']
    const error = (await thrownBy(verifier.verifyRequest(requestWith(token), { scope }))) as TokenExchangeError
    expect(error).toMatchObject({ kind: 'verification', reason: 'insufficient_scope', status: 403 })
    expect(error.toChallenge(options).headers).toEqual({
      'WWW-Authenticate': bearer('insufficient_scope', ', scope="read:a write:a"'),
    })
    expect(error.toChallenge({ scope: 'all' }).headers['WWW-Authenticate']).toContain('scope="all"')
  })

  it('the scopes that are needed are named to whoever has no token yet', async () => {
    const { verifier } = setting([issuer], { dpop: { algorithms: ['ES256', 'EdDSA'] } })
    const scoped = (scheme: string, end = ''): string =>
      `${scheme} realm="calendar", scope="read:a write:a"${rest}${end}`
    const request = new Request(RESOURCE)
    const error = await thrownBy(verifier.verifyRequest(request, { scope: ['read:a', 'write:a'] }))
    expect((error as TokenExchangeError).toChallenge(options)).toEqual({
      status: 401,
      headers: { 'WWW-Authenticate': `${scoped('Bearer')}, ${scoped('DPoP', `, algs="${algs}"`)}` },
    })
  })

  it('without a word about the API it is the scheme alone', async () => {
    const { verifier } = setting([issuer], { dpop: { mode: 'disabled' } })
    const error = (await thrownBy(verifier.verifyRequest(new Request(RESOURCE)))) as TokenExchangeError
    expect(error.toChallenge()).toEqual({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } })
  })

  it('an issuer that cannot be reached is 503, and one that is none 500', async () => {
    const parts = setting([issuer])
    parts.answer = () => Promise.reject(new TypeError('fetch failed'))
    const down = (await thrownBy(parts.verifier.verifyRequest(requestWith(token)))) as TokenExchangeError
    expect(down).toMatchObject({ code: 'network_error', status: 503 })
    expect(down.toChallenge()).toEqual({ status: 503, headers: { 'Retry-After': '1' } })
    parts.time = NOW + 1
    parts.answer = () => Response.json({})
    const none = (await thrownBy(parts.verifier.verifyRequest(requestWith(token)))) as TokenExchangeError
    expect(none).toMatchObject({ code: 'invalid_metadata', status: 500 })
    expect(none.toChallenge()).toEqual({ status: 500, headers: {} })
  })

  it('values are escaped', async () => {
    const error = (await thrownBy(
      setting([issuer]).verifier.verifyRequest(new Request(RESOURCE)),
    )) as TokenExchangeError
    const { headers: sent } = error.toChallenge({ realm: 'a"b\\c\r\nX: y\u20ac' })
    expect(sent['WWW-Authenticate']).toMatch(
      /^Bearer realm="a\\"b\\\\cX: y", DPoP realm="a\\"b\\\\cX: y", algs="[\w ]+"$/,
    )
  })

  it('one failure that many wait for has an answer for each', async () => {
    const parts = setting([issuer])
    parts.answer = () => new Response('down', { status: 503 })
    const errors = await Promise.all([
      thrownBy(parts.verifier.verifyRequest(requestWith(token))),
      thrownBy(parts.verifier.verifyRequest(requestWith(bound, await proof(sender, { token: bound })))),
    ])
    expect(errors[0]).not.toBe(errors[1])
  })
})
