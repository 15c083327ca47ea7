import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  CONNECTION_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  JWT_TOKEN_TYPE,
  MFA_OTP_GRANT_TYPE,
  REFRESH_TOKEN_TYPE,
  TOKEN_VAULT_GRANT_TYPE,
} from '../../generated/constants.js'
import type { ActionApi, TenantConfig } from '../../src/emulator/index.js'
import { ROOT } from '../structure/manifest.js'
import { codeGrant, sessionTransfer } from './authorize/login-support.js'
import { createProver } from './proof-of-possession/dpop-support.js'
import {
  accessToken,
  custom,
  exchange,
  mcpToken,
  member,
  onBehalfOf,
  seeded,
  send,
  TEST_TYPE,
  withAction,
  withApi,
  withClient,
  withUser,
  type Parameters,
  type Reply,
} from './support.js'

interface DescribedError {
  readonly value: { readonly error: string; readonly error_description: string; readonly mfa_token?: string }
}
type Responses = Readonly<
  Record<
    string,
    { readonly content?: Readonly<Record<string, { readonly examples?: Record<string, DescribedError> }>> }
  >
>
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Responses } | undefined>>>>
}

const { paths } = parse(readFileSync(join(ROOT, 'spec/openapi.yaml'), 'utf8')) as Description
const OPERATIONS = [paths['/oauth/token']?.['post'], paths['/userinfo']?.['get']]

/** Status, name and body of every error that the description shows. */
const DESCRIBED = OPERATIONS.flatMap((operation) =>
  Object.entries(operation?.responses ?? {}).flatMap(([status, { content }]) =>
    status === '200'
      ? []
      : Object.entries(content?.['application/json']?.examples ?? {}).map(
          ([name, { value }]) => [name, Number(status), value] as const,
        ),
  ),
)

const STT = 'urn:tenant.example.com:session_transfer'
const PUBLIC = { client_id: 'spa', client_secret: undefined }

const ask = (overrides: Parameters, tenant: Partial<TenantConfig> = {}) => exchange(seeded(tenant), custom(overrides))
const askAction = (action: (api: ActionApi) => void, parameters: Parameters = custom()) =>
  exchange(
    withAction((_event, api) => {
      action(api)
    }),
    { ...parameters, ...TEST_TYPE },
  )
const askOnBehalf = async (overrides: Parameters, tenant: Partial<TenantConfig> = {}) => {
  const emulator = seeded(tenant)
  return exchange(emulator, onBehalfOf(await mcpToken(emulator), overrides))
}
const asAlice = (api: ActionApi) => {
  api.authentication.setUserById('auth0|alice')
}

/** How each of them comes about. */
const CAUSES: Readonly<Record<string, () => Promise<Reply>>> = {
  missingParameter: () => ask({ subject_token: undefined }),
  rejectedSubjectToken: () =>
    askAction((api) => {
      api.access.rejectInvalidSubjectToken('The session has ended.')
    }),
  unpairedActor: () => ask({ actor_token: 'agent:bob' }),
  delegationTooDeep: async () => {
    const emulator = withAction((_event, api) => {
      asAlice(api)
      api.authentication.setActor({
        sub: '1',
        act: { sub: '2', act: { sub: '3', act: { sub: '4', act: { sub: '5' } } } },
      })
    })
    const token = await exchange(emulator, custom({ ...TEST_TYPE, audience: 'https://mcp.example.com' }))
    return exchange(emulator, onBehalfOf(accessToken(token)))
  },
  unsupportedGrantType: () => ask({ grant_type: 'password' }),
  setActorRequired: () => askAction(asAlice, sessionTransfer()),
  sessionTransferDisabled: () => ask({ audience: STT }),
  nestedActorInSessionTransfer: () =>
    askAction((api) => {
      asAlice(api)
      api.authentication.setActor({ sub: 'one', act: { sub: 'two' } })
    }, sessionTransfer()),
  machineReadableSetActor: () => {
    const tokenExchangeProfiles = [
      {
        subjectTokenType: 'urn:acme:test',
        action: (_event: unknown, api: ActionApi) => {
          asAlice(api)
        },
      },
    ]
    const emulator = seeded({ machineReadableSttErrors: true, tokenExchangeProfiles })
    return exchange(emulator, sessionTransfer(TEST_TYPE))
  },
  machineReadableSessionTransfer: () => ask({ audience: STT }, { machineReadableSttErrors: true }),
  mfaWithActor: () =>
    ask(
      { actor_token: 'agent:bob', actor_token_type: 'urn:acme:agent' },
      withUser('auth0|alice', { mfaRequired: true }),
    ),
  invalidActorToken: async () => {
    const emulator = seeded()
    const idToken = member(await exchange(emulator, custom({ scope: 'openid' })), 'id_token')
    emulator.advance(11 * 60 * 60 * 1000)
    return exchange(emulator, custom({ actor_token: idToken, actor_token_type: ID_TOKEN_TYPE }))
  },
  invalidOrganization: () => ask({ organization: 'org_unknown' }),
  useDpopNonce: async () => exchange(seeded(), custom(PUBLIC), await (await createProver()).prove()),
  invalidDpopProof: async () =>
    exchange(seeded(), custom(), await (await createProver()).prove({ claims: { htm: 'GET' } })),
  noProfile: () => ask({ subject_token_type: 'urn:acme:unknown' }),
  requestedTokenType: () => ask({ requested_token_type: JWT_TOKEN_TYPE }),
  noUserSet: () => askAction(() => undefined),
  invalidGrant: () => exchange(seeded(), codeGrant('unknown')),
  organizationRequired: () => ask({}, withClient('web-app', { organizationUsage: 'require' })),
  organizationNotAllowed: () => ask({ organization: 'acme' }, withClient('web-app', { organizationUsage: 'deny' })),
  unknownMfaToken: () => ask({ grant_type: MFA_OTP_GRANT_TYPE, mfa_token: 'unknown', otp: '123456' }),
  deniedAsInvalidRequest: () =>
    askAction((api) => {
      api.access.deny('invalid_request', 'The session is of another shop.')
    }),
  deniedByAction: () =>
    askAction((api) => {
      api.access.deny('account_frozen', 'Ask the branch to unlock the account.')
    }),
  invalidClient: () => ask({ client_secret: 'wrong' }),
  noConnectionToken: async () => {
    const emulator = seeded()
    const subject_token = member(await exchange(emulator, custom({ scope: 'offline_access' })), 'refresh_token')
    return exchange(
      emulator,
      custom({
        grant_type: TOKEN_VAULT_GRANT_TYPE,
        subject_token,
        subject_token_type: REFRESH_TOKEN_TYPE,
        requested_token_type: CONNECTION_TOKEN_TYPE,
        connection: 'github',
      }),
    )
  },
  invalidSubjectToken: () => exchange(seeded(), onBehalfOf('unknown')),
  unauthorizedClient: () => ask({}, withClient('web-app', { grantTypes: ['refresh_token'] })),
  mfaRequired: () => ask({}, withUser('auth0|alice', { mfaRequired: true })),
  notEnabled: () => ask({ client_id: 'reports-agent', client_secret: 'reports-agent-secret' }),
  publicSessionTransfer: () => ask({ ...PUBLIC, audience: STT }),
  noScope: () => askOnBehalf({ scope: 'calendar:delete' }),
  wrongOtp: async () => {
    const emulator = seeded(withUser('auth0|alice', { mfaRequired: true }))
    const mfa_token = member(await exchange(emulator, custom()), 'mfa_token')
    return exchange(emulator, custom({ grant_type: MFA_OTP_GRANT_TYPE, mfa_token, otp: '000000' }))
  },
  deniedByPolicy: () => askOnBehalf({ audience: 'https://reports.example.com' }),
  consentRequired: () => ask({}, withApi('https://api.example.com', { skipConsent: false })),
  unknownAudience: () => ask({ audience: 'https://unknown.example' }),
  tooManyAttempts: async () => {
    const emulator = seeded()
    for (let attempt = 0; attempt < 10; attempt++) await exchange(emulator, custom({ subject_token: 'invalid' }))
    return exchange(emulator, custom())
  },
  tooManyRequests: async () => {
    const emulator = seeded({ rateLimit: { requestsPerSecond: 1 } }, () => 0)
    await exchange(emulator, custom())
    return exchange(emulator, custom())
  },
  failedAction: () =>
    askAction(() => {
      throw new Error('canary')
    }),
  deniedAsServerError: () =>
    askAction((api) => {
      api.access.deny('server_error', 'The legacy system does not answer.')
    }),
  invalidToken: () => send(seeded(), '/userinfo', { headers: { Authorization: 'Bearer unknown' } }),
}

describe('an error that the description shows comes with its status, code and text', () => {
  it.each(DESCRIBED)('%s', async (name, status, value) => {
    const reply = await CAUSES[name]?.()
    const mfaToken = value.mfa_token === undefined ? {} : { mfa_token: expect.any(String) as string }
    expect([reply?.status, reply?.body]).toEqual([status, { ...value, ...mfaToken }])
  })

  it('and none of the causes is left over', () => {
    expect(Object.keys(CAUSES).sort()).toEqual(DESCRIBED.map(([name]) => name).sort())
  })
})
