import { describe, expect, it } from 'vitest'
import type { Action, ActionApi, ActionEvent, CachedValue, TenantConfig } from '../../../src/emulator/index.js'
import {
  claims,
  custom,
  exchange,
  expectFailure,
  member,
  seeded,
  TEST_TYPE,
  withAction,
  withClient,
} from '../support.js'
import { ID_TOKEN_TYPE } from '../../../generated/constants.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const MINUTE = 60_000

describe('the event tells', () => {
  async function eventOf(overrides: Partial<TenantConfig>, ip = '203.0.113.7'): Promise<ActionEvent> {
    let event: ActionEvent | undefined
    const action: Action = (received, api) => {
      event = received
      api.authentication.setUserById('auth0|alice')
    }
    const profile = { subjectTokenType: 'urn:acme:test', action, secrets: { KEY: 'value' } }
    const emulator = seeded({ ...overrides, tokenExchangeProfiles: [profile] })
    const organization = overrides.organizations?.[0]?.id
    expect((await exchange(emulator, custom({ ...TEST_TYPE, organization }), {}, { ip })).status).toBe(200)
    if (event === undefined) throw new Error('No event')
    return event
  }

  const geoip = { '203.0.113.7': { countryCode: 'CH', cityName: 'Bern', latitude: 46.9 } }

  it.each<[string, Partial<TenantConfig>, (event: ActionEvent) => unknown, unknown]>([
    ["the profile's secrets", {}, (event) => event.secrets, { KEY: 'value' }],
    ['where the address is', { geoip }, (event) => event.request.geoip, geoip['203.0.113.7']],
    ['nothing of another address', { geoip: { '192.0.2.1': {} } }, (event) => event.request.geoip, {}],
    ["the tenant's name", { name: 'acme' }, (event) => event.tenant.id, 'acme'],
    [
      "the organization's name and metadata",
      { organizations: [{ id: 'org_1', name: 'acme', displayName: 'Acme Ltd', metadata: { tier: 'gold' } }] },
      (event) => event.organization,
      { id: 'org_1', name: 'acme', display_name: 'Acme Ltd', metadata: { tier: 'gold' } },
    ],
    [
      "the client's metadata",
      withClient('web-app', { metadata: { a: 'b' } }),
      (event) => event.client.metadata,
      { a: 'b' },
    ],
  ])('%s', async (_what, overrides, read, expected) => {
    expect(read(await eventOf(overrides))).toEqual(expected)
  })
})

describe('the cache keeps a value from one exchange to the next', () => {
  async function cached(options: object, elapsed: number): Promise<CachedValue | undefined> {
    let found: CachedValue | undefined
    const emulator = withAction(({ transaction }, api) => {
      if (transaction.subject_token === 'set') api.cache.set('key', 'value', options)
      if (transaction.subject_token === 'delete') api.cache.delete('key')
      found = api.cache.get('key')
    })
    for (const subject_token of ['set', ...('delete' in options ? ['delete'] : [])]) {
      await exchange(emulator, custom({ ...TEST_TYPE, subject_token }))
    }
    emulator.advance(elapsed)
    await exchange(emulator, custom({ ...TEST_TYPE, subject_token: 'get' }))
    return found
  }

  it.each<[string, object, number, boolean]>([
    ['for 15 minutes', {}, 15 * MINUTE - 1000, true],
    ['and no longer', {}, 15 * MINUTE, false],
    ['for as long as it says', { ttl: MINUTE }, MINUTE - 1000, true],
    ['and no longer than that', { ttl: MINUTE }, MINUTE, false],
    ['until the moment that it says', { expires_at: 0 }, 0, false],
    ['until it is deleted', { delete: true }, 0, false],
  ])('%s', async (_rule, options, elapsed, isThere) => {
    expect((await cached(options, elapsed))?.value).toBe(isThere ? 'value' : undefined)
  })

  it('in its own emulator', async () => {
    const seen: unknown[] = []
    const action: Action = (_event, api) => {
      seen.push(api.cache.get('key'))
      api.cache.set('key', 'value')
    }
    for (const emulator of [withAction(action), withAction(action)]) await exchange(emulator, custom(TEST_TYPE))
    expect(seen).toEqual([undefined, undefined])
  })
})

describe("the user's metadata", () => {
  /** Bob's metadata, as the next Action sees them of an actor. */
  async function metadataAfter(change: (api: ActionApi) => void): Promise<unknown> {
    let seen: unknown
    const emulator = withAction(
      ({ transaction }, api) => {
        if (transaction.actor_token_user) {
          const { app_metadata, user_metadata } = transaction.actor_token_user
          seen = [app_metadata, user_metadata]
        }
        api.authentication.setUserById('auth0|bob')
        if (transaction.subject_token === 'change') change(api)
      },
      { users: [{ userId: 'auth0|bob', appMetadata: { plan: 'free', old: 1 } }] },
    )
    await exchange(emulator, custom({ ...TEST_TYPE, subject_token: 'change' }))
    const actor_token = member(await exchange(emulator, custom({ ...TEST_TYPE, scope: 'openid' })), 'id_token')
    await exchange(emulator, custom({ ...TEST_TYPE, actor_token, actor_token_type: ID_TOKEN_TYPE }))
    return seen
  }

  it.each<[string, (api: ActionApi) => void, unknown]>([
    ['are those of the config', () => undefined, [{ plan: 'free', old: 1 }, {}]],
    [
      'are set, and removed with null',
      ({ user }) => {
        user.setAppMetadata('plan', { name: 'pro' })
        user.setAppMetadata('old', null)
        user.setUserMetadata('language', 'de')
      },
      [{ plan: { name: 'pro' } }, { language: 'de' }],
    ],
    [
      'stay when the Action refuses',
      ({ access, user }) => {
        user.setAppMetadata('plan', 'pro')
        access.deny('no', 'No.')
      },
      [{ plan: 'free', old: 1 }, {}],
    ],
  ])('%s', async (_rule, change, expected) => {
    expect(await metadataAfter(change)).toEqual(expected)
  })
})

describe('setUserByConnection', () => {
  const users = [{ userId: 'legacy|carol', connection: 'legacy', email: 'carol@example.com', name: 'Carol' }]
  const connections = [{ name: 'legacy' }, { name: 'imported', importMode: true }]
  const run = (set: (api: ActionApi) => void, scope = 'openid profile') =>
    exchange(
      withAction(
        (_event, api) => {
          set(api)
        },
        { users, connections },
      ),
      custom({ ...TEST_TYPE, scope }),
    )

  const attributes = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`attribute${index}`, 'x']))

  it.each<[string, Parameters<ActionApi['authentication']['setUserByConnection']>, string]>([
    [
      'another email',
      ['legacy', { user_id: 'carol', email: 'other@example.com' }],
      'setUserByConnection: email cannot be changed.',
    ],
    [
      'another username',
      ['legacy', { user_id: 'carol', username: 'c' }],
      'setUserByConnection: username cannot be changed.',
    ],
    [
      'another phone number',
      ['legacy', { user_id: 'carol', phone_number: '+41310000000' }],
      'setUserByConnection: phone_number cannot be changed.',
    ],
    ['an unknown connection', ['x', { user_id: 'carol' }], 'setUserByConnection: there is no such connection.'],
    [
      'a long connection',
      ['x'.repeat(513), { user_id: 'carol' }],
      'setUserByConnection: a connection has at most 512 characters.',
    ],
    [
      'a connection that imports users',
      ['imported', { user_id: 'c' }],
      'setUserByConnection: the connection imports users, which is not supported.',
    ],
    [
      '25 attributes',
      ['legacy', { user_id: 'carol', ...attributes }],
      'setUserByConnection: a user has at most 24 attributes.',
    ],
  ])('is refused with %s', async (_rule, call, text) => {
    const reply = await run((api) => {
      api.authentication.setUserByConnection(...call)
    })
    expectFailure(reply, 400, 'invalid_request', text)
  })

  const profile = {
    name: 'Caroline Doe',
    given_name: 'Caroline',
    family_name: 'Doe',
    nickname: 'caro',
    picture: 'https://example.com/caro.png',
  }

  it.each<['replace' | 'none', object]>([
    ['none', { name: 'Carol' }],
    ['replace', profile],
  ])('with updateBehavior %s the profile is %j', async (updateBehavior, expected) => {
    const reply = await run((api) => {
      // As the sample in the vendor's documentation has it.
      const contact = { email: 'carol@example.com', email_verified: false, phone_verified: false, verify_email: false }
      api.authentication.setUserByConnection('legacy', { user_id: 'carol', ...contact, ...profile }, { updateBehavior })
    })
    const { sub, name, given_name, family_name, nickname, picture } = claims(reply, 'id_token')
    expect({ sub, name, given_name, family_name, nickname, picture }).toEqual({ sub: 'legacy|carol', ...expected })
  })

  it('makes a user with everything that it was given', async () => {
    const contact = { email: 'dave@example.com', email_verified: true, phone_number: '+41310000000' }
    const reply = await run((api) => {
      api.authentication.setUserByConnection('legacy', { user_id: 'dave', ...contact, ...profile })
    }, 'openid profile email')
    expect(claims(reply, 'id_token')).toMatchObject({ email: 'dave@example.com', email_verified: true, ...profile })
  })
})

it('time of the cache is that of the emulator', async () => {
  let entry: CachedValue | undefined
  const profile = {
    subjectTokenType: 'urn:acme:test',
    action: (_event: ActionEvent, api: ActionApi) => {
      entry = api.cache.set('key', 'value', { ttl: MINUTE })
    },
  }
  await exchange(
    seeded({ tokenExchangeProfiles: [profile] }, () => NOW),
    custom(TEST_TYPE),
  )
  expect(entry).toEqual({ value: 'value', expires_at: NOW + MINUTE })
})
