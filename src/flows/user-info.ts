import type { UserInfo } from '../../generated/openapi.js'
import { ACCESS_TOKEN_TYPE } from '../../generated/constants.js'
import { checkCall } from '../input/call-options.js'
import { dpopProof } from '../request/dpop.js'
import type { DPoPOptions } from '../request/dpop-key.js'
import { TokenExchangeError } from '../errors.js'
import type { CallOptions } from '../input/exchange-options.js'
import { checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import { invalidResponse, oauthErrorIn, parseObject, withoutNulls } from '../response/response.js'
import { isBlank } from '../text.js'
import { checkToken } from '../input/token-format.js'
import type { Sender } from '../request/token-request.js'
import type { ClientContext } from './context.js'
import type { ReadResponse } from '../transport/bounded-fetch.js'

export type { UserInfo }

/** The options of `getUserInfo`. */
export interface UserInfoOptions extends CallOptions {
  /** An access token with the scope `openid`. */
  readonly accessToken: string
  /** The subject that the answer must be about, as the ID token names it. */
  readonly expectedSubject?: string | undefined
  /** The key that the token is bound to. Without it the token goes as a bearer token, whatever the client's `dpop` is. */
  readonly dpop?: DPoPOptions | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof UserInfoOptions>([
  'accessToken',
  'expectedSubject',
  'dpop',
  'signal',
  'timeoutMs',
  'domainContext',
])

function checkUserInfoOptions(options: UserInfoOptions): void {
  checkOptionNames('getUserInfo', options, OPTION_NAMES)
  checkToken('accessToken', options.accessToken, ACCESS_TOKEN_TYPE)
  if (options.expectedSubject !== undefined) checkText('expectedSubject', options.expectedSubject)
  checkCall(options)
}

/** Asks the user info endpoint (OpenID Connect Core 1.0, section 5.3), with a proof when the token is bound. */
export async function getUserInfo({ sender, tenantFor }: ClientContext, options: UserInfoOptions): Promise<UserInfo> {
  checkUserInfoOptions(options)
  const tenant = await tenantFor(options.domainContext)
  const { userinfo_endpoint: endpoint } = await tenant.metadata(options.signal)
  if (endpoint === undefined) {
    throw new TokenExchangeError('invalid_metadata', 'The server has no userinfo_endpoint.', {
      field: 'userinfo_endpoint',
      reason: 'missing',
    })
  }
  const { origin } = new URL(endpoint)
  let response = await get(sender, endpoint, options, tenant.nonces.get(origin))
  const nonce = response.headers.get('dpop-nonce')
  if (options.dpop && nonce !== null) {
    tenant.nonces.set(origin, nonce)
    if (response.status === 401 && /use_dpop_nonce/.test(response.headers.get('www-authenticate') ?? response.body)) {
      response = await get(sender, endpoint, options, nonce)
    }
  }
  return readUserInfo(response, options.expectedSubject)
}

async function get(
  { transport, timeoutMs, maxBytes, now }: Sender,
  url: string,
  { accessToken, dpop, signal, timeoutMs: ownTimeoutMs }: UserInfoOptions,
  nonce: string | undefined,
): Promise<ReadResponse> {
  const headers = dpop
    ? {
        Authorization: `DPoP ${accessToken}`,
        DPoP: await dpopProof(dpop, { method: 'GET', url, nonce, accessToken, now: now() }),
      }
    : { Authorization: `Bearer ${accessToken}` }
  return transport.get(url, headers, { timeoutMs: ownTimeoutMs ?? timeoutMs, maxBytes, signal })
}

function readUserInfo(response: ReadResponse, expectedSubject: string | undefined): UserInfo {
  const members = parseObject(response.body)
  const error = members && oauthErrorIn(response, members)
  if (error) throw error
  if (response.status !== 200) {
    throw invalidResponse(response, `The server answered with status ${response.status}.`, 'http_status')
  }
  const claims = members && withoutNulls(members)
  if (typeof claims?.['sub'] !== 'string' || isBlank(claims['sub']))
    throw invalidResponse(response, 'The answer is not user info.', 'member', 'sub')
  if (expectedSubject !== undefined && claims['sub'] !== expectedSubject) {
    throw invalidResponse(response, 'The answer is about another user.', 'unexpected', 'sub')
  }
  return claims as UserInfo
}
