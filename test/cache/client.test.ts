import { generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import {
  ACCESS_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  JWT_TOKEN_TYPE,
  SESSION_TRANSFER_TOKEN_TYPE,
  type ExchangeEvent,
  type OnBehalfOfOptions,
  type TokenExchangeClientConfig,
} from '../../src/index.js'
import { EXCHANGE, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy, type Reply } from '../support/scripted-server.js'
import { START_MS, virtualClock } from './support/calls.js'
import { KEYS, recordingStore } from './support/stores.js'

const OWN_KEY = await generateKeyPair('ES256')
const CALL: OnBehalfOfOptions = {
  accessToken: { token: 'canary-subject-token', verifiedBy: 'caller' },
  audience: 'https://calendar.example.com',
  scope: 'calendar:read',
}

/** A token, signed by nobody, that ends so many seconds after the start. */
function endingAfter(seconds: number): string {
  const payload = Buffer.from(JSON.stringify({ exp: START_MS / 1000 + seconds })).toString('base64url')
  return `e30.${payload}.c2ln`
}

/** A client with a cache, of which the server issues `token-1`, `token-2` and so on. */
function cached(config: Partial<TokenExchangeClientConfig> = {}, members: object = {}) {
  let count = 0
  const reply: Reply = () => Response.json({ ...TOKEN_RESPONSE, access_token: `token-${++count}`, ...members })
  const server = scriptedServer(reply)
  const events: ExchangeEvent[] = []
  const onEvent = (event: ExchangeEvent) => events.push(event)
  const client = clientOf(server, { cache: createExchangeCache(), onEvent, ...config })
  return { client, events, requests: () => server.tokenRequests.length }
}

describe('an on-behalf-of call', async () => {
  it('uses the cache of its client', async () => {
    const { client, events, requests } = cached()
    for (const scope of ['a b', 'b a', 'a b a']) await client.getTokenOnBehalfOf({ ...CALL, scope })
    expect(requests()).toBe(1)
    expect(events.map(({ cache, coalesced }) => [cache, coalesced])).toEqual([
      ['miss', false],
      ['hit', false],
      ['hit', false],
    ])
  })

  it('is one request for a hundred at the same time', async () => {
    const { client, events, requests } = cached()
    const results = await Promise.all(Array.from({ length: 100 }, () => client.getTokenOnBehalfOf(CALL)))
    expect(new Set(results.map(({ accessToken }) => accessToken))).toEqual(new Set(['token-1']))
    expect(requests()).toBe(1)
    expect(events.filter(({ coalesced }) => coalesced)).toHaveLength(99)
  })

  const others: readonly (readonly [string, Partial<OnBehalfOfOptions>])[] = [
    ['another user', { accessToken: { token: 'other', verifiedBy: 'caller' } }],
    ['another audience', { audience: 'https://mail.example.com' }],
    ['another scope', { scope: 'calendar:write' }],
    ['one scope more', { scope: 'calendar:read calendar:write' }],
    ['another address', { forwardedFor: '203.0.113.7' }],
    ['another key', { dpop: { keyPair: await generateKeyPair('ES256') } }],
  ]
  it.each(others)('asks again for %s', async (_name, change) => {
    const { client, requests } = cached({ dpop: { keyPair: OWN_KEY } }, { token_type: 'DPoP' })
    await client.getTokenOnBehalfOf(CALL)
    await client.getTokenOnBehalfOf({ ...CALL, ...change })
    expect(requests()).toBe(2)
  })

  it('asks the server with cache: false, and leaves the cache as it is', async () => {
    const { client, events } = cached()
    await client.getTokenOnBehalfOf(CALL)
    expect(await client.getTokenOnBehalfOf({ ...CALL, cache: false })).toMatchObject({ accessToken: 'token-2' })
    expect(await client.getTokenOnBehalfOf(CALL)).toMatchObject({ accessToken: 'token-1' })
    expect(events.map(({ cache }) => cache)).toEqual(['miss', 'bypass', 'hit'])
  })

  it('asks the server with forceRefresh, and after invalidate', async () => {
    const { client } = cached({ domain: () => Promise.resolve('tenant.example.com') })
    await client.getTokenOnBehalfOf(CALL)
    expect(await client.getTokenOnBehalfOf({ ...CALL, forceRefresh: true })).toMatchObject({ accessToken: 'token-2' })
    expect(await client.getTokenOnBehalfOf(CALL)).toMatchObject({ accessToken: 'token-2' })
    await client.invalidate({ ...CALL, scope: 'calendar:read calendar:read' })
    expect(await client.getTokenOnBehalfOf(CALL)).toMatchObject({ accessToken: 'token-3' })
  })

  it('counts by the clock of the client, until the subject token ends', async () => {
    const clock = virtualClock()
    const { client, requests } = cached({ now: clock.now })
    const call = { ...CALL, accessToken: { token: endingAfter(100), verifiedBy: 'caller' } } as const
    await client.getTokenOnBehalfOf(call)
    clock.advance(69_999)
    await client.getTokenOnBehalfOf(call)
    expect(requests()).toBe(1)
    clock.advance(1)
    await client.getTokenOnBehalfOf(call)
    expect(requests()).toBe(2)
  })

  it.each([{ id_token: 'canary-id' }, { refresh_token: 'canary-refresh' }])(
    'is not stored or shared when the server sends %o',
    async (members) => {
      const store = recordingStore()
      const { client, requests } = cached({ cache: createExchangeCache({ store, keys: KEYS }) }, members)
      const results = await Promise.all([client.getTokenOnBehalfOf(CALL), client.getTokenOnBehalfOf(CALL)])
      expect(results.map((result) => Object.keys(result))).toEqual(
        Array(2).fill(['accessToken', 'tokenType', 'issuedTokenType', 'expiresIn', 'expiresAt']),
      )
      await client.getTokenOnBehalfOf(CALL)
      expect(requests()).toBe(3)
      expect(store.asked.map(({ operation }) => operation)).toEqual(['get', 'get'])
    },
  )

  it('tells of a failure that the cache was asked', async () => {
    const { client, events } = cached({}, { access_token: '' })
    expect(await thrownBy(client.getTokenOnBehalfOf(CALL))).toMatchObject({ code: 'invalid_response' })
    expect(events).toMatchObject([{ outcome: 'error', cache: 'miss' }])
  })

  it('gives an unbound token only to those who accept one', async () => {
    const keyPair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const { client } = cached()
    await client.getTokenOnBehalfOf({ ...CALL, dpop: { keyPair, allowBearer: true } })
    expect(await thrownBy(client.getTokenOnBehalfOf({ ...CALL, dpop: { keyPair } }))).toMatchObject({
      code: 'invalid_response',
      field: 'token_type',
    })
  })
})

describe('another exchange', () => {
  it('uses the cache only when it is told to', async () => {
    const { client, events, requests } = cached()
    for (const cache of [undefined, false, true, true]) {
      await client.exchangeToken({ ...EXCHANGE, ...(cache === undefined ? {} : { cache }) })
    }
    expect(events.map(({ cache }) => cache)).toEqual(['bypass', 'bypass', 'miss', 'hit'])
    expect(requests()).toBe(3)
  })

  it('cannot use a cache that its client does not have', async () => {
    const server = scriptedServer()
    const error = await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, cache: true }))
    expect(error).toMatchObject({ code: 'invalid_configuration', field: 'cache', reason: 'missing' })
    expect(server.urls).toEqual([])
  })

  it.each([
    ['subject', 100, 200],
    ['actor', 200, 100],
  ])('is kept until the %s ends, when it ends first', async (_first, subject, actor) => {
    const clock = virtualClock()
    const { client, requests } = cached({ now: clock.now })
    const call = {
      subjectToken: endingAfter(subject),
      subjectTokenType: ACCESS_TOKEN_TYPE,
      actorToken: endingAfter(actor),
      actorTokenType: ACCESS_TOKEN_TYPE,
      cache: true,
    } as const
    await client.exchangeToken(call)
    clock.advance(69_999)
    await client.exchangeToken(call)
    expect(requests()).toBe(1)
    clock.advance(1)
    await client.exchangeToken(call)
    expect(requests()).toBe(2)
  })

  it('does not share with an on-behalf-of call', async () => {
    const { client, requests } = cached()
    const { audience } = CALL
    await client.getTokenOnBehalfOf({ accessToken: CALL.accessToken, audience })
    await client.exchangeToken({
      subjectToken: 'canary-subject-token',
      subjectTokenType: ACCESS_TOKEN_TYPE,
      requestedTokenType: ACCESS_TOKEN_TYPE,
      audience,
      cache: true,
    })
    expect(requests()).toBe(2)
  })

  it('is checked for its actor also when the same one was stored without the check', async () => {
    const { client } = cached()
    const call = { ...EXCHANGE, actorToken: 'canary-actor', actorTokenType: 'urn:acme:agent', cache: true } as const
    await client.exchangeToken(call)
    expect(await thrownBy(client.exchangeToken({ ...call, expectActor: true }))).toMatchObject({
      code: 'actor_not_recorded',
    })
  })

  it.each([
    ['nothing in particular', undefined, 1],
    ['an access token', ACCESS_TOKEN_TYPE, 1],
    ['a JWT, which may be no access token', JWT_TOKEN_TYPE, 2],
    ['an ID token', ID_TOKEN_TYPE, 2],
  ])('for %s asks as often as what it asks for can be kept', async (_what, requestedTokenType, times) => {
    const { client, requests } = cached()
    const call = { ...EXCHANGE, requestedTokenType, cache: true }
    for (const options of [call, call]) await client.exchangeToken(options)
    expect(requests()).toBe(times)
  })

  it('for a session transfer token never does', async () => {
    const store = recordingStore()
    const members = { issued_token_type: SESSION_TRANSFER_TOKEN_TYPE, token_type: 'N_A' }
    const { client, events } = cached({ cache: createExchangeCache({ store, keys: KEYS }) }, members)
    for (let call = 0; call < 2; call++) {
      await client.requestSessionTransferToken({
        ...EXCHANGE,
        actorToken: 'canary-actor',
        actorTokenType: 'urn:acme:agent',
      })
    }
    await thrownBy(client.exchangeToken({ ...EXCHANGE, requestedTokenType: SESSION_TRANSFER_TOKEN_TYPE, cache: true }))
    expect(events.map(({ cache }) => cache)).toEqual(['bypass', 'bypass', 'bypass'])
    expect(store.asked).toEqual([])
  })
})
