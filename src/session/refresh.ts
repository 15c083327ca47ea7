import { decodeJwt } from 'jose'
import { ownAct } from '../act/actor.js'
import type { DPoPOptions } from '../request/dpop-key.js'
import { TokenExchangeError } from '../errors.js'
import type { OnEvent } from '../events.js'
import { verificationFailed } from '../tokens/key-source.js'
import { verifyIdToken } from '../tokens/id-token.js'
import { observed } from '../observe.js'
import { accessTokenResult, type AccessTokenResult } from '../response/result.js'
import type { Tenant } from '../tenant/tenant.js'
import { requestToken, type Sender } from '../request/token-request.js'
import { keptAccessToken, withAccessToken, withoutUndefined, type AccessTokenOptions } from './kept-tokens.js'
import type { SessionState } from './state.js'

/** What a session lacks. */
export interface Need {
  readonly wanted: AccessTokenOptions
  readonly isMet: (state: SessionState) => boolean
}

/** Refreshes a session, and calls `save` once for every request that is sent. */
export type Refresh = (
  tenant: Tenant,
  state: SessionState,
  need: Need,
  save: (state: SessionState) => Promise<void>,
) => Promise<SessionState>

interface Flight {
  readonly wanted: string
  readonly outcome: Promise<SessionState>
  /** When it is forgotten, in milliseconds since the epoch. */
  endsAt: number
}

/** Requests that were on their way together carry the refresh token that the first one of them used up. */
const GRACE_MS = 10_000

/**
 * Refreshes sessions with one request at a time for each.
 *
 * Calls that want the same share a request, and those that want something else wait for it, since a refresh token may
 * work only once.
 */
export function createRefresh(
  sender: Sender,
  { dpop, onEvent }: { readonly dpop: DPoPOptions | undefined; readonly onEvent: OnEvent | undefined },
): Refresh {
  const flights = new Map<string, Flight>()

  function begin(key: string, wanted: string, load: () => Promise<SessionState>): Promise<SessionState> {
    for (const [other, { endsAt }] of flights) if (endsAt < sender.now()) flights.delete(other)
    const flight: Flight = { wanted, outcome: load(), endsAt: Infinity }
    flights.set(key, flight)
    const land = (state?: SessionState): void => {
      if (state && keyOf(state) !== key) flight.endsAt = sender.now() + GRACE_MS
      else flights.delete(key)
    }
    return flight.outcome.then(
      (state) => {
        land(state)
        return state
      },
      (error: unknown) => {
        land()
        throw error
      },
    )
  }

  return async (tenant, state, { wanted, isMet }, save) => {
    const wantedKey = JSON.stringify([wanted.audience, wanted.scope])
    let current = state
    for (;;) {
      if (isMet(current)) return current
      const { refreshToken } = current
      if (refreshToken === undefined) throw noRefreshToken()
      const before = current
      const flight = flights.get(keyOf(before))
      if (!flight || flight.endsAt < sender.now()) {
        return begin(keyOf(before), wantedKey, () =>
          observed('refresh', wanted, { onEvent, now: sender.now }, async (report) => {
            report.issuer = tenant.issuer
            const next = await refreshed(sender, tenant, { ...before, refreshToken }, wanted, dpop)
            await save(next)
            return next
          }),
        )
      }
      if (flight.wanted === wantedKey) return flight.outcome
      current = await flight.outcome.catch(() => before)
    }
  }
}

/** Two sessions never share a request, whatever a server gave them as refresh tokens. */
function keyOf({ issuer, idToken, createdAt, refreshToken }: SessionState): string {
  return JSON.stringify([issuer, idToken, createdAt, refreshToken])
}

async function refreshed(
  sender: Sender,
  tenant: Tenant,
  state: SessionState & { readonly refreshToken: string },
  wanted: AccessTokenOptions,
  dpop: DPoPOptions | undefined,
): Promise<SessionState> {
  const { audience = state.login.audience, scope } = wanted
  const parameters = withoutUndefined({ audience, scope })
  const body = { grant_type: 'refresh_token', refresh_token: state.refreshToken, ...parameters } as const
  const result = accessTokenResult(await requestToken(sender, tenant, body, { dpop }).catch(refusal))
  const isOfLogin = audience === state.login.audience
  const requested = withoutUndefined({ audience, scope: scope ?? (isOfLogin ? state.login.scope : undefined) })
  const kept = keptAccessToken(result, requested)
  return {
    ...state,
    idToken: await nextIdToken(sender, tenant, state.idToken, result.idToken),
    refreshToken: result.refreshToken ?? state.refreshToken,
    // The refresh token has been used up, whatever the access token is good for.
    accessTokens: isOfLogin || isFor(result, audience) ? withAccessToken(state.accessTokens, kept) : state.accessTokens,
  }
}

/** A new ID token must be about the same user, in person (OpenID Connect Core 1.0, section 12.2). */
async function nextIdToken(
  { clientId, now }: Sender,
  { verifyJwt }: Tenant,
  before: string,
  next: string | undefined,
): Promise<string> {
  if (next === undefined) return before
  const claims = await verifyIdToken(next, { clientId, verifyJwt, now: now() })
  const { sub, org_id: organization } = decodeJwt(before)
  if (claims.sub !== sub) throw verificationFailed('claim', 'The refreshed ID token is about another user.', 'sub')
  if (claims['org_id'] !== organization) {
    throw verificationFailed('claim', 'The refreshed ID token belongs to another organization.', 'org_id')
  }
  if (ownAct(claims) !== undefined) throw verificationFailed('claim', 'The refreshed ID token has an actor.', 'act')
  return next
}

/** A server may ignore the audience of a refresh: an access token that does not name it is for another one. */
function isFor({ accessToken }: AccessTokenResult, audience: string | undefined): boolean {
  return audience !== undefined && [audiencesOf(accessToken)].flat().includes(audience)
}

function audiencesOf(accessToken: string): string | string[] | undefined {
  try {
    return decodeJwt(accessToken).aud
  } catch {
    return undefined
  }
}

function noRefreshToken(): TokenExchangeError {
  return loginRequired('no_refresh_token', 'The session has no such token, and no refresh token to get one with.')
}

function refusal(error: unknown): never {
  if (!(error instanceof TokenExchangeError) || error.oauth?.error !== 'invalid_grant') throw error
  const { status, oauth } = error
  throw new TokenExchangeError('login_required', 'The server refused the refresh token.', {
    reason: 'refresh_refused',
    status,
    oauth,
  })
}

export function loginRequired(reason: string, message: string): TokenExchangeError {
  return new TokenExchangeError('login_required', message, { reason })
}
