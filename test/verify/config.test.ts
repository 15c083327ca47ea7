import { expect, it } from 'vitest'
import { createAccessTokenVerifier } from '../../src/verify.js'
import { API, DOMAIN } from './support.js'

it.each<[string, object, object]>([
  ['no domain in a list', { domain: [] }, { code: 'invalid_configuration', field: 'domain' }],
  ['a domain over http', { domain: ['http://tenant.example.com'] }, { code: 'invalid_configuration', field: 'domain' }],
  ['a blank audience', { audience: ' ' }, { code: 'invalid_parameter', field: 'audience' }],
  ['no audience', { audience: [] }, { code: 'invalid_parameter', field: 'audience' }],
  ['a symmetric algorithm', { algorithms: ['HS256'] }, { code: 'invalid_configuration', field: 'algorithms' }],
  ['the algorithm none', { algorithms: ['RS256', 'none'] }, { code: 'invalid_configuration', field: 'algorithms' }],
  ['no algorithm', { algorithms: [] }, { code: 'invalid_configuration', field: 'algorithms' }],
  ['a symmetric proof', { dpop: { algorithms: ['HS256'] } }, { field: 'dpop.algorithms' }],
  ['a public URL that is none', { dpop: { publicUrl: 'api.example.com' } }, { field: 'dpop.publicUrl' }],
  ['a public URL with a query', { dpop: { publicUrl: `${API}?a` } }, { field: 'dpop.publicUrl' }],
  ['a public URL with a fragment', { dpop: { publicUrl: `${API}#a` } }, { field: 'dpop.publicUrl' }],
  ['a public URL with a user', { dpop: { publicUrl: 'https://a:canary@b.example' } }, { field: 'dpop.publicUrl' }],
])('%s is an error that names it', (_rule, changes, expected) => {
  const make = (): unknown => createAccessTokenVerifier({ domain: DOMAIN, audience: API, ...changes })
  expect(make).toThrow(expect.objectContaining({ name: 'TokenExchangeError', ...expected }) as Error)
})

it.each<[string, object]>([
  ['an unknown option', { domains: [DOMAIN] }],
  ['an unknown option of dpop', { dpop: { required: true } }],
  ['an unknown mode', { dpop: { mode: 'optional' } }],
  ['an unknown profile', { profile: 'auth0' }],
  ['no domain', { domain: undefined }],
  ['no audience', { audience: undefined }],
  ['a tolerance below zero', { clockToleranceSeconds: -1 }],
  ['a tolerance without end', { clockToleranceSeconds: Infinity }],
  ['an age that is no number', { dpop: { maxAgeSeconds: Number.NaN } }],
  ['a leeway that is a text', { dpop: { leewaySeconds: '30' } }],
  ['a store without addIfAbsent', { dpop: { replayStore: new Map() } }],
  ['a text of required claims', { requiredClaims: 'org_id' }],
  ['no list of required claims', { requiredClaims: null }],
  ['a blank required claim', { requiredClaims: ['org_id', ''] }],
  ['a required claim that is no text', { requiredClaims: [7] }],
  ['a text of algorithms', { algorithms: 'RS256' }],
  ['no store', { dpop: { replayStore: null } }],
  ['a timeout of zero', { timeoutMs: 0 }],
  ['a fetch that is none', { fetch: null }],
  ['a clock that stands still', { now: 0 }],
])('%s is a TypeError', (_rule, changes) => {
  expect(() => createAccessTokenVerifier({ domain: DOMAIN, audience: API, ...changes })).toThrow(TypeError)
})
