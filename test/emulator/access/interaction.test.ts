import { describe, expect, it } from 'vitest'
import type { Action, Emulator } from '../../../src/emulator/index.js'
import {
  custom,
  exchange,
  expectFailure,
  mcpToken,
  onBehalfOf,
  seeded,
  withAction,
  withApi,
  withUser,
  TEST_TYPE,
  type Parameters,
} from '../support.js'

const MFA_TEXT = 'MFA is not supported using actor_token with the requested token exchange profile.'
const ACTOR = { actor_token: 'agent:bob', actor_token_type: 'urn:acme:agent' }
const mfa = withUser('auth0|alice', { mfaRequired: true })

const setActor: Action = (_event, api) => {
  api.authentication.setUserById('auth0|alice')
  api.authentication.setActor({ sub: 'auth0|bob' })
}

const ignoreActor: Action = (_event, api) => {
  api.authentication.setUserById('auth0|alice')
}

describe('a user who needs a second factor', () => {
  it('is answered with mfa_required and a token to go on with', async () => {
    const reply = await exchange(seeded(mfa), custom())
    expect([reply.status, reply.body]).toEqual([
      403,
      {
        error: 'mfa_required',
        error_description: 'Multifactor authentication required',
        mfa_token: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ])
  })

  it.each<[string, Emulator, Parameters]>([
    ['is set', withAction(setActor, mfa), TEST_TYPE],
    ['token came', withAction(ignoreActor, mfa), { ...TEST_TYPE, ...ACTOR }],
  ])('cannot be acted for: an actor %s', async (_name, emulator, overrides) => {
    expectFailure(await exchange(emulator, custom(overrides)), 400, 'invalid_request', MFA_TEXT)
  })

  it('does not stop others', async () => {
    expect((await exchange(seeded(mfa), custom({ subject_token: 'legacy-session:bob' }))).status).toBe(200)
  })
})

describe('an API that needs consent', () => {
  it.each<[string, (emulator: Emulator) => Promise<Parameters>, string]>([
    ['a custom exchange', () => Promise.resolve(custom()), 'https://api.example.com'],
    [
      'an exchange on behalf of a user',
      async (emulator) => onBehalfOf(await mcpToken(emulator)),
      'https://calendar.example.com',
    ],
  ])('refuses %s with consent_required', async (_name, prepare, identifier) => {
    const emulator = seeded(withApi(identifier, { skipConsent: false }))
    const reply = await exchange(emulator, await prepare(emulator))
    expectFailure(reply, 403, 'consent_required', 'Consent required')
  })
})
