import { describe, expect, it } from 'vitest'
import { TOKEN_RESPONSE, thrownBy } from '../../support/scripted-server.js'
import { CALENDAR, delegated, tokens } from './delegated.js'

describe('a delegated fetch', () => {
  it('sends what it was given, when URL, init and headers serve the next call at once', async () => {
    const { calendar, seen } = delegated()
    const url = new URL(`${CALENDAR}/1`)
    const headers = new Headers({ 'X-Trace': 'a' })
    const init: RequestInit = { method: 'POST', headers, body: '1' }
    const first = calendar(url, init)
    url.pathname = '/2'
    init.body = '2'
    headers.set('X-Trace', 'b')
    await Promise.all([first, calendar(url, init)])
    const sent = seen.map((request) => [request.url, request.init.body, request.headers.get('X-Trace')])
    expect(sent).toEqual([
      [`${CALENDAR}/1`, '1', 'a'],
      [`${CALENDAR}/2`, '2', 'b'],
    ])
  })

  it('attaches the token, and passes on the rest', async () => {
    const { calendar, seen } = delegated()
    const response = await calendar(`${CALENDAR}/events?day=1#top`, {
      method: 'POST',
      headers: { 'X-Trace': 'abc' },
      body: 'hello',
    })
    expect(await response.text()).toBe('events')
    expect(seen).toHaveLength(1)
    expect(seen[0]?.url).toBe(`${CALENDAR}/events?day=1#top`)
    expect(seen[0]?.init).toMatchObject({ method: 'POST', body: 'hello', redirect: 'manual' })
    expect(Object.fromEntries(seen[0]?.headers ?? [])).toEqual({ 'x-trace': 'abc', authorization: 'Bearer token-1' })
  })

  it.each(['mac', 'N_A', '__proto__'])('uses no token of the type %s, which it does not understand', async (type) => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, token_type: type }),
    )
    expect(await thrownBy(calendar(CALENDAR))).toMatchObject({ code: 'invalid_response' })
    expect(seen).toEqual([])
  })

  it('uses no bound token when it has no key to prove', async () => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, token_type: 'DPoP' }),
    )
    expect(await thrownBy(calendar(CALENDAR))).toMatchObject({ code: 'invalid_response', field: 'token_type' })
    expect(seen).toEqual([])
  })

  it.each(['bearer', 'BEARER'])('takes %s for Bearer', async (type) => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, token_type: type }),
    )
    await calendar(CALENDAR)
    expect(tokens(seen)).toEqual([`Bearer ${TOKEN_RESPONSE.access_token}`])
  })

  it.each(['a b', 'canary\nX: y', 'é'])('uses no token that cannot stand in a header: %j', async (token) => {
    const { calendar, seen } = delegated(undefined, {}, {}, () =>
      Response.json({ ...TOKEN_RESPONSE, access_token: token }),
    )
    const error = await thrownBy(calendar(CALENDAR))
    expect(error).toMatchObject({ code: 'invalid_response', field: 'access_token' })
    expect(String(error)).not.toContain(token)
    expect(seen).toEqual([])
  })

  it('takes a URL object, and uses the cache', async () => {
    const { calendar, seen, exchanges } = delegated()
    for (let call = 0; call < 3; call++) await calendar(new URL('/events', CALENDAR))
    expect(tokens(seen)).toEqual(Array(3).fill('Bearer token-1'))
    expect(exchanges()).toBe(1)
  })

  it.each(['follow', 'error', 'manual'] as const)(
    'asks for redirects as they are, when told to %s',
    async (redirect) => {
      const { calendar, seen } = delegated()
      await calendar(CALENDAR, { redirect })
      expect(seen[0]?.init.redirect).toBe('manual')
    },
  )

  it('does not change the init of its caller', async () => {
    const { calendar } = delegated()
    const headers = new Headers({ 'x-trace': 'abc' })
    const init = Object.freeze({ headers })
    await calendar(CALENDAR, init)
    expect([...headers]).toEqual([['x-trace', 'abc']])
  })
})
