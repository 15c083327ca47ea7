import { describe, expect, it } from 'vitest'
import { thrownBy } from '../support/scripted-server.js'
import { CLAIMS, DOMAIN, RESOURCE, setting, sign } from './support.js'
import { issuer, token, authorized } from './request.js'

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
