import { describe, expect, it } from 'vitest'
import { createExchangeCache } from '../../../src/cache.js'
import { TOKEN_RESPONSE, thrownBy } from '../../support/scripted-server.js'
import { CALENDAR, delegated, ok, unauthorized, tokens, stream, NO_CACHE } from './delegated.js'

const REPLAYABLE: readonly (readonly [string, () => RequestInit['body']])[] = [
  ['no body', () => undefined],
  ['null', () => null],
  ['a text', () => 'hello'],
  ['a form', () => new URLSearchParams({ a: 'b' })],
  ['form data', () => new FormData()],
  ['a blob', () => new Blob(['hello'])],
  ['bytes', () => new Uint8Array([1, 2])],
  ['a buffer', () => new Uint8Array([1, 2]).buffer],
]

describe('when the API answers 401, a delegated fetch', () => {
  it.each(REPLAYABLE)('exchanges once and sends once more, with %s', async (_name, body) => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok])
    const sent = body()
    const response = await calendar(CALENDAR, { method: 'POST', ...(sent === undefined ? {} : { body: sent }) })
    expect(response.status).toBe(200)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(seen.map(({ init }) => init.body)).toEqual([sent, sent])
    expect(exchanges()).toBe(2)
  })

  it.each([
    ['without a cache', { cache: undefined }, {}],
    ['with a cache that it does not use', {}, { cache: false }],
  ])('exchanges once %s', async (_name, config, options) => {
    const issue = () => Response.json(TOKEN_RESPONSE)
    const { cache } = { cache: createExchangeCache(), ...config }
    const { calendar, seen, exchanges } = delegated([unauthorized, ok], options, cache ? { cache } : NO_CACHE, issue)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect([seen.length, exchanges()]).toEqual([2, 2])
  })

  it('exchanges once also when the server issues the same token again', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok], {}, {}, () => Response.json(TOKEN_RESPONSE))
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect([seen.length, exchanges()]).toEqual([2, 2])
  })

  it('gives the second 401 to its caller', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, () => new Response('still no', { status: 401 })])
    const response = await calendar(CALENDAR)
    expect([response.status, await response.text()]).toEqual([401, 'still no'])
    expect([seen.length, exchanges()]).toEqual([2, 2])
  })

  it('keeps the new token for the next call', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok])
    await calendar(CALENDAR)
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2'])
    expect(exchanges()).toBe(2)
  })

  it('exchanges again when the new token is refused later', async () => {
    const { calendar, seen } = delegated([unauthorized, ok, unauthorized, ok])
    await calendar(CALENDAR)
    expect((await calendar(CALENDAR)).status).toBe(200)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2', 'Bearer token-3'])
  })

  it('exchanges once for many calls whose token was refused', async () => {
    const { calendar, seen, exchanges } = delegated([...Array<() => Response>(20).fill(unauthorized), ok])
    const responses = await Promise.all(Array.from({ length: 20 }, () => calendar(CALENDAR)))
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(seen).toHaveLength(40)
    expect(exchanges()).toBe(2)
  })

  it('takes the token that another call has got meanwhile', async () => {
    let refuse: ((response: Response) => void) | undefined
    const answers = [() => undefined as unknown as Response, unauthorized, ok]
    const { calendar, seen, exchanges } = delegated(answers, {}, {})
    answers[0] = () =>
      new Promise<Response>((resolve) => {
        refuse = resolve
      }) as unknown as Response
    const slow = calendar(CALENDAR)
    await expect.poll(() => refuse).toBeDefined()
    await calendar(CALENDAR)
    refuse?.(unauthorized())
    expect((await slow).status).toBe(200)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2', 'Bearer token-2'])
    expect(exchanges()).toBe(2)
  })

  it('only forgets the token when the body is a stream', async () => {
    const { calendar, seen, exchanges } = delegated([unauthorized, ok])
    const body = stream()
    const response = await calendar(CALENDAR, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect([response.status, await response.text()]).toEqual([401, 'no'])
    expect([seen.length, exchanges()]).toEqual([1, 1])
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  it('gives its caller that answer also when there is nothing to forget', async () => {
    const { calendar } = delegated([unauthorized], {}, NO_CACHE)
    const response = await calendar(CALENDAR, { method: 'POST', body: stream(), duplex: 'half' } as RequestInit)
    expect(response.status).toBe(401)
  })

  it('gives its caller that answer also when forgetting fails', async () => {
    const cache = createExchangeCache()
    const invalidate = () => Promise.reject(new Error('broken'))
    const { calendar } = delegated([unauthorized], {}, { cache: { run: (call) => cache.run(call), invalidate } })
    const response = await calendar(CALENDAR, { method: 'POST', body: stream(), duplex: 'half' } as RequestInit)
    expect(response.status).toBe(401)
  })

  it.each<[string, HeadersInit, number]>([
    ['the refused answer', {}, 2],
    ['an answer that wants a nonce', { 'WWW-Authenticate': 'dpop error="use_dpop_nonce"', 'DPoP-Nonce': 'n1' }, 1],
  ])('lets go of %s', async (_name, headers, expected) => {
    let isCancelled = false
    const body = () =>
      new ReadableStream({
        cancel() {
          isCancelled = true
          return Promise.reject(new Error('no'))
        },
      })
    const { calendar, exchanges } = delegated([() => new Response(body(), { status: 401, headers }), ok])
    await calendar(CALENDAR)
    expect([isCancelled, exchanges()]).toEqual([true, expected])
  })

  it('reports that the second exchange failed', async () => {
    const { calendar, seen } = delegated([unauthorized], {}, {}, (count) =>
      count === 1
        ? Response.json(TOKEN_RESPONSE)
        : Response.json({ error: 'invalid_grant', error_description: 'expired' }, { status: 403 }),
    )
    expect(await thrownBy(calendar(CALENDAR))).toMatchObject({ code: 'token_exchange_failed' })
    expect(seen).toHaveLength(1)
  })

  it.each([200, 204, 302, 307, 400, 403, 404, 429, 500])('and only then: %s is given as it is', async (status) => {
    const answer = () => new Response(null, { status, headers: { location: 'https://evil.example.com/' } })
    const { calendar, seen, exchanges } = delegated([answer])
    expect((await calendar(CALENDAR)).status).toBe(status)
    expect([seen.length, exchanges()]).toEqual([1, 1])
  })
})
