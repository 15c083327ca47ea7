import { describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE } from '../../../generated/constants.js'
import {
  defaultTenant,
  type Action,
  type Emulator,
  type TenantConfig,
  type TokenDialect,
  type UserAccessPolicy,
} from '../../../src/emulator/index.js'
import { answer, authorize, loginRequest } from '../authorize/login-support.js'
import {
  accessToken,
  claims,
  custom,
  exchange,
  expectFailure,
  mcpToken,
  onBehalfOf,
  seeded,
  TEST_TYPE,
  tokenHeader,
  withAction,
  withApi,
  withClient,
  withUser,
  type Parameters,
} from '../support.js'

const API = 'https://api.example.com'
const setAlice: Action = (_event, api) => {
  api.authentication.setUserById('auth0|alice')
}
const policy = (value: UserAccessPolicy, identifier = API) =>
  withApi(identifier, { subjectTypeAuthorization: { user: { policy: value } } })
const granted = { clientGrants: [{ clientId: 'web-app', audience: API, scope: ['read:data'] }] }
const NO_GRANT = 'The client has no grant for the audience.'
const NONE = 'The API gives no client tokens of users.'

describe("an API's policy for tokens of users", () => {
  it.each<[string, Partial<TenantConfig>, Parameters, string | undefined]>([
    [
      'allow_all grants what is asked for',
      policy('allow_all'),
      { scope: 'read:data write:data' },
      'read:data write:data',
    ],
    [
      'require_client_grant grants what the client has',
      { ...policy('require_client_grant'), ...granted },
      { scope: 'read:data write:data' },
      'read:data',
    ],
    [
      'and nothing that is not asked for',
      { ...policy('require_client_grant'), ...granted },
      { scope: undefined },
      undefined,
    ],
  ])('%s', async (_rule, overrides, parameters, scope) => {
    expect(claims(await exchange(seeded(overrides), custom(parameters)))['scope']).toBe(scope)
  })

  it.each<[string, Partial<TenantConfig>, string]>([
    ['require_client_grant refuses a client without one', policy('require_client_grant'), NO_GRANT],
    ['deny_all refuses every client', { ...policy('deny_all'), ...granted }, NONE],
  ])('%s, at an exchange and at a login', async (_rule, overrides, text) => {
    const emulator = seeded(overrides)
    expectFailure(await exchange(emulator, custom()), 403, 'unauthorized_client', text)
    const login = await authorize(emulator, loginRequest({ client_id: 'web-app', audience: API }))
    expect(answer(login)).toMatchObject({ error: 'unauthorized_client', error_description: text })
  })

  it('deny_all refuses exchanges on behalf of users too', async () => {
    const emulator = seeded(policy('deny_all', 'https://calendar.example.com'))
    const reply = await exchange(emulator, onBehalfOf(await mcpToken(emulator)))
    expectFailure(reply, 403, 'unauthorized_client', NONE)
  })
})

describe('a client', () => {
  const TEXT = 'Custom token exchange needs a first-party client that conforms to OIDC.'

  it.each([['isFirstParty'], ['oidcConformant']])('without %s exchanges nothing', async (flag) => {
    const emulator = seeded(withClient('web-app', { [flag]: false }))
    expectFailure(await exchange(emulator, custom()), 403, 'unauthorized_client', TEXT)
  })

  it('that requires proof of possession gets no token without one', async () => {
    const emulator = seeded(withClient('web-app', { requireProofOfPossession: true }))
    const text = 'The client requires proof of possession: the request needs a DPoP header.'
    expectFailure(await exchange(emulator, custom()), 400, 'invalid_request', text)
  })
})

describe('the token dialect', () => {
  const user = withUser('auth0|alice', { permissions: { [API]: ['read:data'] } })

  it.each<[TokenDialect, string, object]>([
    ['access_token', 'JWT', { azp: 'web-app' }],
    ['access_token_authz', 'JWT', { azp: 'web-app', permissions: ['read:data'] }],
    ['rfc9068_profile', 'at+jwt', { client_id: 'web-app' }],
    ['rfc9068_profile_authz', 'at+jwt', { client_id: 'web-app', permissions: ['read:data'] }],
  ])('%s has the type %s', async (tokenDialect, type, expected) => {
    const reply = await exchange(seeded({ ...user, ...withApi(API, { tokenDialect }) }), custom({ scope: undefined }))
    expect(tokenHeader(reply).typ).toBe(type)
    const { azp, client_id, permissions } = claims(reply)
    expect(JSON.parse(JSON.stringify({ azp, client_id, permissions }))).toEqual(expected)
  })
})

describe('with strictTokenTypes', () => {
  const strict = (subjectTokenType: string): Emulator =>
    seeded({
      tokenExchangeProfiles: [{ subjectTokenType, action: setAlice }],
      strictTokenTypes: true,
    })

  it.each([
    'urn:ietf:params:oauth:token-type:jwt',
    'URN:IETF:x:y',
    'urn:auth0:anything',
    'urn:okta:anything',
    'http://auth0.com/x',
    'https://AUTH0.com/x',
    'https://okta.com',
  ])('a subject token of the reserved type %s reaches no profile', async (type) => {
    const reply = await exchange(strict(type), custom({ subject_token_type: type }))
    expectFailure(reply, 400, 'invalid_request', 'No token exchange profile exists for the subject_token_type.')
  })

  it.each(['urn:ietfoo:x', 'https://auth0.com.acme.io', 'http://acme.com/legacy-token', 'urn:acme:x'])(
    'one of the type %s does',
    async (type) => {
      expect((await exchange(strict(type), custom({ subject_token_type: type }))).status).toBe(200)
    },
  )

  const tenant = () => seeded({ ...defaultTenant(), strictTokenTypes: true })

  it.each<[string, Parameters, number, string]>([
    [
      'an actor token of another reserved type',
      { actor_token: 'x', actor_token_type: ACCESS_TOKEN_TYPE },
      400,
      'The actor_token_type is in a reserved namespace.',
    ],
    [
      'an actor token that is no ID token',
      { actor_token: 'x', actor_token_type: ID_TOKEN_TYPE },
      400,
      'Invalid actor token: it is not a signed JWT',
    ],
  ])('%s is refused', async (_rule, parameters, status, text) => {
    expectFailure(await exchange(tenant(), custom(parameters)), status, 'invalid_request', text)
  })

  it.each<[string, Parameters, string]>([
    [
      'an actor',
      { actor_token: 'x', actor_token_type: 'urn:acme:agent' },
      'On-behalf-of token exchange takes no actor token.',
    ],
    ['no requested type', { requested_token_type: undefined }, 'Missing required parameter: requested_token_type'],
    ['another requested type', { requested_token_type: ID_TOKEN_TYPE }, 'The requested_token_type is not supported.'],
  ])('an access token is exchanged on behalf of a user, and refused with %s', async (_rule, parameters, text) => {
    const emulator = tenant()
    const reply = await exchange(emulator, onBehalfOf(await mcpToken(emulator), parameters))
    expectFailure(reply, 400, 'invalid_request', text)
  })
})

describe('the depth of a delegation chain', () => {
  async function exchangeWith(actors: number, strictObo4: boolean) {
    const chain = Array.from({ length: actors }, (_, index) => ({ sub: `actor-${index}` }))
    const actor = chain.reduceRight<{ sub: string; act?: object } | undefined>(
      (act, node) => ({ ...node, ...(act && { act }) }),
      undefined,
    )
    const emulator = withAction(
      (_event, api) => {
        api.authentication.setUserById('auth0|alice')
        if (actor !== undefined) api.authentication.setActor(actor as { sub: string })
      },
      { strictObo4 },
    )
    const subject = accessToken(await exchange(emulator, custom({ ...TEST_TYPE, audience: 'https://mcp.example.com' })))
    return (await exchange(emulator, onBehalfOf(subject))).status
  }

  it.each([
    [3, false, 200],
    [4, false, 200],
    [5, false, 400],
    [3, true, 200],
    [4, true, 400],
  ])('of %i actors with strictObo4 %s is answered with %i', async (actors, strictObo4, status) => {
    expect(await exchangeWith(actors, strictObo4)).toBe(status)
  })
})
