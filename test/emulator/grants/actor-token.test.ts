import { describe, expect, it } from 'vitest'
import { ID_TOKEN_TYPE } from '../../../generated/constants.js'
import {
  createEmulator,
  defaultTenant,
  type Action,
  type ActionEvent,
  type UserConfig,
} from '../../../src/emulator/index.js'
import { claims, custom, exchange, expectFailure, member, mcpToken, seeded, TEST_TYPE, withAction } from '../support.js'

const withActor = (token: string, overrides = {}) =>
  custom({ actor_token: token, actor_token_type: ID_TOKEN_TYPE, ...overrides })

async function idToken(emulator = seeded(), subject_token = 'legacy-session:bob'): Promise<string> {
  return member(await exchange(emulator, custom({ subject_token, scope: 'openid' })), 'id_token')
}

describe('an actor token that is an ID token of the tenant', () => {
  it('makes its user the actor in the default tenant', async () => {
    const emulator = seeded()
    const reply = await exchange(emulator, withActor(await idToken(emulator)))
    expect(claims(reply)).toMatchObject({ sub: 'auth0|alice', act: { sub: 'auth0|bob' } })
  })

  it.each<[string, UserConfig, object]>([
    [
      'what is known of it',
      {
        userId: 'auth0|bob',
        connection: 'staff',
        email: 'bob@example.com',
        emailVerified: true,
        phoneNumber: '+41310000000',
        phoneVerified: true,
        username: 'bob',
        name: 'Bob Bell',
        givenName: 'Bob',
        familyName: 'Bell',
        nickname: 'bobby',
        picture: 'https://example.com/bob.png',
      },
      {
        email: 'bob@example.com',
        email_verified: true,
        phone_number: '+41310000000',
        phone_verified: true,
        username: 'bob',
        name: 'Bob Bell',
        given_name: 'Bob',
        family_name: 'Bell',
        nickname: 'bobby',
        picture: 'https://example.com/bob.png',
        identities: [{ connection: 'staff', user_id: 'bob' }],
      },
    ],
    [
      'nothing else',
      { userId: 'auth0|bob' },
      { email_verified: false, identities: [{ connection: 'Username-Password-Authentication', user_id: 'bob' }] },
    ],
  ])('is offered to the Action with its user and %s', async (_what, bob, known) => {
    let transaction: ActionEvent['transaction'] | undefined
    const action: Action = (event, api) => {
      transaction = event.transaction
      api.authentication.setUserById('auth0|alice')
    }
    const emulator = withAction(action, { users: [{ userId: 'auth0|alice' }, bob] })
    await exchange(emulator, withActor(await idToken(), TEST_TYPE))
    const metadata = { app_metadata: {}, user_metadata: {} }
    expect(transaction?.actor_token_user).toEqual({ user_id: 'auth0|bob', ...known, ...metadata })
  })
})

describe('an actor token that is said to be an ID token is refused', () => {
  const tampered = async () => {
    const [header, payload, signature = ''] = (await idToken()).split('.')
    return `${header ?? ''}.${payload ?? ''}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  }
  const unsigned = (payload: object) =>
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.`
  const critical = `${Buffer.from('{"alg":"RS256","crit":["canary"],"canary":1}').toString('base64url')}.e30.AAAA`

  it.each<[string, () => Promise<string> | string, string]>([
    ['not a token', () => 'canary', 'it is not a signed JWT'],
    ['not signed', () => unsigned({ sub: 'auth0|bob' }), 'it is not a signed JWT'],
    ['with an unknown critical header', () => critical, 'it is not a signed JWT'],
    ['changed', tampered, 'signature verification failed'],
    ['signed with another key', () => idToken(createEmulator()), 'signature verification failed'],
    [
      'of another issuer',
      () => idToken(createEmulator({ seed: 1, issuer: 'https://other.example.com' })),
      `unexpected 'iss' claim value`,
    ],
    ['an access token', () => mcpToken(seeded()), 'it is not an ID token'],
  ])('%s', async (_name, token, reason) => {
    expectFailure(
      await exchange(seeded(), withActor(await token())),
      400,
      'invalid_request',
      `Invalid actor token: ${reason}`,
    )
  })

  it('expired', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z')
    const emulator = seeded({}, () => now)
    const token = await idToken(emulator)
    now += 36000 * 1000 - 1
    expect(await exchange(emulator, withActor(token))).toMatchObject({ status: 200 })
    now += 1
    const text = `Invalid actor token: 'exp' claim timestamp check failed`
    expectFailure(await exchange(emulator, withActor(token)), 400, 'invalid_request', text)
  })

  it.each([
    ['gone', defaultTenant().users.filter((user) => user.userId !== 'auth0|bob')],
    ['blocked', defaultTenant().users.map((user) => ({ ...user, blocked: user.userId === 'auth0|bob' }))],
  ])('of a user who is %s', async (_name, users) => {
    const text = 'Invalid actor token: its user does not exist or is blocked'
    expectFailure(await exchange(seeded({ users }), withActor(await idToken())), 400, 'invalid_request', text)
  })
})
