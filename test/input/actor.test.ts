import { describe, expect, it } from 'vitest'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

const TYPE = 'urn:acme:agent'

describe('an actor token and its type go together', () => {
  it.each<[string, object, object]>([
    [
      'a token alone',
      { actorToken: 'a' },
      { code: 'missing_actor_token_type', field: 'actorTokenType', reason: 'missing' },
    ],
    ['a type alone', { actorTokenType: TYPE }, { code: 'missing_actor_token', field: 'actorToken', reason: 'missing' }],
    ['a token with null', { actorToken: 'a', actorTokenType: null }, { code: 'missing_actor_token_type' }],
    ['an empty token alone', { actorToken: '' }, { code: 'missing_actor_token_type' }],
    ['a type with undefined', { actorToken: undefined, actorTokenType: TYPE }, { code: 'missing_actor_token' }],
    ['a type with null', { actorToken: null, actorTokenType: TYPE }, { code: 'missing_actor_token' }],
    [
      'a blank token',
      { actorToken: ' ', actorTokenType: TYPE },
      { code: 'invalid_token_format', field: 'actorToken', reason: 'blank' },
    ],
    [
      'a padded token',
      { actorToken: 'a ', actorTokenType: TYPE },
      { code: 'invalid_token_format', field: 'actorToken', reason: 'padded' },
    ],
    [
      'a token with a scheme',
      { actorToken: 'Bearer a', actorTokenType: TYPE },
      { field: 'actorToken', reason: 'scheme' },
    ],
    [
      'a blank type',
      { actorToken: 'a', actorTokenType: '' },
      { code: 'invalid_parameter', field: 'actorTokenType', reason: 'blank' },
    ],
    [
      'a token smuggled through extra',
      { extra: { actor_token: 'a' } },
      { code: 'protected_parameter', field: 'actor_token' },
    ],
    [
      'a pair smuggled through extra',
      { extra: { actor_token: 'a', actor_token_type: TYPE } },
      { code: 'protected_parameter' },
    ],
  ])('%s is refused before any request', async (_rule, actor, expected) => {
    const server = scriptedServer()
    expect(await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, ...actor }))).toMatchObject(expected)
    expect(server.urls).toEqual([])
  })

  it('a pair is sent as it is', async () => {
    const server = scriptedServer()
    await clientOf(server).exchangeToken({ ...EXCHANGE, actorToken: 'the-actor', actorTokenType: TYPE })
    expect(server.tokenRequests[0]?.form).toEqual(
      expect.arrayContaining([
        ['actor_token', 'the-actor'],
        ['actor_token_type', TYPE],
      ]),
    )
  })

  it.each<object>([{}, { actorToken: null, actorTokenType: null }])(
    'without an actor neither is sent: %j',
    async (none) => {
      const server = scriptedServer()
      await clientOf(server).exchangeToken({ ...EXCHANGE, ...none })
      expect(server.tokenRequests[0]?.body).not.toContain('actor')
    },
  )
})
