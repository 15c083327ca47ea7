import { describe, expect, it } from 'vitest'
import type { ActClaim } from '../../../generated/openapi.js'
import type { Action } from '../../../src/emulator/index.js'
import { claims, custom, exchange, expectFailure, TEST_TYPE, withAction } from '../support.js'

const run = (action: Action, overrides = {}) => exchange(withAction(action), custom({ ...TEST_TYPE, ...overrides }))

function chain(length: number): ActClaim {
  let actor: ActClaim = { sub: `actor-${length}` }
  for (let position = length - 1; position >= 1; position--) actor = { sub: `actor-${position}`, act: actor }
  return actor
}

describe('the actor', () => {
  const setActor = (actor: unknown) =>
    run((_event, api) => {
      api.authentication.setUserById('auth0|alice')
      api.authentication.setActor(actor as ActClaim)
    })

  it.each<[string, unknown, unknown]>([
    ['may be set without an actor token', { sub: 'a' }, { sub: 'a' }],
    [
      'may have five properties at each level',
      { sub: 'a', v: 1, w: true, x: 'x', y: 0, z: false, act: { sub: 'b', v: 1 } },
      undefined,
    ],
    ['may be a chain of five', chain(5), undefined],
    ['may have an act that is null', { sub: 'a', act: null }, { sub: 'a' }],
    ['may have a property with a prototype name', JSON.parse('{"sub":"a","constructor":"x"}'), undefined],
  ])('%s', async (_name, actor, expected) => {
    expect(claims(await setActor(actor))['act']).toEqual(expected ?? actor)
  })

  const SUB = 'setActor: every actor must have a sub that is not blank, and iss and client_id must be strings.'
  const OBJECT = 'setActor: an actor must be an object.'
  const PROPERTY = 'setActor: the properties of an actor must be strings, booleans or numbers.'
  const circular: Record<string, unknown> = { sub: 'a' }
  circular['act'] = circular

  it.each<[string, unknown, string]>([
    ['null', null, OBJECT],
    ['a string', 'a', OBJECT],
    ['an array', [{ sub: 'a' }], OBJECT],
    ['no sub', {}, SUB],
    ['an empty sub', { sub: '' }, SUB],
    ['a blank sub', { sub: ' \u00a0' }, SUB],
    ['a number as sub', { sub: 1 }, SUB],
    ['a malformed inner actor', { sub: 'a', act: { act: { sub: 'c' } } }, SUB],
    ['an inner actor that is no object', { sub: 'a', act: 'b' }, OBJECT],
    ['six actors', chain(6), 'setActor: a delegation chain has at most 5 actors.'],
    ['a circle', circular, 'setActor: a delegation chain has at most 5 actors.'],
    [
      'six properties',
      { sub: 'a', u: 1, v: 1, w: 1, x: 1, y: 1, z: 1 },
      'setActor: an actor has at most 5 properties besides sub and act.',
    ],
    ['an object as property', { sub: 'a', cnf: {} }, PROPERTY],
    ['null as property', { sub: 'a', x: null }, PROPERTY],
    ['a number that JSON does not know', { sub: 'a', x: Number.NaN }, PROPERTY],
    ['an issuer that is no string', { sub: 'a', iss: 1 }, SUB],
  ])('is refused: %s', async (_name, actor, text) => {
    expectFailure(await setActor(actor), 400, 'invalid_request', text)
  })

  it('suppresses the refresh token even without an actor token', async () => {
    const reply = await run(
      (_event, api) => {
        api.authentication.setUserById('auth0|alice')
        api.authentication.setActor({ sub: 'a' })
      },
      { scope: 'read:data offline_access' },
    )
    expect(reply.body).not.toHaveProperty('refresh_token')
    expect(reply.body['scope']).toBe('read:data')
  })

  it('is not set by an actor token alone', async () => {
    const reply = await run(
      (_event, api) => {
        api.authentication.setUserById('auth0|alice')
      },
      {
        actor_token: 'x',
        actor_token_type: 'urn:acme:agent',
        scope: 'read:data offline_access',
      },
    )
    expect(claims(reply)).not.toHaveProperty('act')
    expect(reply.body).not.toHaveProperty('refresh_token')
  })
})
