import { checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import { unexpectedMember } from '../response/response.js'
import { findAccessToken, lasts, withoutUndefined } from './kept-tokens.js'
import type { AccessTokenOptions, SessionAccessToken } from './kept-tokens.js'
import type { SessionContext } from './context.js'
import { loginRequired } from './refresh.js'
import { requireStore, type StoreOptions } from './request.js'
import type { SessionState } from './state.js'

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof AccessTokenOptions>(['audience', 'scope'])

/** An access token of the session, with a refresh when it lacks one. */
export async function getSessionAccessToken(
  { sender, read, refreshed }: SessionContext,
  options: AccessTokenOptions,
  store: StoreOptions,
): Promise<SessionAccessToken> {
  checkOptionNames('getAccessToken', options, OPTION_NAMES)
  requireStore('getAccessToken', store)
  if (options.audience !== undefined) checkText('audience', options.audience)
  if (options.scope !== undefined) checkText('scope', options.scope)
  const state = await read(store.request)
  if (!state) throw loginRequired('signed_out', 'Nobody is signed in.')
  const { audience = state.login.audience, scope } = options
  const wanted = withoutUndefined({ audience, scope })
  const isMet = ({ accessTokens, refreshToken }: SessionState): boolean => {
    const token = findAccessToken(accessTokens, wanted, sender.now())
    // What cannot be replaced is good to its end.
    return token !== undefined && (refreshToken === undefined || lasts(token.expiresAt, sender.now()))
  }
  const { accessTokens } = await refreshed(state, { wanted, isMet }, store)
  const found = findAccessToken(accessTokens, wanted, sender.now())
  if (!found) throw unexpectedMember('access_token', 'The server gave a token for another audience, or one that ended.')
  const { requested: _requested, ...token } = found
  return token
}
