import { describe, expect, it } from 'vitest'
import { thrownBy } from '../support/scripted-server.js'
import { API, RESOURCE, proof, setting } from './support.js'
import { issuer, sender, token, bound, FORM, authorized } from './request.js'

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
