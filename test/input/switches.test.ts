import { generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

const keyPair = await generateKeyPair('ES256')
const NO_SWITCHES: readonly unknown[] = [1, 0, 'true', '', null, {}]

const CALLS: Readonly<Record<string, (client: ReturnType<typeof clientOf>, changes: object) => Promise<unknown>>> = {
  exchangeToken: (client, changes) => client.exchangeToken({ ...EXCHANGE, ...changes }),
  getTokenOnBehalfOf: (client, changes) =>
    client.getTokenOnBehalfOf({
      accessToken: { token: 'canary-access-token', verifiedBy: 'caller' },
      audience: 'https://calendar.example.com',
      ...changes,
    }),
  getUserInfo: (client, changes) => client.getUserInfo({ accessToken: 'canary-access-token', ...changes }),
}

const SWITCHES: readonly (readonly [call: string, name: string, option: (value: unknown) => object])[] = [
  ['exchangeToken', 'expectActor', (expectActor) => ({ expectActor })],
  ['exchangeToken', 'cache', (cache) => ({ cache })],
  ['exchangeToken', 'forceRefresh', (forceRefresh) => ({ forceRefresh })],
  ['exchangeToken', 'allowBearer', (allowBearer) => ({ dpop: { keyPair, allowBearer } })],
  ['getTokenOnBehalfOf', 'cache', (cache) => ({ cache })],
  ['getTokenOnBehalfOf', 'forceRefresh', (forceRefresh) => ({ forceRefresh })],
  ['getTokenOnBehalfOf', 'allowOwnAudience', (allowOwnAudience) => ({ allowOwnAudience })],
  ['getUserInfo', 'allowBearer', (allowBearer) => ({ dpop: { keyPair, allowBearer } })],
]

describe('a switch is true or false, and nothing that looks like it', () => {
  it.each(SWITCHES)('%s: %s', async (call, name, option) => {
    for (const value of NO_SWITCHES) {
      const server = scriptedServer()
      const error = await thrownBy(CALLS[call]?.(clientOf(server), option(value)) ?? Promise.resolve())
      expect(error, JSON.stringify(value)).toEqual(new TypeError(`${name} must be a boolean`))
      expect(server.urls).toEqual([])
    }
  })

  it('allowBearer of a client', () => {
    const dpop = { keyPair, allowBearer: 'no' as unknown as boolean }
    expect(() => clientOf(scriptedServer(), { dpop })).toThrow(new TypeError('allowBearer must be a boolean'))
  })
})
