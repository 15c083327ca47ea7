import { checkOptionNames } from '../input/options-object.js'
import { verifyAccessToken, type VerifyAccessTokenOptions } from '../tokens/access-token.js'
import type { VerifiedAccessToken } from '../tokens/verified-token.js'
import { missingConfiguration, type ClientContext } from './context.js'

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof VerifyAccessTokenOptions>([
  'requiredClaims',
  'clockToleranceSeconds',
  'domainContext',
])

/** Verifies an access token that is meant for the client's own API. */
export async function verifyOwnAccessToken(
  { config: { audience }, sender, tenantFor }: ClientContext,
  token: string,
  options: VerifyAccessTokenOptions,
): Promise<VerifiedAccessToken> {
  checkOptionNames('verifyAccessToken', options, OPTION_NAMES)
  if (audience === undefined) throw missingConfiguration('verifyAccessToken', 'audience')
  const tenant = await tenantFor(options.domainContext)
  return verifyAccessToken(token, { ...options, audience }, { tenants: [tenant], now: sender.now() })
}
