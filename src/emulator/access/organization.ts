import type { Client } from '../tenant/clients.js'
import type { Exchange } from '../grants/exchange.js'
import { invalidRequest } from '../http/failure.js'
import { getParameter, type RequestParameters } from '../http/parameters.js'
import type { Decision } from '../actions/run-action.js'
import type { Organization, Tenant } from '../tenant/tenant.js'
import type { User } from '../tenant/users.js'

/** The organization that the request names. */
export function resolveOrganization(
  tenant: Tenant,
  client: Client,
  parameters: RequestParameters,
): Organization | undefined {
  const idOrName = getParameter(parameters, 'organization')
  if (idOrName === undefined) return undefined
  const organization = tenant.organizations.get(idOrName)
  if (organization === undefined) throw invalidRequest(`parameter organization is invalid: ${idOrName}`)
  if (client.organizationUsage === 'deny') {
    throw invalidRequest('parameter organization is not allowed for this client')
  }
  return organization
}

export function requireOrganization(client: Client, organization: Organization | undefined): void {
  if (client.organizationUsage !== 'require' || organization !== undefined) return
  throw invalidRequest('parameter organization is required for this client')
}

/** The organization of the request or of the Action, which must not be two. */
export function settleOrganization(
  { server, client }: Exchange,
  requested: Organization | undefined,
  { organizationChoice }: Decision,
): Organization | undefined {
  const chosen = organizationChoice === undefined ? undefined : findChosen(server.tenant, client, organizationChoice)
  if (requested !== undefined && chosen !== undefined && requested.id !== chosen.id) {
    throw invalidRequest('The organization that the Action set is not that of the request.')
  }
  const organization = requested ?? chosen
  requireOrganization(client, organization)
  return organization
}

function findChosen({ organizations }: Tenant, client: Client, idOrName: string): Organization {
  const organization = organizations.get(idOrName)
  if (organization === undefined) throw invalidRequest('The organization that the Action set does not exist.')
  if (client.organizationUsage === 'deny') {
    throw invalidRequest('The client does not take the organization that the Action set.')
  }
  return organization
}

/** A user who was set by connection may become a member. */
export function requireMembership(organization: Organization | undefined, user: User, { userChoices }: Decision): void {
  if (organization === undefined) return
  if (organization.connections?.has(user.connection) === false) {
    throw invalidRequest("The user's connection is not enabled for the organization.")
  }
  const isByConnection = userChoices.some((choice) => 'connection' in choice)
  if (isByConnection && organization.connections?.get(user.connection) === true) organization.members?.add(user.id)
  if (!isMember(organization, user)) throw invalidRequest('The user is not a member of the organization.')
}

export function isMember({ members, connections }: Organization, user: User): boolean {
  return (members?.has(user.id) ?? true) && (connections?.has(user.connection) ?? true)
}
