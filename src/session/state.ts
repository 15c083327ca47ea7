import { decodeJwt } from 'jose'
import { ownAct, readActor } from '../act/actor.js'
import type { ActClaim } from '../act/claim.js'
import type { AccessTokenResult } from '../response/result.js'
import { keptAccessToken, type Requested, type KeptAccessToken } from './kept-tokens.js'

/** The signed-in user: the claims of the verified ID token. */
export interface SessionUser {
  readonly iss: string
  readonly sub: string
  /** Who acts for the user; absent when nobody does. */
  readonly act?: ActClaim & Readonly<Record<string, unknown>>
  readonly name?: string
  readonly email?: string
  readonly org_id?: string
  readonly [claim: string]: unknown
}

/** A session, without its tokens: it may stand in a log. */
export interface Session {
  readonly user: SessionUser
  /** In seconds since the epoch. */
  readonly createdAt: number
  /** In seconds since the epoch. */
  readonly expiresAt: number
}

/** A session in which somebody acts for the user. */
export interface DelegatedSession extends Session {
  readonly user: SessionUser & { readonly act: NonNullable<SessionUser['act']> }
}

/** A session as it is kept. The user is what the ID token says, which was verified before it was kept. */
export interface SessionState {
  readonly issuer: string
  readonly idToken: string
  readonly refreshToken?: string
  /** What the login asked for. */
  readonly login: Requested
  readonly accessTokens: readonly KeptAccessToken[]
  readonly createdAt: number
  readonly expiresAt: number
}

/** Auth0 ends a delegated session after two hours, whatever happens in it. */
const DELEGATED_SECONDS = 2 * 60 * 60

/**
 * Whether somebody acts for the user of a session: show it, and forbid what only the user may do.
 *
 * @param session What `getSession` gave.
 * @example
 * ```ts
 * const session = await sessions.getSession({ request })
 * if (isDelegated(session)) console.log(`${session.user.act.sub} acts for ${session.user.sub}`)
 * ```
 */
export function isDelegated(session: Session | undefined): session is DelegatedSession {
  return session !== undefined && ownAct(session.user) !== undefined
}

/** What a login leads to; `claims` are those of the verified ID token, `now` is in milliseconds. */
export function newState(
  issuer: string,
  { claims, result, requested }: Login,
  { lifetimeSeconds, now }: { readonly lifetimeSeconds: number; readonly now: number },
): SessionState {
  const createdAt = Math.floor(now / 1000)
  const hasActor = readActor(claims, 1) !== undefined
  const seconds = hasActor ? Math.min(lifetimeSeconds, DELEGATED_SECONDS) : lifetimeSeconds
  // A refreshed token could no longer say who acts.
  const refreshToken = hasActor ? undefined : result.refreshToken
  return {
    issuer,
    idToken: result.idToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    login: requested,
    accessTokens: [keptAccessToken(result, requested)],
    createdAt,
    expiresAt: createdAt + seconds,
  }
}

/** Tokens whose ID token was verified. */
export interface Login {
  readonly claims: object
  readonly result: AccessTokenResult & { readonly idToken: string }
  readonly requested: Requested
}

/** What the application sees of a session. */
export function toSession({ idToken, createdAt, expiresAt }: SessionState): Session {
  const { act, ...claims } = decodeJwt(idToken) as unknown as SessionUser & { readonly act?: SessionUser['act'] | null }
  return { user: { ...claims, ...(act ? { act } : {}) }, createdAt, expiresAt }
}

/** What was kept, when it is a session that has not ended; `now` is in milliseconds. */
export function readState(value: unknown, now: number): SessionState | undefined {
  const state = value as Partial<SessionState> | null | undefined
  const isWhole =
    typeof state?.issuer === 'string' &&
    typeof state.idToken === 'string' &&
    typeof state.login === 'object' &&
    Array.isArray(state.accessTokens) &&
    typeof state.createdAt === 'number' &&
    typeof state.expiresAt === 'number'
  return isWhole && state.expiresAt * 1000 > now ? (state as SessionState) : undefined
}
