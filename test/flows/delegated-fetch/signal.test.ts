import { describe, expect, it } from 'vitest'
import { thrownBy } from '../../support/scripted-server.js'
import { CALENDAR, delegated, ok, unauthorized } from './delegated.js'

describe('the signal of a delegated fetch', () => {
  it('ends the call before anything is sent', async () => {
    const { calendar, seen, exchanges } = delegated()
    expect(await thrownBy(calendar(CALENDAR, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted' })
    expect([seen.length, exchanges()]).toEqual([0, 0])
  })

  it('may be null', async () => {
    expect((await delegated().calendar(CALENDAR, { signal: null })).status).toBe(200)
  })

  it('reaches the API’s request', async () => {
    const { calendar, seen } = delegated()
    const { signal } = new AbortController()
    await calendar(CALENDAR, { signal })
    expect(seen[0]?.init.signal).toBe(signal)
  })

  it('ends the second exchange', async () => {
    const controller = new AbortController()
    const answer = () => {
      controller.abort()
      return unauthorized()
    }
    const { calendar, exchanges } = delegated([answer, ok])
    expect(await thrownBy(calendar(CALENDAR, { signal: controller.signal }))).toMatchObject({ code: 'aborted' })
    expect(exchanges()).toBe(1)
  })
})
