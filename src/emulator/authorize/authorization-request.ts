import type { RunCheck } from '../journal/checks.js'
import type { Client } from '../tenant/clients.js'
import { fail, failLogin, invalidRequest } from '../http/failure.js'
import { resolveOrganization } from '../access/organization.js'
import {
  getParameter,
  requestedAudiences,
  requestedScopes,
  requireParameter,
  type RequestParameters,
} from '../http/parameters.js'
import type { CodeChallenge } from '../store/records.js'
import { IDENTITY_TARGET, resolveTarget, type Target } from '../access/target.js'
import type { Organization, Tenant } from '../tenant/tenant.js'
import { requireUserAccess } from '../access/user-access.js'
import { isRegistered } from './registered-urls.js'

/** Where the answer goes. Before it is known, no failure may be sent anywhere. */
export interface Destination {
  readonly client: Client
  readonly redirectUri: string
  readonly state: string | undefined
}

/** What a login is for (OpenID Connect Core, section 3.1.2.1). */
export interface AuthorizationRequest extends Destination {
  readonly target: Target
  readonly scopes: readonly string[]
  readonly organization: Organization | undefined
  readonly nonce: string | undefined
  /** In seconds. */
  readonly maxAge: number | undefined
  readonly challenge: CodeChallenge | undefined
}

export function readDestination(tenant: Tenant, check: RunCheck, parameters: RequestParameters): Destination {
  const client = check('client is known', findClient, tenant, parameters)
  const redirectUri = check('callback is registered', readRedirectUri, client, parameters)
  return { client, redirectUri, state: getParameter(parameters, 'state') }
}

export function readAuthorizationRequest(
  tenant: Tenant,
  check: RunCheck,
  parameters: RequestParameters,
  destination: Destination,
): AuthorizationRequest {
  const { client } = destination
  check('response type is supported', requireCode, parameters)
  check('response mode is supported', requireQuery, parameters)
  check('client may use the grant type', requireCodeGrant, client)
  const target = check('audience is known', findTarget, tenant, parameters)
  check('client has a grant for the audience', requireUserAccess, client, target)
  const organization = check('organization is known', resolveOrganization, tenant, client, parameters)
  const challenge = check('code challenge is supported', readChallenge, client, parameters)
  const maxAge = check('maximum age is a number', readMaxAge, parameters)
  const nonce = getParameter(parameters, 'nonce')
  return { ...destination, target, scopes: requestedScopes(parameters), organization, nonce, maxAge, challenge }
}

function findClient(tenant: Tenant, parameters: RequestParameters): Client {
  const client = tenant.clients.get(requireParameter(parameters, 'client_id'))
  if (client === undefined) throw invalidRequest('There is no client with this client_id.')
  return client
}

function readRedirectUri(client: Client, parameters: RequestParameters): string {
  const redirectUri = requireParameter(parameters, 'redirect_uri')
  if (!isRegistered(client.callbacks, redirectUri)) {
    throw invalidRequest('The redirect_uri is not one of the callbacks of the client.')
  }
  return redirectUri
}

function requireCode(parameters: RequestParameters): void {
  if (requireParameter(parameters, 'response_type') === 'code') return
  throw failLogin('unsupported_response_type', 'Only the response type code is supported.')
}

/** Whoever waits for the answer elsewhere would wait in vain. */
function requireQuery(parameters: RequestParameters): void {
  if ((getParameter(parameters, 'response_mode') ?? 'query') === 'query') return
  throw invalidRequest('Only the response mode query is supported.')
}

function readMaxAge(parameters: RequestParameters): number | undefined {
  const value = getParameter(parameters, 'max_age')
  if (value === undefined) return undefined
  if (!/^\d+$/.test(value)) throw invalidRequest('The max_age is not a number of seconds.')
  return Number(value)
}

function requireCodeGrant({ grantTypes }: Client): void {
  if (grantTypes?.has('authorization_code') ?? true) return
  throw fail(403, 'unauthorized_client', 'Grant type `authorization_code` not allowed for the client.')
}

/** Without an API the tokens are for the claims of the user. */
function findTarget(tenant: Tenant, parameters: RequestParameters): Target {
  const [audience] = requestedAudiences(parameters)
  if (audience === undefined && tenant.defaultAudience === undefined) return IDENTITY_TARGET
  return resolveTarget(tenant, audience === undefined ? [] : [audience])
}

/** RFC 7636, section 4.3. A public client has nothing else that shows that the code is its own. */
function readChallenge(client: Client, parameters: RequestParameters): CodeChallenge | undefined {
  const value = getParameter(parameters, 'code_challenge')
  const method = getParameter(parameters, 'code_challenge_method') ?? 'plain'
  if (method !== 'S256' && method !== 'plain') throw invalidRequest('The code_challenge_method is not supported.')
  if (value === undefined) {
    if (client.isPublic) throw invalidRequest('Missing required parameter: code_challenge')
    return undefined
  }
  if (!/^[\w.~-]{43,128}$/.test(value)) throw invalidRequest('The code_challenge is malformed.')
  return { method, value }
}
