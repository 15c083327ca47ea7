import { describe, expect, it } from 'vitest'
import type { Emulator } from '../../../src/emulator/index.js'
import { custom, exchange, expectFailure, seeded, send, TEST_TYPE, withAction } from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const MINUTE = 60_000

describe('suspicious IP throttling', () => {
  const BLOCKED =
    'We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.'
  const invalid = (emulator: Emulator, ip = '192.0.2.1') =>
    exchange(emulator, custom({ subject_token: 'invalid' }), {}, { ip })
  const valid = (emulator: Emulator, ip = '192.0.2.1', headers = {}, overrides = {}) =>
    exchange(emulator, custom(overrides), headers, { ip })

  async function exhausted(): Promise<Emulator> {
    const emulator = seeded({}, () => NOW)
    for (let attempt = 0; attempt < 10; attempt++) expect((await invalid(emulator)).status).toBe(400)
    return emulator
  }

  it('blocks an address after ten subject tokens that an Action rejected', async () => {
    const emulator = await exhausted()
    expectFailure(await valid(emulator), 429, 'too_many_attempts', BLOCKED)
    expect((await valid(emulator, '192.0.2.2')).status).toBe(200)
  })

  it('gives one more attempt every ten minutes', async () => {
    const emulator = await exhausted()
    emulator.advance(10 * MINUTE - 1)
    expect((await valid(emulator)).status).toBe(429)
    emulator.advance(1)
    expect([(await invalid(emulator)).status, (await valid(emulator)).status]).toEqual([400, 429])
    emulator.advance(100 * MINUTE)
    for (let attempt = 0; attempt < 10; attempt++) expect((await invalid(emulator)).status).toBe(400)
    expect((await invalid(emulator)).status).toBe(429)
  })

  it('counts by the address that a trusted client forwards', async () => {
    const emulator = await exhausted()
    const console = { client_id: 'support-console', client_secret: 'support-console-secret' }
    const forwarded = { 'auth0-forwarded-for': '192.0.2.1' }
    expect((await valid(emulator, '192.0.2.9', forwarded, console)).status).toBe(429)
    expect((await valid(emulator, '192.0.2.9', forwarded)).status).toBe(200)
  })

  it.each<[string, Parameters<typeof withAction>[0]]>([
    [
      'denies',
      (_event, api) => {
        api.access.deny('invalid_request', 'No.')
      },
    ],
    [
      'denies before it rejects',
      (_event, api) => {
        api.access.deny('invalid_request', 'No.')
        api.access.rejectInvalidSubjectToken('No.')
      },
    ],
    ['sets no user', () => undefined],
  ])('does not count that an Action %s', async (_name, action) => {
    const emulator = withAction(action)
    for (let attempt = 0; attempt < 12; attempt++) {
      expect((await exchange(emulator, custom(TEST_TYPE))).status).toBe(400)
    }
  })

  it('can be turned off', async () => {
    const emulator = seeded({ suspiciousIpThrottling: false })
    for (let attempt = 0; attempt < 12; attempt++) expect((await invalid(emulator)).status).toBe(400)
  })
})

describe('a rate limit', () => {
  const TEXT = 'Too many requests. Check the X-RateLimit-* headers.'
  const limited = () => seeded({ rateLimit: { requestsPerSecond: 2 } }, () => NOW)

  it('answers as many requests at once as it says, and then tells when to come back', async () => {
    const emulator = limited()
    const replies = await Promise.all([1, 2, 3].map(() => exchange(emulator, custom())))
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 429])
    const [, , refused] = replies
    if (refused === undefined) throw new Error('No third reply')
    expectFailure(refused, 429, 'too_many_requests', TEXT)
    const headers = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'Retry-After']
    expect(headers.map((name) => refused.headers.get(name))).toEqual(['2', '0', String(NOW / 1000 + 1), '1'])
  })

  it('lets one more through each time its share of a second is over', async () => {
    const emulator = limited()
    const status = async () => (await exchange(emulator, custom())).status
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429])
    emulator.advance(499)
    expect(await status()).toBe(429)
    emulator.advance(1)
    expect([await status(), await status()]).toEqual([200, 429])
    emulator.advance(60_000)
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429])
  })

  it('may be less than one a second', async () => {
    const emulator = seeded({ rateLimit: { requestsPerSecond: 0.5 } }, () => NOW)
    const replies = [await exchange(emulator, custom()), await exchange(emulator, custom())]
    expect(replies.map((reply) => reply.status)).toEqual([200, 429])
    expect(replies[1]?.headers.get('Retry-After')).toBe('2')
  })

  it('counts malformed requests too, and nothing but token requests', async () => {
    const emulator = limited()
    await exchange(emulator, {})
    await exchange(emulator, custom({ client_secret: 'wrong' }))
    expect((await exchange(emulator, custom())).status).toBe(429)
    expect((await send(emulator, '/.well-known/jwks.json')).status).toBe(200)
  })

  it.each<[string, (emulator: Emulator) => ReturnType<typeof send>, number]>([
    ['a success', (emulator) => exchange(emulator, custom()), 200],
    ['a failure', (emulator) => exchange(emulator, custom({ client_secret: 'wrong' })), 401],
    ['user info', (emulator) => send(emulator, '/userinfo'), 401],
  ])('is told with %s', async (_rule, ask, status) => {
    const emulator = limited()
    const replies = [await ask(emulator), await ask(emulator)]
    const names = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
    expect(replies.map((reply) => [reply.status, ...names.map((name) => reply.headers.get(name))])).toEqual([
      [status, '2', '1', String(NOW / 1000 + 1)],
      [status, '2', '0', String(NOW / 1000 + 1)],
    ])
  })

  it('of user info is one of its own', async () => {
    const emulator = limited()
    for (const status of [401, 401, 429]) expect((await send(emulator, '/userinfo')).status).toBe(status)
    expect((await exchange(emulator, custom())).status).toBe(200)
  })

  it('is not told where there is none', async () => {
    expect((await exchange(seeded(), custom())).headers.has('X-RateLimit-Limit')).toBe(false)
  })
})

it('an address on the allowlist is never blocked', async () => {
  const emulator = seeded({ suspiciousIpAllowlist: ['127.0.0.1'] })
  for (let attempt = 0; attempt < 12; attempt++) {
    expect((await exchange(emulator, custom({ subject_token: 'invalid' }))).status).toBe(400)
  }
})
