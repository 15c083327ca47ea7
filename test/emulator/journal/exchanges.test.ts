import { describe, expect, it } from 'vitest'
import type { ExchangeMatch } from '../../../src/emulator/index.js'
import { mint } from '../authorize/login-support.js'
import { custom, exchange, mcpToken, onBehalfOf, seeded, send } from '../support.js'

const CALENDAR = 'https://calendar.example.com'
const emulator = seeded()
await send(emulator, '/.well-known/jwks.json')
const token = await mcpToken(emulator)
await exchange(emulator, onBehalfOf(token, { scope: 'calendar:read calendar:write' }))
await exchange(emulator, onBehalfOf(token, { audience: 'https://reports.example.com' }))
await exchange(emulator, custom({ audience: [CALENDAR, 'https://api.example.com'] }))
await mint(emulator)

describe('exchanges are found', () => {
  it.each<[ExchangeMatch, readonly number[]]>([
    [{}, [2, 3, 4, 5, 6]],
    [{ clientId: 'mcp-server' }, [3, 4]],
    [{ clientId: 'mcp-server', status: 200 }, [3]],
    [{ grantType: 'urn:ietf:params:oauth:grant-type:token-exchange', audience: CALENDAR }, [3, 5]],
    [{ scope: 'calendar:write' }, [3]],
    [{ scope: 'calendar' }, []],
    [{ error: 'unauthorized_client' }, [4]],
    [{ subject: 'auth0|alice', actor: 'mcp-server' }, [3]],
    [{ actor: 'auth0|bob' }, [6]],
    [{ clientId: 'nobody' }, []],
  ])('by %j', (match, ids) => {
    expect(emulator.exchanges(match).map(({ id }) => id)).toEqual(ids)
  })
})

describe('an expected exchange', () => {
  it('is given', () => {
    expect(emulator.expectExchange({ clientId: 'mcp-server', status: 403 })).toBe(emulator.requests[3])
  })

  it.each<[string, ExchangeMatch, readonly string[]]>([
    [
      'that is not there lists those that are',
      { clientId: 'spa', audience: CALENDAR },
      [
        `No exchange with clientId "spa", audience "${CALENDAR}". There were 5:`,
        '  2. 200: spa for https://mcp.example.com',
        `  3. 200: mcp-server for ${CALENDAR}`,
        '  4. 403 unauthorized_client: mcp-server for https://reports.example.com, failed: client has a grant for the audience',
        `  5. 200: web-app for ${CALENDAR} https://api.example.com`,
        '  6. 200: support-console for urn:tenant.example.com:session_transfer',
      ],
    ],
    [
      'that is there twice lists both',
      { audience: CALENDAR },
      [
        `Not one exchange with audience "${CALENDAR}", but 2:`,
        `  3. 200: mcp-server for ${CALENDAR}`,
        `  5. 200: web-app for ${CALENDAR} https://api.example.com`,
      ],
    ],
  ])('%s', (_, match, lines) => {
    expect(() => emulator.expectExchange(match)).toThrow(new Error(lines.join('\n')))
  })

  it('when there was none at all says so', () => {
    expect(() => seeded().expectExchange()).toThrow(new Error('No exchange. There was none at all.'))
  })

  it('tells of no more than the last 20', async () => {
    const busy = seeded()
    for (let index = 0; index < 21; index++) await exchange(busy, custom({ audience: undefined }))
    const message = (() => {
      try {
        return busy.expectExchange({ status: 503 }).path
      } catch (error) {
        return (error as Error).message
      }
    })()
    expect(message.split('\n')).toHaveLength(21)
    expect(message).toMatch(
      /^No exchange with status 503\. There were 21:\n {2}2\. 200: web-app for the default audience\n/,
    )
  })
})
