import { describe, expect, it } from 'vitest'
import { MFA_OTP_GRANT_TYPE } from '../../../generated/constants.js'
import type { Emulator } from '../../../src/emulator/index.js'
import {
  claims,
  custom,
  exchange,
  expectFailure,
  member,
  seeded,
  withApi,
  withUser,
  type Parameters,
} from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const UNKNOWN = 'Unknown or expired mfa_token.'
const mfa = withUser('auth0|alice', { mfaRequired: true, otp: '654321' })

const mfaToken = async (emulator: Emulator, overrides: Parameters = {}) =>
  member(await exchange(emulator, custom(overrides)), 'mfa_token')

const bring = (emulator: Emulator, mfa_token: string | undefined, overrides: Parameters = {}) =>
  exchange(emulator, {
    grant_type: MFA_OTP_GRANT_TYPE,
    client_id: 'web-app',
    client_secret: 'web-app-secret',
    mfa_token,
    otp: '654321',
    ...overrides,
  })

describe('a one-time password', () => {
  it('goes on with the exchange that stopped', async () => {
    const emulator = seeded(mfa)
    const reply = await bring(emulator, await mfaToken(emulator, { scope: 'openid read:data offline_access' }))
    expect(reply.body).toEqual({
      access_token: expect.any(String) as string,
      id_token: expect.any(String) as string,
      refresh_token: expect.any(String) as string,
      token_type: 'Bearer',
      expires_in: 86400,
    })
    expect(claims(reply)).toMatchObject({ sub: 'auth0|alice', scope: 'openid read:data offline_access' })
  })

  it('is 123456 unless the user has another', async () => {
    const emulator = seeded(withUser('auth0|alice', { mfaRequired: true }))
    expect((await bring(emulator, await mfaToken(emulator), { otp: '123456' })).status).toBe(200)
  })

  it('may be tried again when it was wrong', async () => {
    const emulator = seeded(mfa)
    const token = await mfaToken(emulator)
    expectFailure(await bring(emulator, token, { otp: '123456' }), 403, 'invalid_grant', 'Invalid otp_code.')
    expect((await bring(emulator, token)).status).toBe(200)
  })

  it('works once, whoever is fastest', async () => {
    const emulator = seeded(mfa)
    const token = await mfaToken(emulator)
    const replies = await Promise.all(Array.from({ length: 20 }, () => bring(emulator, token)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expectFailure(await bring(emulator, token), 400, 'invalid_grant', UNKNOWN)
  })

  it('counts for ten minutes', async () => {
    const emulator = seeded(mfa, () => NOW)
    const [early, late] = [await mfaToken(emulator), await mfaToken(emulator)]
    emulator.advance(599_999)
    expect((await bring(emulator, early)).status).toBe(200)
    emulator.advance(1)
    expectFailure(await bring(emulator, late), 400, 'invalid_grant', UNKNOWN)
  })

  it.each<[string, Parameters, number, string, string]>([
    ['no token', { mfa_token: undefined }, 400, 'invalid_request', 'Missing required parameter: mfa_token'],
    ['no password', { otp: undefined }, 400, 'invalid_request', 'Missing required parameter: otp'],
    ['an unknown token', { mfa_token: 'x' }, 400, 'invalid_grant', UNKNOWN],
    ['two tokens', { mfa_token: ['x', 'y'] }, 400, 'invalid_request', 'Parameter must not be repeated: mfa_token'],
    [
      'the token of another client',
      { client_id: 'mcp-server', client_secret: 'mcp-server-secret' },
      400,
      'invalid_grant',
      UNKNOWN,
    ],
  ])('is refused with %s', async (_rule, overrides, status, error, text) => {
    const emulator = seeded(mfa)
    expectFailure(await bring(emulator, await mfaToken(emulator), overrides), status, error, text)
  })

  it('does not stand in for consent', async () => {
    const emulator = seeded({ ...mfa, ...withApi('https://api.example.com', { skipConsent: false }) })
    expectFailure(await bring(emulator, await mfaToken(emulator)), 403, 'consent_required', 'Consent required')
  })
})

it('a second factor is not asked for in an organization', async () => {
  const reply = await exchange(seeded(mfa), custom({ organization: 'acme' }))
  expectFailure(reply, 400, 'invalid_request', 'MFA is not supported with an organization.')
})
