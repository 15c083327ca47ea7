import { expect, it } from 'vitest'
import type { ExchangeTokenOptions } from '../../src/index.js'
import { asGiven } from '../../src/input/as-given.js'
import { EXCHANGE, TOKEN_RESPONSE, clientOf, scriptedServer } from '../support/scripted-server.js'

class Legacy {
  readonly subjectToken = 'canary-token'
  readonly subjectTokenType = 'urn:x:y'
  get scope(): string {
    return 'read'
  }
}

it.each<[string, ExchangeTokenOptions]>([
  ['a frozen object', Object.freeze({ ...EXCHANGE, scope: 'read' })],
  ['an object without a prototype', Object.assign(Object.create(null) as object, EXCHANGE, { scope: 'read' })],
  ['an object on top of others', Object.assign(Object.create({ scope: 'read' }) as object, EXCHANGE)],
  ['a class with a getter', new Legacy()],
])('the options may be %s', async (_what, options) => {
  const server = scriptedServer(() => Response.json(TOKEN_RESPONSE))
  await clientOf(server).exchangeToken(options)
  expect(server.tokenRequests[0]?.form).toContainEqual(['scope', 'read'])
})

it('a getter that throws has the call reject, and throw nothing itself', async () => {
  const options = {
    ...EXCHANGE,
    get scope(): string {
      throw new Error('no scope yet')
    },
  }
  let call: Promise<unknown> | undefined
  expect(() => (call = clientOf(scriptedServer()).exchangeToken(options))).not.toThrow()
  await expect(call).rejects.toThrow('no scope yet')
})

it('a name that objects inherit is no option, and changes no prototype', async () => {
  const options = JSON.parse('{"__proto__":{"scope":"read"}}') as object
  const server = scriptedServer()
  await expect(clientOf(server).exchangeToken({ ...EXCHANGE, ...options })).rejects.toThrow(
    new TypeError('exchangeToken has no option "__proto__"'),
  )
  expect(server.urls).toEqual([])
})

it('lists are copied, and what is frozen is not', () => {
  const verified = Object.freeze({ claims: {} })
  const options = { requiredClaims: ['org_id'], resource: ['a'], accessToken: verified, extra: new Map() }
  const given = asGiven(options)
  options.requiredClaims.push('b')
  options.resource.pop()
  expect(given).toEqual({ requiredClaims: ['org_id'], resource: ['a'], accessToken: verified, extra: new Map() })
  expect(given.accessToken).toBe(verified)
})

it.each([null, 'a-token', () => 'a-token', 7])(
  'an access token that is no object is left for the checks: %s',
  (accessToken) => {
    expect(asGiven({ accessToken }).accessToken).toBe(accessToken)
  },
)
