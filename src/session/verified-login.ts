import { checkOrganization, verifyIdToken } from '../tokens/id-token.js'
import { verificationFailed } from '../tokens/key-source.js'
import type { AccessTokenResult } from '../response/result.js'
import type { Tenant } from '../tenant/tenant.js'
import { isBlank } from '../text.js'
import type { Sender } from '../request/token-request.js'
import type { Requested } from './kept-tokens.js'
import type { Login } from './state.js'

const OPENID = 'openid'
const DEFAULT_SCOPE = 'openid profile email'

/** What the ID token of a login must say. */
export interface ExpectedLogin {
  readonly nonce?: string | undefined
  readonly organization?: string | undefined
}

/** The scopes of a login: without `openid` there is no ID token, and so nobody to sign in. */
export function loginScope(scope: string | undefined): string {
  if (scope === undefined) return DEFAULT_SCOPE
  return scope.split(' ').includes(OPENID) ? scope : `${OPENID} ${scope}`
}

/**
 * The tokens of a login, when the ID token among them holds (OpenID Connect Core 1.0, section 3.1.3.7).
 *
 * @throws {TokenExchangeError} `verification_failed`, `organization_mismatch`, and the codes of the network when the keys
 *   cannot be read.
 */
export async function verifyLogin(
  { clientId, now }: Sender,
  { verifyJwt }: Tenant,
  result: AccessTokenResult,
  requested: Requested,
  { nonce, organization }: ExpectedLogin,
): Promise<Login> {
  const { idToken } = result
  if (idToken === undefined) throw verificationFailed('no_id_token', 'The server gave no ID token.', 'id_token')
  const claims = await verifyIdToken(idToken, { clientId, verifyJwt, now: now() })
  if (typeof claims.sub !== 'string' || isBlank(claims.sub)) {
    throw verificationFailed('claim', 'The claim sub is not a text.', 'sub')
  }
  if (nonce !== undefined && claims['nonce'] !== nonce) {
    throw verificationFailed('claim', 'The claim nonce is missing or does not fit.', 'nonce')
  }
  if (organization !== undefined) checkOrganization(claims, organization)
  return { claims, result: { ...result, idToken }, requested }
}
