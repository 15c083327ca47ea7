import type { TokenResponse } from '../../../generated/openapi.js'
import { requireConfidential, type Exchange } from './exchange.js'
import { fail } from '../http/failure.js'
import { issueAccessToken } from '../tokens/issue.js'
import { requestedAudiences, requestedScopes } from '../http/parameters.js'
import { bindToken, readProof } from '../proof-of-possession/proof-of-possession.js'
import { scopeMember } from '../access/scopes.js'
import { resolveTarget, type Target } from '../access/target.js'

/** RFC 6749, section 4.4: a token about the client itself. */
export async function issueForClient(exchange: Exchange): Promise<TokenResponse> {
  const { server, check, parameters, client } = exchange
  const requested = requestedScopes(parameters)
  check('client is confidential', requireConfidential, exchange)
  const target = check('audience is known', resolveTarget, server.tenant, requestedAudiences(parameters))
  const granted = check('client has a grant for the audience', readGrants, exchange, target)
  const key = await check('proof of possession is valid', readProof, exchange)
  const jkt = check('proof of possession is there when the API requires it', bindToken, client, target, key)
  const scopes = check('a scope can be granted', grantScopes, requested, granted)
  const grant = { subject: `${client.id}@clients`, target, scopes, jkt, gty: 'client-credentials' } as const
  return { ...(await issueAccessToken(exchange, grant)), ...scopeMember(requested, scopes) }
}

function readGrants({ client }: Exchange, target: Target): ReadonlySet<string> {
  return new Set(
    target.apis.flatMap((api) => {
      if (api.allowClientCredentials) return [...api.scopes]
      const granted = client.ownGrants.get(api.identifier)
      if (granted === undefined) throw fail(403, 'unauthorized_client', 'The client has no grant for the audience.')
      return [...granted].filter((scope) => api.scopes.has(scope))
    }),
  )
}

/** Asked for nothing, it grants everything. */
function grantScopes(requested: readonly string[], granted: ReadonlySet<string>): readonly string[] {
  if (requested.length === 0) return [...granted]
  const scopes = requested.filter((scope) => granted.has(scope))
  if (scopes.length === 0) throw fail(403, 'access_denied', 'None of the scopes can be granted.')
  return scopes
}
