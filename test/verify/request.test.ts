import { describe, expect, it } from 'vitest'
import { TokenExchangeError } from '../../src/verify.js'
import { thrownBy } from '../support/scripted-server.js'
import {
  API,
  CLAIMS,
  DOMAIN,
  NOW,
  RESOURCE,
  createKey,
  keyOf,
  proof,
  requestWith,
  setting,
  sign,
  thumbprint,
} from './support.js'

const issuer = await keyOf('ES256')
const sender = await createKey('ES256')
const token = await sign(CLAIMS, issuer, { kid: 'ES256' })
const bound = await sign({ ...CLAIMS, cnf: { jkt: await thumbprint(sender) } }, issuer, { kid: 'ES256' })
const expired = await sign({ ...CLAIMS, exp: 0 }, issuer, { kid: 'ES256' })

const FORM = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
const authorized = (authorization: string, init: RequestInit = {}, url = RESOURCE): Request => {
  const request = new Request(url, init)
  request.headers.set('authorization', authorization)
  return request
}

describe('a token in Authorization', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'bEARER'])('with the scheme %s', async (scheme) => {
    const request = authorized(`${scheme} ${token}`)
    expect(await setting([issuer]).verifier.verifyRequest(request)).toMatchObject({ token, scheme: 'Bearer' })
  })

  it.each(['DPoP', 'dpop', 'DPOP'])('with the scheme %s', async (scheme) => {
    const request = authorized(`${scheme} ${bound}`)
    request.headers.set('DPoP', await proof(sender, { token: bound }))
    expect(await setting([issuer]).verifier.verifyRequest(request)).toMatchObject({ token: bound, scheme: 'DPoP' })
  })

  it.each(['Basic YTpi', token, 'Bearer', 'Token a', '', 'Digest username="a"', 'Bearer,a', `Bearer\t${token}`])(
    'is not there: %j',
    async (authorization) => {
      const { verifier, urls } = setting([issuer])
      const reason = authorization === 'Bearer' ? 'invalid_request' : 'no_credentials'
      expect(await thrownBy(verifier.verifyRequest(authorized(authorization)))).toMatchObject({
        kind: 'verification',
        reason,
        status: reason === 'invalid_request' ? 400 : 401,
      })
      expect(urls).toEqual([])
    },
  )

  it.each([
    'Bearer a b',
    `Bearer ${token} ${token}`,
    `Bearer ${token}, Bearer ${token}`,
    `Bearer ${token}, DPoP ${bound}`,
    `Bearer "${token}"`,
    `Bearer ${token},`,
    'Bearer =a',
    `Bearer ${token}; a=b`,
  ])('is not one token: %#', async (authorization) => {
    const { verifier, urls } = setting([issuer])
    expect(await thrownBy(verifier.verifyRequest(authorized(authorization)))).toMatchObject({
      reason: 'invalid_request',
      status: 400,
    })
    expect(urls).toEqual([])
  })

  it('of two headers is refused', async () => {
    const request = authorized(`Bearer ${token}`)
    request.headers.append('authorization', `Bearer ${token}`)
    expect(await thrownBy(setting([issuer]).verifier.verifyRequest(request))).toMatchObject({ status: 400 })
  })
})

describe('a token in two places is refused', () => {
  it.each<[string, string, RequestInit]>([
    ['the query', `${RESOURCE}?access_token=a`, {}],
    ['the query, without a value', `${RESOURCE}?a=b&access_token`, {}],
    ['the query, in another spelling', `${RESOURCE}?access%5Ftoken=a`, {}],
    ['the body', RESOURCE, { ...FORM, body: 'access_token=a' }],
    [
      'the body, with a charset',
      RESOURCE,
      { method: 'POST', body: new URLSearchParams({ b: 'c', access_token: 'a' }) },
    ],
    [
      'the body, with a type in capitals',
      RESOURCE,
      {
        method: 'POST',
        headers: { 'content-type': 'APPLICATION/X-WWW-FORM-URLENCODED' },
        body: 'access_token=a',
      },
    ],
    ['the body, in another spelling', RESOURCE, { ...FORM, body: 'access%5Ftoken=a' }],
  ])('%s', async (_place, url, init) => {
    const { verifier } = setting([issuer])
    expect(await thrownBy(verifier.verifyRequest(authorized(`Bearer ${token}`, init, url)))).toMatchObject({
      reason: 'invalid_request',
      field: 'access_token',
      status: 400,
    })
  })

  it.each<[string, string, RequestInit]>([
    ['the query', `${RESOURCE}?access_token=${token}`, {}],
    ['the body', RESOURCE, { ...FORM, body: `access_token=${token}` }],
  ])('and one in %s alone is none', async (_place, url, init) => {
    expect(await thrownBy(setting([issuer]).verifier.verifyRequest(new Request(url, init)))).toMatchObject({
      reason: 'no_credentials',
    })
  })

  it.each<[string, string, RequestInit]>([
    ['another name in the query', `${RESOURCE}?access_tokens=a`, {}],
    ['the name in the path', `${API}/access_token`, {}],
    ['JSON', RESOURCE, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"access_token":1}' }],
    [
      'a text that looks like a form',
      RESOURCE,
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'access_token=a' },
    ],
    ['a form without it', RESOURCE, { ...FORM, body: 'a=access_token' }],
    ['no body', RESOURCE, FORM],
  ])('and %s is no second place', async (_place, url, init) => {
    const request = authorized(`Bearer ${token}`, init, url)
    expect(await setting([issuer]).verifier.verifyRequest(request)).toBeTruthy()
  })

  it('and the body is read piece by piece', async () => {
    const pieces = ['a=b', '&access_', 'token=a'].map((piece) => new TextEncoder().encode(piece))
    const body = new ReadableStream({
      pull(controller) {
        const piece = pieces.shift()
        if (piece) controller.enqueue(piece)
        else controller.close()
      },
    })
    const request = authorized(`Bearer ${token}`, { ...FORM, body, duplex: 'half' } as RequestInit)
    expect(await thrownBy(setting([issuer]).verifier.verifyRequest(request))).toMatchObject({ field: 'access_token' })
  })

  it('and a body without end is not waited for', async () => {
    let pulls = 0
    const body = new ReadableStream({
      pull(controller) {
        pulls++
        if (pulls > 100) throw new Error('read on and on')
        controller.enqueue(new TextEncoder().encode('b'.repeat(2 ** 16)))
      },
    })
    const request = authorized(`Bearer ${token}`, { ...FORM, body, duplex: 'half' } as RequestInit)
    expect(await setting([issuer]).verifier.verifyRequest(request)).toBeTruthy()
  })

  it('and the body is still there for the API', async () => {
    const request = authorized(`Bearer ${token}`, { ...FORM, body: 'a=b' })
    await setting([issuer]).verifier.verifyRequest(request)
    expect(await request.text()).toBe('a=b')
  })

  it('and a body that was read, is being read, or is very large, is left alone', async () => {
    const read = authorized(`Bearer ${token}`, { ...FORM, body: 'access_token=a' })
    await read.text()
    const { verifier } = setting([issuer])
    expect(await verifier.verifyRequest(read)).toBeTruthy()
    const locked = authorized(`Bearer ${token}`, { ...FORM, body: 'access_token=a' })
    const reader = locked.body?.getReader()
    expect(await verifier.verifyRequest(locked)).toBeTruthy()
    reader?.releaseLock()
    const large = authorized(`Bearer ${token}`, { ...FORM, body: `a=${'b'.repeat(2 ** 21)}` })
    expect(await verifier.verifyRequest(large)).toBeTruthy()
    expect(await large.text()).toHaveLength(2 ** 21 + 2)
  })
})

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

describe('who may', () => {
  const verify = async (claims: object, options: object) => {
    const jwt = await sign({ ...CLAIMS, ...claims }, issuer, { kid: 'ES256' })
    return setting([issuer]).verifier.verifyRequest(requestWith(jwt), options)
  }
  const delegated = { act: { sub: 'mcp-server', act: { sub: 'spa' } }, scope: 'read:a write:a' }

  it.each<[string, object, object, object | undefined]>([
    ['no policy, nobody acts', {}, {}, undefined],
    ['no policy, somebody acts', delegated, {}, { sub: 'mcp-server', iss: CLAIMS.iss }],
    ['an allowed actor', delegated, { actor: { allow: ['mcp-server'] } }, { sub: 'mcp-server', iss: CLAIMS.iss }],
    ['an optional actor', {}, { actor: { actor: 'optional', allow: [] } }, undefined],
    ['in person', {}, { actor: { actor: 'forbidden' } }, undefined],
    ['scopes as a list', delegated, { scope: ['write:a', 'read:a'] }, { sub: 'mcp-server' }],
    ['scopes as a text', delegated, { scope: 'write:a read:a' }, { sub: 'mcp-server' }],
    ['no scopes', delegated, { scope: [] }, { sub: 'mcp-server' }],
  ])('%s', async (_rule, claims, options, actor) => {
    const verified = await verify(claims, options)
    if (actor) expect(verified.actor).toMatchObject(actor)
    else expect(verified.actor).toBeUndefined()
    expect(verified.claims.sub).toBe('auth0|alice')
  })

  it.each<[string, object, object, object]>([
    ['another actor', delegated, { actor: { allow: ['spa'] } }, { code: 'actor_not_allowed', reason: 'unknown_actor' }],
    ['nobody', {}, { actor: { allow: ['spa'] } }, { code: 'actor_not_allowed', reason: 'no_actor' }],
    ['an actor where none may be', delegated, { actor: { actor: 'forbidden' } }, { reason: 'unexpected_actor' }],
    ['no scope', {}, { scope: 'read:a' }, { reason: 'insufficient_scope' }],
    ['one scope of two', { scope: 'read:a' }, { scope: ['read:a', 'write:a'] }, { reason: 'insufficient_scope' }],
    ['part of a scope', { scope: 'read:ab' }, { scope: 'read:a' }, { reason: 'insufficient_scope' }],
  ])('%s is not enough', async (_rule, claims, options, expected) => {
    expect(await thrownBy(verify(claims, options))).toMatchObject({ ...expected, status: 403 })
  })

  it('an actor that may not act is told nothing more', async () => {
    const error = (await thrownBy(verify(delegated, { actor: { allow: [] } }))) as TokenExchangeError
    expect(error.toChallenge({ realm: 'calendar' })).toEqual({ status: 403, headers: {} })
  })

  it('a policy that is null is none that anybody fits', async () => {
    await expect(verify(delegated, { actor: null })).rejects.toThrow(TypeError)
  })

  it.each<[string, object, string]>([
    ['an unknown option', { scopes: ['read:a'] }, 'verifyRequest has no option "scopes"'],
    ['a blank scope, which every token has', { scope: '' }, 'scope is blank.'],
    ['a blank scope among others', { scope: ['read:a', ' '] }, 'scope is blank.'],
    ['no scope at all', { scope: null }, 'scope must be a string'],
    ['a number as a scope', { scope: [1] }, 'scope must be a string'],
    ['a text of required claims', { requiredClaims: 'sub' }, 'requiredClaims must be a list of names of claims'],
    ['no required claims at all', { requiredClaims: null }, 'requiredClaims must be a list of names of claims'],
  ])('%s is an error, whatever the token holds', async (_rule, options, message) => {
    await expect(verify(delegated, options)).rejects.toThrow(message)
  })

  it.each<[string, unknown]>([
    ['of Node', { method: 'GET', url: '/', headers: { authorization: `Bearer ${token}` } }],
    ['that is missing', undefined],
  ])('a request %s is a TypeError that says what is taken', async (_rule, request) => {
    const call = setting([issuer]).verifier.verifyRequest(request as Request)
    await expect(call).rejects.toThrow(
      new TypeError('verifyRequest takes a standard Request; make one of what the framework has'),
    )
  })

  it.each<[string, object, string]>([
    ['a proof that is no text', { proof: 1, method: 'GET', url: RESOURCE }, 'dpop.proof must be a string'],
    ['a proof without its request', { proof: 'a' }, 'dpop.method must be a string'],
    ['a misspelt part', { proof: 'a', method: 'GET', uri: RESOURCE }, 'dpop has no option "uri"'],
  ])('%s is a TypeError', async (_rule, dpop, message) => {
    const call = setting([issuer]).verifier.verify(bound, { dpop } as never)
    await expect(call).rejects.toThrow(new TypeError(message))
  })
})

describe('whose tokens are taken', () => {
  const brand = 'https://login.brand.example.com/'

  it('a list is looked through for the issuer, exactly and before any request', async () => {
    const { verifier, urls } = setting([issuer], { domain: ['login.brand.example.com', DOMAIN] })
    for (const iss of ['https://evil.example.com/', `${CLAIMS.iss}x`, 'https://TENANT.example.com/', undefined, 7]) {
      const jwt = await sign({ ...CLAIMS, iss }, issuer, { kid: 'ES256' })
      expect(await thrownBy(verifier.verify(jwt))).toMatchObject({ reason: 'claim', field: 'iss', status: 401 })
    }
    expect(urls).toEqual([])
    expect(await verifier.verify(token)).toBeTruthy()
    expect(urls.every((url) => url.startsWith(CLAIMS.iss))).toBe(true)
  })

  it('a resolver sees the URL, the headers and the unverified issuer', async () => {
    const seen: unknown[] = []
    const { verifier } = setting([issuer], {
      domain: ({ url, headers, unverifiedIssuer }) => {
        seen.push([url, headers?.get('x-brand'), unverifiedIssuer])
        return Promise.resolve([brand, DOMAIN])
      },
    })
    await verifier.verifyRequest(authorized(`Bearer ${token}`, { headers: { 'x-brand': 'a' } }))
    await verifier.verify(token)
    await verifier.verify(token, { url: 'https://b.example.com/', headers: new Headers({ 'x-brand': 'b' }) })
    expect(seen).toEqual([
      [RESOURCE, 'a', CLAIMS.iss],
      [undefined, undefined, CLAIMS.iss],
      ['https://b.example.com/', 'b', CLAIMS.iss],
    ])
  })

  it.each<[string, string | string[]]>([
    ['another domain', 'login.brand.example.com'],
    ['none', []],
  ])('a resolver that gives %s refuses, before any request', async (_rule, domains) => {
    const { verifier, urls } = setting([issuer], { domain: () => domains })
    expect(await thrownBy(verifier.verify(token))).toMatchObject({ reason: 'claim', field: 'iss' })
    expect(urls).toEqual([])
  })

  it('a resolver that only repeats the token is still bound to https', async () => {
    const iss = 'http://169.254.169.254/'
    const jwt = await sign({ ...CLAIMS, iss }, issuer, { kid: 'ES256' })
    const { verifier, urls } = setting([issuer], { domain: ({ unverifiedIssuer = '' }) => unverifiedIssuer })
    expect(await thrownBy(verifier.verify(jwt))).toMatchObject({ code: 'invalid_configuration', field: 'domain' })
    expect(urls).toEqual([])
  })

  it('what a resolver throws is thrown', async () => {
    const { verifier } = setting([issuer], {
      domain: () => {
        throw new RangeError('no such brand')
      },
    })
    expect(await thrownBy(verifier.verify(token))).toBeInstanceOf(RangeError)
  })
})
