import { describe, expect, it } from 'vitest'
import { TokenExchangeError } from '../../src/verify.js'
import { thrownBy } from '../support/scripted-server.js'
import { CLAIMS, RESOURCE, requestWith, setting, sign } from './support.js'
import { issuer, token, bound } from './request.js'

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
