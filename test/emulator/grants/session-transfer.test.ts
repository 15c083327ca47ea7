import { describe, expect, it } from 'vitest'
import {
  ACCESS_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  JWT_TOKEN_TYPE,
  SESSION_TRANSFER_TOKEN_TYPE,
} from '../../../generated/constants.js'
import { createEmulator } from '../../../src/emulator/index.js'
import { sessionTransfer } from '../authorize/login-support.js'
import {
  accessToken,
  custom,
  exchange,
  expectFailure,
  member,
  seeded,
  TEST_TYPE,
  withAction,
  withClient,
  withUser,
  type Parameters,
} from '../support.js'

const emulator = seeded()
const DISABLED = 'Session Transfer Tokens cannot be requested using Custom Token Exchange.'
const ACTOR_REQUIRED = 'setActor is required when requesting a session transfer token via token exchange.'
const WITHOUT_ACTOR = { actor_token: undefined, actor_token_type: undefined }

describe('a session transfer token', () => {
  it('comes with its type, its lifetime, and nothing else', async () => {
    const reply = await exchange(emulator, sessionTransfer({ scope: 'openid offline_access read:data' }))
    expect(reply.status).toBe(200)
    expect(reply.body).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      issued_token_type: SESSION_TRANSFER_TOKEN_TYPE,
      token_type: 'N_A',
      expires_in: 60,
    })
  })

  it('is another one each time', async () => {
    const replies = [await exchange(emulator, sessionTransfer()), await exchange(emulator, sessionTransfer())]
    expect(new Set(replies.map(accessToken)).size).toBe(2)
  })

  it('takes the ID token of the signed-in agent as actor token', async () => {
    const login = { ...WITHOUT_ACTOR, audience: undefined, subject_token: 'legacy-session:bob', scope: 'openid' }
    const idToken = member(await exchange(emulator, sessionTransfer(login)), 'id_token')
    const reply = await exchange(emulator, sessionTransfer({ actor_token: idToken, actor_token_type: ID_TOKEN_TYPE }))
    expect(reply.status).toBe(200)
  })

  it('needs no actor token when the Action sets an actor of its own', async () => {
    const reply = await exchange(
      withAction((_event, api) => {
        api.authentication.setUserById('auth0|alice')
        api.authentication.setActor({ sub: 'auth0|bob' })
      }),
      sessionTransfer({ ...TEST_TYPE, ...WITHOUT_ACTOR }),
    )
    expect(reply.body['token_type']).toBe('N_A')
  })

  it.each<[string, Parameters]>([
    ['not at all', {}],
    ['as an access token', { requested_token_type: ACCESS_TOKEN_TYPE }],
    ['as itself', { requested_token_type: SESSION_TRANSFER_TOKEN_TYPE }],
  ])('may be asked for by requested_token_type %s, since the audience decides', async (_name, overrides) => {
    const reply = await exchange(emulator, sessionTransfer(overrides))
    expect(reply.body['issued_token_type']).toBe(SESSION_TRANSFER_TOKEN_TYPE)
  })

  it('leaves the second factor to the login that it opens', async () => {
    const reply = await exchange(seeded(withUser('auth0|alice', { mfaRequired: true })), sessionTransfer())
    expect(reply.status).toBe(200)
  })
})

describe('the audience of a session transfer', () => {
  const withPort = createEmulator({ seed: 1, issuer: 'http://localhost:3000' })
  const withDomains = seeded({ customDomains: ['Login.Example.com'] })

  it.each([
    ['the host', emulator, 'urn:tenant.example.com:session_transfer'],
    ['the host in another case', emulator, 'URN:Tenant.Example.COM:Session_Transfer'],
    ['the host and port', withPort, 'urn:localhost:3000:session_transfer'],
    ['the host alone, when the issuer has a port', withPort, 'urn:localhost:session_transfer'],
    ['a custom domain', withDomains, 'urn:login.example.com:session_transfer'],
    ['the host beside custom domains', withDomains, 'urn:tenant.example.com:session_transfer'],
  ])('may name %s', async (_name, server, audience) => {
    expect((await exchange(server, sessionTransfer({ audience }))).body['token_type']).toBe('N_A')
  })

  it('may come as resource', async () => {
    const resource = 'urn:tenant.example.com:session_transfer'
    expect((await exchange(emulator, sessionTransfer({ audience: undefined, resource }))).status).toBe(200)
  })

  it.each(['urn:other.example.com:session_transfer', 'urn::session_transfer', 'urn:example.com:session_transfer'])(
    'is unknown when it names another domain: %s',
    async (audience) => {
      const text = `Service not enabled within domain: ${audience}`
      expectFailure(await exchange(emulator, sessionTransfer({ audience })), 403, 'access_denied', text)
    },
  )
})

describe('a session transfer is refused', () => {
  it.each<[string, Parameters, number, string, string]>([
    [
      'to a client that may not ask for it',
      { client_id: 'web-app', client_secret: 'web-app-secret' },
      400,
      'invalid_request',
      DISABLED,
    ],
    [
      'to a public client',
      { client_id: 'spa', client_secret: undefined },
      403,
      'unauthorized_client',
      'A session transfer token needs a client that authenticates.',
    ],
    ['without an actor', WITHOUT_ACTOR, 400, 'invalid_request', ACTOR_REQUIRED],
    [
      'beside another audience',
      { audience: ['urn:tenant.example.com:session_transfer', 'https://api.example.com'] },
      400,
      'invalid_request',
      'A session transfer token takes no other audience.',
    ],
    [
      'as another type',
      { requested_token_type: JWT_TOKEN_TYPE },
      400,
      'invalid_request',
      'The requested_token_type is not supported.',
    ],
    [
      'for an unknown organization',
      { organization: 'org_unknown' },
      400,
      'invalid_request',
      'parameter organization is invalid: org_unknown',
    ],
  ])('%s', async (_name, overrides, status, error, text) => {
    expectFailure(await exchange(emulator, sessionTransfer(overrides)), status, error, text)
  })

  it('with a chain of actors', async () => {
    const chained = withAction((_event, api) => {
      api.authentication.setUserById('auth0|alice')
      api.authentication.setActor({ sub: 'auth0|bob', act: { sub: 'console' } })
    })
    const text = 'A session transfer token takes a single actor.'
    expectFailure(await exchange(chained, sessionTransfer(TEST_TYPE)), 400, 'invalid_request', text)
  })

  it('for a user who is not a member of the organization', async () => {
    const outside = seeded({ organizations: [{ id: 'org_1', members: ['auth0|bob'] }] })
    const text = 'The user is not a member of the organization.'
    expectFailure(await exchange(outside, sessionTransfer({ organization: 'org_1' })), 400, 'invalid_request', text)
  })

  it('as another type of token for an API', async () => {
    const parameters = custom({ requested_token_type: SESSION_TRANSFER_TOKEN_TYPE })
    const text = 'The requested_token_type is not supported.'
    expectFailure(await exchange(emulator, parameters), 400, 'invalid_request', text)
  })

  it.each([
    ['session_transfer_disabled', withClient('support-console', { sessionTransfer: {} }), {}, DISABLED],
    ['setactor_required', {}, WITHOUT_ACTOR, ACTOR_REQUIRED],
  ])('with the announced code %s when the tenant sends it', async (code, tenant, overrides, text) => {
    const machineReadable = seeded({ ...tenant, machineReadableSttErrors: true })
    expectFailure(await exchange(machineReadable, sessionTransfer(overrides)), 400, code, text)
  })
})
