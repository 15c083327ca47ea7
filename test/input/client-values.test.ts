import { describe, expect, it } from 'vitest'
import { clientOf, scriptedServer } from '../support/scripted-server.js'

it.each([{ fetch: 'f' }, { onEvent: {} }, { now: 5 }])(
  'what cannot be called is a TypeError when the client is made: %j',
  (broken) => {
    expect(() => clientOf(scriptedServer(), broken as never)).toThrow(TypeError)
  },
)

it.each([[undefined], [null], [{}], ['secret']])('a method of authentication has an authenticate: %j', (method) => {
  expect(() => clientOf(scriptedServer(), { clientAuthentication: method as never })).toThrow(
    new TypeError('clientAuthentication must be a method such as clientSecretPost(secret)'),
  )
})

it('a blank audience is refused when the client is made', () => {
  expect(() => clientOf(scriptedServer(), { audience: ' ' })).toThrow(
    expect.objectContaining({ code: 'invalid_parameter', field: 'audience', reason: 'blank' }) as Error,
  )
})

it.each([[{}], [new Map()], [null], [true]])('a cache is of createExchangeCache: %j is a TypeError', (cache) => {
  expect(() => clientOf(scriptedServer(), { cache: cache as never })).toThrow(
    new TypeError('cache must come from createExchangeCache'),
  )
})

describe('the login URLs that a session may be transferred to are checked when the client is made', () => {
  it.each<[string, string, string]>([
    ['a word', 'x', 'malformed'],
    ['plain http', 'http://app.example.com/login', 'insecure'],
    ['a fragment', 'https://app.example.com/login#top', 'fragment'],
    ['a user', 'https://user@app.example.com/login', 'user_information'],
    ['a token', 'https://app.example.com/login?session_transfer_token=a', 'token_present'],
  ])('%s is none', (_rule, target, reason) => {
    expect(() => clientOf(scriptedServer(), { allowedTargets: ['https://app.example.com/login', target] })).toThrow(
      expect.objectContaining({ code: 'invalid_parameter', field: 'allowedTargets', reason }) as Error,
    )
  })

  it.each<[string, unknown, string]>([
    ['a text', 'https://app.example.com/login', 'allowedTargets must be a list of login URLs'],
    ['null', null, 'allowedTargets must be a list of login URLs'],
    ['a list of something else', [new URL('https://app.example.com')], 'allowedTargets: a login URL must be a string'],
  ])('%s is a TypeError', (_rule, allowedTargets, message) => {
    expect(() => clientOf(scriptedServer(), { allowedTargets: allowedTargets as never })).toThrow(
      new TypeError(message),
    )
  })
})
