import { describe, expect, it, vi } from 'vitest'
import type { ExchangeEvent } from '../src/index.js'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from './support/scripted-server.js'

describe('events', () => {
  it('tell of a success without a token', async () => {
    const events: ExchangeEvent[] = []
    const client = clientOf(scriptedServer(), { onEvent: (event) => events.push(event), now: () => 7 })
    await client.exchangeToken({ ...EXCHANGE, audience: 'https://api.example.com', scope: 'a b' })
    expect(events).toEqual([
      {
        flow: 'exchange',
        outcome: 'success',
        cache: 'bypass',
        coalesced: false,
        startedAt: 7,
        durationMs: expect.any(Number) as number,
        issuer: 'https://tenant.example.com/',
        audience: 'https://api.example.com',
        scope: 'a b',
      },
    ])
    expect(JSON.stringify(events)).not.toContain('canary')
  })

  it('tell of an error with its code and status', async () => {
    const events: ExchangeEvent[] = []
    const server = scriptedServer(() => Response.json({ error: 'invalid_grant' }, { status: 400 }))
    const client = clientOf(server, { onEvent: (event) => events.push(event) })
    await thrownBy(client.exchangeToken(EXCHANGE))
    await thrownBy(client.exchangeToken({ ...EXCHANGE, subjectToken: '' }))
    expect(events).toMatchObject([
      { outcome: 'error', code: 'token_exchange_failed', status: 400 },
      { outcome: 'error', code: 'invalid_token_format' },
    ])
  })

  it('whose listener throws do not break a call', async () => {
    const client = clientOf(scriptedServer(), {
      onEvent: () => {
        throw new Error('listener')
      },
    })
    expect((await client.exchangeToken(EXCHANGE)).accessToken).toBe('issued-access-token')
  })

  it('whose listener rejects do not end the process', async () => {
    const rejected = vi.fn()
    process.on('unhandledRejection', rejected)
    try {
      const onEvent = (): Promise<never> => Promise.reject(new Error('listener'))
      const client = clientOf(scriptedServer(), { onEvent })
      expect((await client.exchangeToken(EXCHANGE)).accessToken).toBe('issued-access-token')
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(rejected).not.toHaveBeenCalled()
    } finally {
      process.off('unhandledRejection', rejected)
    }
  })
})
