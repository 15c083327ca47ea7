import { ACCESS_TOKEN_TYPE } from '../../../generated/constants.js'
import type { Action, ActionEvent } from '../actions/action.js'
import type { ClientConfig, TenantConfig, UserConfig } from './config.js'

const MCP_API = 'https://mcp.example.com'
const CALENDAR_API = 'https://calendar.example.com'
const REPORTS_API = 'https://reports.example.com'
const DATA_API = 'https://api.example.com'

const CUSTOM = { allowAnyProfileOfType: ['custom_authentication'] } as const
const ON_BEHALF_OF = { allowAnyProfileOfType: ['on_behalf_of_token_exchange'] } as const
const BOTH = { allowAnyProfileOfType: ['custom_authentication', 'on_behalf_of_token_exchange'] } as const

const LOOPBACK_APPS = ['http://127.0.0.1/', 'http://localhost/', 'http://[::1]/']
const LOOPBACK_CALLBACKS = LOOPBACK_APPS.map((app) => `${app}callback`)

/** Where a client that serves a browser is, on loopback or at its own host. */
function servedAt(app: string) {
  return {
    callbacks: [...LOOPBACK_CALLBACKS, `${app}callback`],
    allowedLogoutUrls: [app, ...LOOPBACK_APPS],
  }
}

const CLIENTS: readonly ClientConfig[] = [
  {
    clientId: 'spa',
    name: 'Single-page app',
    tokenEndpointAuthMethod: 'none',
    tokenExchange: CUSTOM,
    callbacks: LOOPBACK_CALLBACKS,
  },
  {
    clientId: 'web-app',
    name: 'Web app',
    clientSecret: 'web-app-secret',
    tokenExchange: CUSTOM,
    ...servedAt('https://app.example.com/'),
  },
  {
    clientId: 'mcp-server',
    name: 'MCP server',
    clientSecret: 'mcp-server-secret',
    resourceServerIdentifier: MCP_API,
    tokenExchange: BOTH,
  },
  {
    clientId: 'reports-agent',
    name: 'Reports agent',
    clientSecret: 'reports-agent-secret',
    resourceServerIdentifier: CALENDAR_API,
    tokenExchange: ON_BEHALF_OF,
  },
  {
    clientId: 'support-console',
    name: 'Support console',
    clientSecret: 'support-console-secret',
    tokenExchange: CUSTOM,
    isTokenEndpointIpHeaderTrusted: true,
    sessionTransfer: { canCreateSessionTransferToken: true },
    ...servedAt('https://support.example.com/'),
  },
  {
    clientId: 'customer-app',
    name: 'Customer app',
    clientSecret: 'customer-app-secret',
    sessionTransfer: { allowDelegatedAccess: true, allowedAuthenticationMethods: ['query'] },
    ...servedAt('https://customer.example.com/'),
    initiateLoginUri: 'https://customer.example.com/login',
  },
]

const USERS: readonly UserConfig[] = [
  {
    userId: 'auth0|alice',
    email: 'alice@example.com',
    emailVerified: true,
    name: 'Alice',
    connectionTokens: {
      'google-oauth2': {
        accessToken: 'google-access-token-of-alice',
        expiresInSeconds: 3599,
        scope: 'https://www.googleapis.com/auth/calendar.readonly',
        loginHint: 'alice@gmail.example',
      },
    },
  },
  { userId: 'auth0|bob', email: 'bob@example.com', emailVerified: true, name: 'Bob' },
]

/**
 * Gives the tenant that an emulator has when none is configured: six clients, four APIs, two users, an organization,
 * and profiles whose Action accepts any subject token but those that start with `invalid`.
 *
 * `legacy-session:NAME` is the user `auth0|NAME` when there is one; every other subject token is `auth0|alice`. An
 * actor token `agent:NAME` makes `auth0|NAME` the actor, an ID token its user, everything else `service`.
 *
 * `support-console` may ask for session transfer tokens, and `customer-app` accepts them. `reports-agent` may call the
 * MCP API as itself. Every API takes DPoP, and none requires it. Alice has a token of the connection `google-oauth2`.
 * Callbacks are `/callback` on any port of a loopback host, and one on https for each client that serves a browser, but
 * `spa`; after a logout they lead to `/` there.
 *
 * @example
 *   const emulator = createEmulator({ tenant: { ...defaultTenant(), defaultAudience: 'https://mcp.example.com' } })
 */
export function defaultTenant(): TenantConfig {
  return {
    clients: CLIENTS.map((client) => ({ ...client })),
    apis: [
      { identifier: MCP_API, scopes: ['tools:call'] },
      { identifier: CALENDAR_API, scopes: ['calendar:read', 'calendar:write'] },
      { identifier: REPORTS_API, scopes: ['reports:read'] },
      { identifier: DATA_API, scopes: ['read:data', 'write:data'], allowOfflineAccess: true },
    ].map((api) => ({ ...api, proofOfPossession: { mechanism: 'dpop' } })),
    users: USERS.map((user) => ({ ...user })),
    clientGrants: [
      { clientId: 'mcp-server', audience: CALENDAR_API, scope: ['calendar:read', 'calendar:write'] },
      { clientId: 'reports-agent', audience: REPORTS_API, scope: ['reports:read'] },
      { clientId: 'reports-agent', audience: MCP_API, scope: ['tools:call'], subjectType: 'client' },
    ],
    tokenExchangeProfiles: ['urn:acme:legacy-session', 'urn:acme:mcp-token', ACCESS_TOKEN_TYPE].map(
      (subjectTokenType) => ({ subjectTokenType, action: acceptAnyToken }),
    ),
    organizations: [{ id: 'org_abc1234', name: 'acme', members: USERS.map((user) => user.userId) }],
    defaultAudience: DATA_API,
  }
}

const acceptAnyToken: Action = ({ transaction }, api) => {
  if (transaction.subject_token.startsWith('invalid')) {
    api.access.rejectInvalidSubjectToken('The subject token is not valid.')
    return
  }
  api.authentication.setUserById(toUserId(transaction.subject_token))
  if (transaction.actor_token !== undefined) api.authentication.setActor({ sub: toActorSub(transaction) })
}

function toUserId(subjectToken: string): string {
  const name = /^legacy-session:(.+)$/.exec(subjectToken)?.[1]
  return USERS.find((user) => user.userId === `auth0|${name ?? ''}`)?.userId ?? 'auth0|alice'
}

/** Only a short plain name gets into a claim, since a token's text must not. */
function toActorSub(transaction: ActionEvent['transaction']): string {
  if (transaction.actor_token_user !== undefined) return transaction.actor_token_user.user_id
  const name = /^agent:([a-z][a-z0-9-]{0,31})$/.exec(transaction.actor_token ?? '')?.[1]
  return name === undefined ? 'service' : `auth0|${name}`
}
