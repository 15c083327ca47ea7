import { describe, expect, it } from 'vitest'
import type { DelegatedFetchOptions } from '../../../src/index.js'
import { clientOf, thrownBy } from '../../support/scripted-server.js'
import { CALENDAR, OPTIONS, delegated, ok, tokens } from './delegated.js'

describe('a delegated fetch sends tokens to its origins alone', () => {
  it.each([
    ['another host', 'https://evil.example.com/'],
    ['a host that starts the same', 'https://calendar.example.com.evil.example/'],
    ['a host that ends the same', 'https://evilcalendar.example.com/'],
    ['a host in the user information', 'https://calendar.example.com@evil.example.com/'],
    ['a subdomain', 'https://a.calendar.example.com/'],
    ['a parent domain', 'https://example.com/'],
    ['another port', 'https://calendar.example.com:8443/'],
    ['another scheme', 'http://calendar.example.com/'],
    ['a trailing dot', 'https://calendar.example.com./'],
    ['a backslash', 'https://evil.example.com\\@calendar.example.com/'],
    ['a blob of the origin', 'blob:https://calendar.example.com/0b0b'],
    ['a data URL', 'data:text/plain,a'],
    ['a file', 'file:///etc/passwd'],
  ])('not to %s', async (_name, url) => {
    const { calendar, seen, exchanges } = delegated()
    expect(await thrownBy(calendar(url))).toMatchObject({ code: 'target_not_allowed', kind: 'policy', field: 'url' })
    expect(seen).toEqual([])
    expect(exchanges()).toBe(0)
  })

  it.each(['user:secret', 'user', ':secret'])('not along with other credentials: %s', async (credentials) => {
    const { calendar, exchanges } = delegated()
    const error = await thrownBy(calendar(`https://${credentials}@calendar.example.com/`))
    expect(error).toMatchObject({ code: 'target_not_allowed', reason: 'user_information' })
    expect(String(error)).not.toContain('secret')
    expect(exchanges()).toBe(0)
  })

  it.each(['https://calendar.example.com:443/', 'HTTPS://CALENDAR.example.com/events', 'https://calendar.example.com'])(
    'to %s, which is one of them',
    async (url) => {
      const { calendar, seen } = delegated()
      await calendar(url)
      expect(tokens(seen)).toEqual(['Bearer token-1'])
    },
  )

  it.each([
    ['an empty list', [], 'blank'],
    ['a relative address', ['/events'], 'malformed'],
    ['a host alone', ['calendar.example.com'], 'malformed'],
    ['a blank one', [''], 'malformed'],
    ['a wildcard for all', ['*'], 'malformed'],
    ['a path', ['https://calendar.example.com/v1'], 'malformed'],
    ['a query', ['https://calendar.example.com/?a=b'], 'malformed'],
    ['a fragment', ['https://calendar.example.com/#a'], 'malformed'],
    ['user information', ['https://user@calendar.example.com'], 'malformed'],
    ['http', ['http://calendar.example.com'], 'insecure'],
    ['ftp', ['ftp://calendar.example.com'], 'insecure'],
    ['a blob', ['blob:https://calendar.example.com'], 'malformed'],
    ['an opaque one', ['null'], 'malformed'],
    ['a good one and a bad one', [CALENDAR, 'http://calendar.example.com'], 'insecure'],
  ])('is not made with %s', (_name, origins, reason) => {
    expect(() => delegated([], { origins })).toThrow(
      expect.objectContaining({ code: 'invalid_parameter', field: 'origins', reason }) as Error,
    )
  })

  it.each([undefined, null, CALENDAR, [5]])('is not made with %s for a list', (origins) => {
    expect(() => delegated([], { origins: origins as unknown as string[] })).toThrow(TypeError)
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'delegatedFetch needs an options object'],
    ['null', null, 'delegatedFetch needs an options object'],
    ['a misspelt option', { ...OPTIONS, scopes: 'calendar:read' }, 'delegatedFetch has no option "scopes"'],
    ['a signal, which belongs to a request', { ...OPTIONS, signal: null }, 'delegatedFetch has no option "signal"'],
    ['a forced refresh', { ...OPTIONS, forceRefresh: true }, 'delegatedFetch has no option "forceRefresh"'],
  ])('is not made with %s', (_name, options, message) => {
    const client = clientOf({ fetch: () => expect.fail('a request was sent') })
    expect(() => client.delegatedFetch(options as DelegatedFetchOptions)).toThrow(new TypeError(message))
  })

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1',
    'http://[::1]:8080',
    'https://a.example.com/',
    'https://ümlaut.example',
  ])('is made with %s', async (origin) => {
    const { calendar, seen } = delegated([ok], { origins: [origin] })
    await calendar(new URL('/x', origin))
    expect(seen).toHaveLength(1)
  })
})

describe('a delegated fetch refuses, before anything is sent,', () => {
  it.each([
    ['Authorization of the caller', CALENDAR, { headers: { authorization: 'Bearer other' } }, 'Authorization'],
    ['Authorization as a list', CALENDAR, { headers: [['AUTHORIZATION', 'Bearer other']] }, 'Authorization'],
    ['Authorization as Headers', CALENDAR, { headers: new Headers({ Authorization: 'x' }) }, 'Authorization'],
    ['a Request', new Request(CALENDAR), {}, 'not a Request'],
    ['a relative URL', '/events', {}, 'absolute URL'],
    ['a text that is no URL', 'not a url', {}, 'absolute URL'],
    ['nothing', undefined, {}, 'takes a URL'],
    ['an init that is null', CALENDAR, null, 'a delegated fetch needs an options object'],
    ['a method in place of an init', CALENDAR, 'POST', 'a delegated fetch needs an options object'],
  ])('%s', async (_name, url, init, message) => {
    const { calendar, seen, exchanges } = delegated()
    const error = await thrownBy(calendar(url as string, init as RequestInit))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain(message)
    expect([seen.length, exchanges()]).toEqual([0, 0])
  })
})
