import { describe, it } from 'vitest'
import { JWT_TOKEN_TYPE } from '../../../generated/constants.js'
import { createEmulator, defaultTenant } from '../../../src/emulator/index.js'
import { custom, exchange, expectFailure, seeded, type Parameters } from '../support.js'

const emulator = seeded()

describe('refusals', () => {
  const PAIR = 'actor_token and actor_token_type must be provided together.'

  it.each<[string, Parameters, number, string, string]>([
    ['no grant type', { grant_type: undefined }, 400, 'invalid_request', 'Missing required parameter: grant_type'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 'Grant type not supported'],
    [
      'a client without the flag',
      { client_id: 'reports-agent', client_secret: 'reports-agent-secret' },
      403,
      'unauthorized_client',
      'The client is not allowed to use custom token exchange.',
    ],
    ['no subject token', { subject_token: '' }, 400, 'invalid_request', 'Missing required parameter: subject_token'],
    ['no type', { subject_token_type: '' }, 400, 'invalid_request', 'Missing required parameter: subject_token_type'],
    ['an actor token alone', { actor_token: 'x' }, 400, 'invalid_request', PAIR],
    ['an actor token type alone', { actor_token_type: 'urn:a:b' }, 400, 'invalid_request', PAIR],
    ['an actor token without a value', { actor_token: '', actor_token_type: 'urn:a:b' }, 400, 'invalid_request', PAIR],
    [
      'a type without a profile',
      { subject_token_type: 'urn:acme:unknown' },
      400,
      'invalid_request',
      'No token exchange profile exists for the subject_token_type.',
    ],
    [
      'another requested type',
      { requested_token_type: JWT_TOKEN_TYPE },
      400,
      'invalid_request',
      'The requested_token_type is not supported.',
    ],
    [
      'a session transfer token',
      { audience: 'urn:tenant.example.com:session_transfer' },
      400,
      'invalid_request',
      'Session Transfer Tokens cannot be requested using Custom Token Exchange.',
    ],
    [
      'an unknown audience',
      { audience: 'https://unknown.example' },
      403,
      'access_denied',
      'Service not enabled within domain: https://unknown.example',
    ],
    [
      'an unknown audience beside a known one, with characters that no error may hold',
      { audience: ['https://api.example.com', 'a"b\\c\né'] },
      403,
      'access_denied',
      `Service not enabled within domain: a'b?c??`,
    ],
    [
      'an unknown organization',
      { organization: 'org_unknown' },
      400,
      'invalid_request',
      'parameter organization is invalid: org_unknown',
    ],
    [
      'an invalid subject token',
      { subject_token: 'invalid-1' },
      400,
      'invalid_request',
      'The subject token is not valid.',
    ],
  ])('%s', async (_name, overrides, status, error, description) => {
    expectFailure(await exchange(emulator, custom(overrides)), status, error, description)
  })

  it('a client whose grant types leave it out', async () => {
    const clients = defaultTenant().clients.map((client) => ({ ...client, grantTypes: ['refresh_token'] }))
    expectFailure(
      await exchange(seeded({ clients }), custom()),
      403,
      'unauthorized_client',
      'Grant type `urn:ietf:params:oauth:grant-type:token-exchange` not allowed for the client.',
    )
  })

  it('no audience when the tenant has no default', async () => {
    const { defaultAudience: _unused, ...tenant } = defaultTenant()
    const reply = await exchange(createEmulator({ seed: 1, tenant }), custom({ audience: undefined }))
    expectFailure(reply, 400, 'invalid_request', 'Missing required parameter: audience')
  })
})
