import { describe, expect, it } from 'vitest'
import type { ActClaim } from '../../../generated/openapi.js'
import { createEmulator, type TenantConfig } from '../../../src/emulator/index.js'
import {
  accessToken,
  claims,
  custom,
  exchange,
  expectFailure,
  onBehalfOf,
  TEST_TYPE,
  type Parameters,
} from '../support.js'

const DEPTH_TEXT = 'Delegation chain (`act` claim) depth exceeds the maximum allowed limit of 4'

describe('the delegation chain', () => {
  /** API n is client n; each client may call the next API. */
  const NUMBERS = [0, 1, 2, 3, 4, 5, 6]
  const tenant: TenantConfig = {
    users: [{ userId: 'auth0|alice' }],
    apis: NUMBERS.map((number) => ({ identifier: `https://api-${number}.test`, scopes: ['use'] })),
    clients: NUMBERS.map((number) => ({
      clientId: `client-${number}`,
      clientSecret: 'secret',
      resourceServerIdentifier: `https://api-${number}.test`,
      tokenExchange: { allowAnyProfileOfType: ['custom_authentication', 'on_behalf_of_token_exchange'] },
    })),
    clientGrants: NUMBERS.map((number) => ({
      clientId: `client-${number}`,
      audience: `https://api-${number + 1}.test`,
      scope: ['use'],
    })).slice(0, -1),
    tokenExchangeProfiles: [
      {
        subjectTokenType: 'urn:acme:test',
        action: ({ transaction }, api) => {
          api.authentication.setUserById('auth0|alice')
          if (transaction.actor_token !== undefined)
            api.authentication.setActor(JSON.parse(transaction.actor_token) as ActClaim)
        },
      },
    ],
  }
  const emulator = createEmulator({ seed: 1, tenant })
  const start = (overrides: Parameters = {}) =>
    exchange(
      emulator,
      custom({
        client_id: 'client-0',
        client_secret: 'secret',
        audience: 'https://api-1.test',
        scope: 'use',
        ...TEST_TYPE,
        ...overrides,
      }),
    )
  const hop = (token: string, number: number) =>
    exchange(
      emulator,
      onBehalfOf(token, {
        client_id: `client-${number}`,
        client_secret: 'secret',
        audience: `https://api-${number + 1}.test`,
        scope: 'use',
      }),
    )
  const subs = (act: unknown): string[] => {
    const { sub, act: inner } = act as ActClaim
    return [sub, ...(inner === undefined ? [] : subs(inner))]
  }

  it('grows over four hops to five actors, and the fifth hop is refused', async () => {
    let reply = await start()
    for (const number of [1, 2, 3, 4]) {
      reply = await hop(accessToken(reply), number)
      const expected = NUMBERS.slice(0, number + 1).reverse()
      expect(subs(claims(reply)['act'])).toEqual(expected.map((each) => `client-${each}`))
    }
    expectFailure(await hop(accessToken(reply), 5), 400, 'invalid_request', DEPTH_TEXT)
  })

  it('counts what an Action set: four actors may have one more, five may not', async () => {
    const withActors = (actors: string) => start({ actor_token: actors, actor_token_type: 'urn:acme:agent' })
    const four = '{"sub":"a","act":{"sub":"b","act":{"sub":"c","act":{"sub":"d"}}}}'
    const allowed = await hop(accessToken(await withActors(four)), 1)
    expect(subs(claims(allowed)['act'])).toEqual(['client-1', 'a', 'b', 'c', 'd'])
    const five = four.replace('{"sub":"d"}', '{"sub":"d","act":{"sub":"e"}}')
    expectFailure(await hop(accessToken(await withActors(five)), 1), 400, 'invalid_request', DEPTH_TEXT)
  })
})
