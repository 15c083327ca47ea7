import { invalidRequest } from './failure.js'
import { getParameter, type RequestParameters } from './parameters.js'
import type { Organization, Tenant } from './tenant.js'
import type { User } from './users.js'

export function resolveOrganization(tenant: Tenant, parameters: RequestParameters): Organization | undefined {
  const idOrName = getParameter(parameters, 'organization')
  if (idOrName === undefined) return undefined
  const organization = tenant.organizations.get(idOrName)
  if (organization === undefined) throw invalidRequest(`parameter organization is invalid: ${idOrName}`)
  return organization
}

export function requireMembership(organization: Organization | undefined, user: User): void {
  if (organization !== undefined && !isMember(organization, user)) {
    throw invalidRequest('The user is not a member of the organization.')
  }
}

export function isMember(organization: Organization, user: User): boolean {
  return organization.members?.has(user.id) ?? true
}
