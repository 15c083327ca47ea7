import { describe, expect, it } from 'vitest'
import { checkMayAct, describeDelegation, requireActor, type ActorPolicy } from '../../src/act.js'

const ISSUER = 'https://tenant.example.com/'
const delegated = { iss: ISSUER, sub: 'user', act: { sub: 'mcp', act: { sub: 'spa' } } }
const inPerson = { iss: ISSUER, sub: 'user' }

describe('an actor that the policy lets act', () => {
  it.each<[string, object, ActorPolicy, object | undefined]>([
    ['is given back with its issuer', delegated, { allow: ['mcp'] }, { sub: 'mcp', iss: ISSUER }],
    [
      'named with the issuer of the token',
      delegated,
      { allow: [{ sub: 'mcp', iss: ISSUER }] },
      { sub: 'mcp', iss: ISSUER },
    ],
    [
      'of another issuer, when that is named',
      { ...delegated, act: { sub: 'mcp', iss: 'https://b.example' } },
      { allow: [{ sub: 'mcp', iss: 'https://b.example' }] },
      { sub: 'mcp', iss: 'https://b.example' },
    ],
    [
      'one of several issuers',
      delegated,
      { allow: [{ sub: 'mcp', iss: 'https://b.example' }, 'mcp'] },
      { sub: 'mcp', iss: ISSUER },
    ],
    ['in a token without an issuer', { act: { sub: 'mcp' } }, { allow: ['mcp'] }, { sub: 'mcp', iss: undefined }],
    [
      'with a malformed prior actor',
      { act: { sub: 'mcp', act: 7 } },
      { allow: ['mcp'] },
      { sub: 'mcp', iss: undefined },
    ],
    [
      'with a malformed prior actor, at exactly maxDepth',
      { act: { sub: 'mcp', act: 7 } },
      { allow: ['mcp'], maxDepth: 2 },
      { sub: 'mcp', iss: undefined },
    ],
    ['in a chain of exactly maxDepth', delegated, { allow: ['mcp'], maxDepth: 2 }, { sub: 'mcp', iss: ISSUER }],
    ['nobody, when an actor is optional', inPerson, { actor: 'optional', allow: ['mcp'] }, undefined],
    ['nobody, when an actor is forbidden', inPerson, { actor: 'forbidden' }, undefined],
    ['act: null is nobody', { ...inPerson, act: null }, { actor: 'forbidden' }, undefined],
  ])('%s', (_rule, claims, policy, actor) => {
    expect(requireActor(claims, policy)).toEqual(actor)
  })
})

describe('an actor that the policy does not let act', () => {
  it.each<[string, object, ActorPolicy, string]>([
    ['nobody, when one is required', inPerson, { allow: ['mcp'] }, 'no_actor'],
    ['anybody, when actors are forbidden', delegated, { actor: 'forbidden' }, 'unexpected_actor'],
    ['another one', delegated, { allow: ['spa'] }, 'unknown_actor'],
    [
      'a prior actor that is allowed does not help',
      { ...delegated, act: { sub: 'evil', act: { sub: 'mcp' } } },
      { allow: ['mcp'] },
      'unknown_actor',
    ],
    ['an empty list allows nobody', delegated, { allow: [] }, 'unknown_actor'],
    ['another one, when an actor is optional', delegated, { actor: 'optional', allow: ['spa'] }, 'unknown_actor'],
    [
      'the same name at another issuer',
      { ...delegated, act: { sub: 'mcp', iss: 'https://evil.example' } },
      { allow: ['mcp'] },
      'unknown_issuer',
    ],
    [
      'the own issuer, when another is named',
      delegated,
      { allow: [{ sub: 'mcp', iss: 'https://b.example' }] },
      'unknown_issuer',
    ],
    [
      'an inherited issuer is no issuer',
      { ...delegated, act: Object.assign(Object.create({ iss: 'https://b.example' }) as object, { sub: 'mcp' }) },
      { allow: [{ sub: 'mcp', iss: 'https://b.example' }] },
      'unknown_issuer',
    ],
    ['a chain over maxDepth', delegated, { allow: ['mcp'], maxDepth: 1 }, 'too_deep'],
    ['a malformed prior actor counts', { act: { sub: 'mcp', act: 7 } }, { allow: ['mcp'], maxDepth: 1 }, 'too_deep'],
  ])('%s', (_rule, claims, policy, reason) => {
    expect(() => requireActor(claims, policy)).toThrow(
      expect.objectContaining({ code: 'actor_not_allowed', kind: 'policy', field: 'act', reason }) as Error,
    )
  })

  it.each([[{ act: 'mcp' }], [{ act: { sub: '' } }], [{ act: { sub: 'mcp', iss: 7 } }]])(
    'a malformed current actor: %j',
    (claims) => {
      expect(() => requireActor(claims, { allow: ['mcp'] })).toThrow(
        expect.objectContaining({ code: 'invalid_act_claim' }) as Error,
      )
    },
  )
})

it.each([
  ['nothing', undefined],
  ['a misspelt rule', { allow: ['mcp'], maxdepth: 1 }],
  ['an unknown demand', { actor: 'optonal', allow: ['mcp'] }],
  ['no list of actors', {}],
  ['a list that is a string', { allow: 'mcp' }],
  ['an actor that is a number', { allow: [7] }],
  ['an actor that is null', { allow: [null] }],
  ['an actor without a name', { allow: [{ iss: ISSUER }] }],
  ['an actor with a misspelt issuer', { allow: [{ sub: 'mcp', issuer: 'https://elsewhere.example/' }] }],
  ['an issuer that is no string', { allow: [{ sub: 'mcp', iss: null }] }],
  ['a depth of nothing', { allow: ['mcp'], maxDepth: 0 }],
  ['a depth with a fraction', { allow: ['mcp'], maxDepth: 1.5 }],
  ['a depth that is no number', { allow: ['mcp'], maxDepth: Number.NaN }],
])('a policy of %s is a TypeError, whoever acts', (_rule, policy) => {
  for (const claims of [delegated, inPerson]) {
    expect(() => requireActor(claims, policy as unknown as ActorPolicy)).toThrow(TypeError)
  }
})

it.each([undefined, null, 'mcp'])('what is no policy is named: %j', (policy) => {
  expect(() => requireActor(inPerson, policy as unknown as ActorPolicy)).toThrow(
    new TypeError('requireActor needs a policy'),
  )
})

it.each([{ allow: ['mcp'], ['s'.repeat(900)]: 1 }, { allow: [{ sub: 'mcp', ['s'.repeat(900)]: 1 }] }])(
  'a long name that is refused is not repeated, since it may be a secret in the wrong place',
  (policy) => {
    expect(() => requireActor(delegated, policy as unknown as ActorPolicy)).toThrow(/"\(900 characters\)"/)
  },
)

it('a delegation is described for one line of a log', () => {
  expect(describeDelegation(delegated)).toEqual({
    subject: 'user',
    currentActor: 'mcp',
    chain: ['mcp', 'spa'],
    depth: 2,
  })
  expect(describeDelegation({ sub: 7 }).subject).toBeUndefined()
  expect(describeDelegation(inPerson)).toEqual({ subject: 'user', currentActor: undefined, chain: [], depth: 0 })
})

describe('may_act', () => {
  const actor = { iss: ISSUER, sub: 'agent', client_id: 'console' }
  it.each<[string, unknown, object, string]>([
    ['is not stated', undefined, actor, 'not_stated'],
    ['null is not stated', null, actor, 'not_stated'],
    ['names the actor of the same issuer', { sub: 'agent' }, actor, 'allowed'],
    ['names issuer and subject', { iss: ISSUER, sub: 'agent' }, actor, 'allowed'],
    ['names another issuer', { iss: 'https://b.example', sub: 'agent' }, actor, 'denied'],
    [
      'names an actor of another issuer',
      { iss: 'https://b.example', sub: 'agent' },
      { ...actor, iss: 'https://b.example' },
      'allowed',
    ],
    [
      'without an issuer, of an actor from elsewhere',
      { sub: 'agent' },
      { ...actor, iss: 'https://b.example' },
      'denied',
    ],
    ['names somebody else', { sub: 'other' }, actor, 'denied'],
    ['every member counts', { sub: 'agent', client_id: 'other' }, actor, 'denied'],
    ['every member fits', { sub: 'agent', client_id: 'console' }, actor, 'allowed'],
    [
      'numbers and switches count',
      { sub: 'agent', level: 2, staff: true },
      { ...actor, level: 2, staff: true },
      'allowed',
    ],
    ['null is no value', { sub: 'agent', level: null }, { ...actor, level: null }, 'denied'],
    ['names nobody', {}, actor, 'denied'],
    ['names an issuer alone', { iss: ISSUER }, actor, 'denied'],
    ['a member that cannot be compared', { sub: 'agent', groups: ['a'] }, { ...actor, groups: ['a'] }, 'denied'],
    ['an inherited claim of the actor', { sub: 'agent' }, Object.create(actor) as object, 'denied'],
  ])('%s', (_rule, mayAct, actorClaims, expected) => {
    expect(checkMayAct({ iss: ISSUER, sub: 'user', may_act: mayAct }, actorClaims)).toBe(expected)
  })

  it.each([undefined, null, 'agent', []])('is compared with claims alone: %j', (claims) => {
    const error = new TypeError('claims must be an object: the verified claims of a token')
    expect(() => checkMayAct({}, claims as never)).toThrow(error)
    expect(() => checkMayAct(claims as never, actor)).toThrow(error)
  })

  it.each([['agent'], [[]], [7], [false]])('that is no object is an error: %j', (mayAct) => {
    expect(() => checkMayAct({ may_act: mayAct }, actor)).toThrow(
      expect.objectContaining({ code: 'invalid_act_claim', field: 'may_act' }) as Error,
    )
  })
})
