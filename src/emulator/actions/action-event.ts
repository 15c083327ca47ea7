import { ACCESS_TOKEN_TYPE } from '../../../generated/constants.js'
import type { ActionEvent, ActorTokenUser } from './action.js'
import type { Exchange } from '../grants/exchange.js'
import { getParameter, requestedScopes, requireParameter, type RequestParameters } from '../http/parameters.js'
import type { Organization, Profile } from '../tenant/tenant.js'
import type { User } from '../tenant/users.js'

const SECRET_PARAMETERS: ReadonlySet<string> = new Set(['client_secret', 'client_assertion'])

/** Source: Auth0, "Custom token exchange event object". */
export function createActionEvent(
  { server, request, parameters, client, ip }: Exchange,
  secrets: Profile['secrets'],
  resourceServer: string,
  organization: Organization | undefined,
  actorTokenUser: User | undefined,
): ActionEvent {
  const actorToken = getParameter(parameters, 'actor_token')
  const actorTokenType = getParameter(parameters, 'actor_token_type')
  const language = request.headers.get('Accept-Language')
  const userAgent = request.headers.get('User-Agent')
  const hostname = new URL(server.issuer).hostname
  return {
    client: { client_id: client.id, name: client.name, metadata: client.metadata },
    ...(organization && { organization: describeOrganization(organization) }),
    request: {
      body: toBody(parameters),
      geoip: server.tenant.geoip.get(ip) ?? {},
      hostname,
      ip,
      method: request.method,
      ...(language !== null && { language }),
      ...(userAgent !== null && { user_agent: userAgent }),
    },
    resource_server: { identifier: resourceServer },
    secrets,
    tenant: { id: server.tenant.name ?? hostname },
    transaction: {
      subject_token: requireParameter(parameters, 'subject_token'),
      subject_token_type: requireParameter(parameters, 'subject_token_type'),
      requested_scopes: requestedScopes(parameters),
      requested_token_type: getParameter(parameters, 'requested_token_type') ?? ACCESS_TOKEN_TYPE,
      ...(actorToken !== undefined && { actor_token: actorToken }),
      ...(actorTokenType !== undefined && { actor_token_type: actorTokenType }),
      ...(actorTokenUser && { actor_token_user: toActorTokenUser(actorTokenUser) }),
    },
  }
}

function describeOrganization({ id, name, displayName, metadata }: Organization) {
  return { id, name, display_name: displayName, metadata }
}

function toBody(parameters: RequestParameters): ActionEvent['request']['body'] {
  // Without a prototype, a parameter named "constructor" is only what was sent.
  const body = Object.create(null) as Record<string, string | readonly string[]>
  for (const [name, values] of parameters) {
    const [first] = values
    if (first === undefined || SECRET_PARAMETERS.has(name)) continue
    body[name] = values.length === 1 ? first : values
  }
  return body
}

function toActorTokenUser(user: User): ActorTokenUser {
  const { phone_verified, ...identity } = user.identity
  return {
    user_id: user.id,
    ...identity,
    ...(identity.phone_number !== undefined && { phone_verified }),
    ...user.profile,
    identities: [{ connection: user.connection, user_id: user.connectionUserId }],
    app_metadata: user.appMetadata,
    user_metadata: user.userMetadata,
  }
}
