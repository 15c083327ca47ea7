import { ID_TOKEN_TYPE } from '../../../generated/constants.js'
import { invalidRequest } from '../http/failure.js'
import { getParameter, requireParameter, type RequestParameters } from '../http/parameters.js'
import type { Profile, Tenant } from '../tenant/tenant.js'
import { parseUrl } from '../../url.js'

const RESERVED_URN = /^urn:(?:ietf|auth0|okta)(?::|$)/i
const RESERVED_HOSTS: ReadonlySet<string> = new Set(['auth0.com', 'okta.com'])

/**
 * Whether a token type belongs to a namespace that nobody registers profiles in. That prefixes end at a boundary is
 * undocumented.
 * Source: Auth0, "Custom token exchange".
 */
export function isReserved(type: string): boolean {
  if (RESERVED_URN.test(type)) return true
  return /^https?:/i.test(type) && RESERVED_HOSTS.has(parseUrl(type)?.hostname ?? '')
}

export function findProfile({ profiles, strictTokenTypes }: Tenant, parameters: RequestParameters): Profile {
  const type = requireParameter(parameters, 'subject_token_type')
  const profile = profiles.get(type)
  if (profile === undefined || (strictTokenTypes && isReserved(type))) {
    throw invalidRequest('No token exchange profile exists for the subject_token_type.')
  }
  return profile
}

/** Only the type of ID tokens is exempt: the server verifies those itself. */
export function requireUsableActorType({ strictTokenTypes }: Tenant, parameters: RequestParameters): void {
  const type = getParameter(parameters, 'actor_token_type')
  if (!strictTokenTypes || type === undefined || type === ID_TOKEN_TYPE || !isReserved(type)) return
  throw invalidRequest('The actor_token_type is in a reserved namespace.')
}
