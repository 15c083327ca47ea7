import { describe, expect, it } from 'vitest'
import type { Action, ActionApi, Emulator, OrganizationConfig, TenantConfig } from '../../../src/emulator/index.js'
import { authorize, loginRequest, mint, signIn, answer } from '../authorize/login-support.js'
import {
  claims,
  custom,
  exchange,
  expectFailure,
  seeded,
  TEST_TYPE,
  withAction,
  withClient,
  type Parameters,
} from '../support.js'

const ORGANIZATIONS: readonly OrganizationConfig[] = [
  { id: 'org_1', name: 'one', members: ['auth0|alice'] },
  { id: 'org_2', name: 'two', members: [] },
]

function settingOrganization(organization: string, overrides: Partial<TenantConfig> = {}): Emulator {
  const action: Action = (_event, api) => {
    api.authentication.setUserById('auth0|alice')
    api.authentication.setOrganization(organization)
  }
  return withAction(action, { organizations: ORGANIZATIONS, ...overrides })
}

describe('the organization of an exchange', () => {
  it.each<[string, string, Parameters, string]>([
    ['is the one that the Action set, by id', 'org_1', {}, 'org_1'],
    ['or by name', 'one', {}, 'org_1'],
    ['or that Action and request agree on', 'one', { organization: 'org_1' }, 'org_1'],
  ])('%s', async (_rule, set, parameters, expected) => {
    const reply = await exchange(settingOrganization(set), custom({ ...TEST_TYPE, ...parameters }))
    expect(claims(reply)['org_id']).toBe(expected)
  })

  const usage = (organizationUsage: 'allow' | 'require' | 'deny') => withClient('web-app', { organizationUsage })
  const MISMATCH = 'The organization that the Action set is not that of the request.'

  it.each<[string, Emulator, Parameters, string]>([
    ['the Action set another', settingOrganization('org_2'), { organization: 'org_1' }, MISMATCH],
    [
      'the Action set none that exists',
      settingOrganization('x'),
      {},
      'The organization that the Action set does not exist.',
    ],
    ['the user is no member', settingOrganization('org_2'), {}, 'The user is not a member of the organization.'],
    [
      'the client takes none from the Action',
      settingOrganization('org_1', usage('deny')),
      {},
      'The client does not take the organization that the Action set.',
    ],
    [
      'the client takes none',
      seeded(usage('deny')),
      { organization: 'acme', subject_token_type: 'urn:acme:legacy-session' },
      'parameter organization is not allowed for this client',
    ],
    [
      'the client needs one',
      seeded(usage('require')),
      { subject_token_type: 'urn:acme:legacy-session' },
      'parameter organization is required for this client',
    ],
  ])('is refused when %s', async (_rule, emulator, parameters, text) => {
    expectFailure(await exchange(emulator, custom({ ...TEST_TYPE, ...parameters })), 400, 'invalid_request', text)
  })

  it('may come from the Action where the client needs one', async () => {
    const emulator = settingOrganization('org_1', usage('require'))
    expect((await exchange(emulator, custom(TEST_TYPE))).status).toBe(200)
  })

  it('is refused at a login of a client that takes none', async () => {
    const emulator = seeded(withClient('customer-app', { organizationUsage: 'deny' }))
    expect(answer(await authorize(emulator, loginRequest({ organization: 'acme' })))).toMatchObject({
      error: 'invalid_request',
      error_description: 'parameter organization is not allowed for this client',
    })
  })
})

describe('a connection of an organization', () => {
  const organization = (assignMembershipOnLogin: boolean): Partial<TenantConfig> => ({
    organizations: [
      { id: 'org_1', members: [], enabledConnections: [{ connection: 'legacy', assignMembershipOnLogin }] },
    ],
  })
  const inOrganization = (set: (api: ActionApi) => void, overrides: Partial<TenantConfig>) =>
    withAction((_event, api) => {
      set(api)
      api.authentication.setOrganization('org_1')
    }, overrides)
  const byConnection = ({ authentication }: ActionApi) => {
    authentication.setUserByConnection('legacy', { user_id: 'carol' })
  }

  it('makes its users members when it says so and they come by connection', async () => {
    const reply = await exchange(inOrganization(byConnection, organization(true)), custom(TEST_TYPE))
    expect(claims(reply)).toMatchObject({ sub: 'legacy|carol', org_id: 'org_1' })
  })

  it.each<[string, (api: ActionApi) => void, boolean, string]>([
    ['does not when it does not say so', byConnection, false, 'The user is not a member of the organization.'],
    [
      'does not for a user who comes by id',
      ({ authentication }) => {
        authentication.setUserById('legacy|dora')
      },
      true,
      'The user is not a member of the organization.',
    ],
    [
      'keeps users of others out',
      ({ authentication }) => {
        authentication.setUserById('auth0|alice')
      },
      true,
      "The user's connection is not enabled for the organization.",
    ],
  ])('%s', async (_rule, set, assigns, text) => {
    const users = [{ userId: 'auth0|alice' }, { userId: 'legacy|dora', connection: 'legacy' }]
    const emulator = inOrganization(set, { ...organization(assigns), users })
    expectFailure(await exchange(emulator, custom(TEST_TYPE)), 400, 'invalid_request', text)
  })

  it('makes members of its own emulator alone', async () => {
    const config = organization(true)
    await exchange(inOrganization(byConnection, config), custom(TEST_TYPE))
    expect(config.organizations?.[0]?.members).toEqual([])
  })
})

describe('a connection of a client', () => {
  const other = { connections: ['other'] }
  const text = "The user's connection is not enabled for the client."

  it('that is not enabled gets no session transfer token', async () => {
    await expect(mint(seeded(withClient('support-console', other)))).rejects.toThrow(text)
  })

  it('that is not enabled signs nobody in', async () => {
    const emulator = seeded(withClient('customer-app', other))
    expect(answer(await signIn(emulator))).toMatchObject({ error: 'access_denied', error_description: text })
    expect((await authorize(emulator, loginRequest())).text).not.toContain('auth0|alice')
  })
})
