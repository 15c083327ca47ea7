import type { AccessTokenResult } from '../response/result.js'

/** Which access token is asked for. */
export interface AccessTokenOptions {
  /** The API that it is for. Without it, the default of the login. */
  readonly audience?: string | undefined
  /** Scopes, separated by spaces. Without it, those that the session has. */
  readonly scope?: string | undefined
}

/** An access token of the signed-in user. */
export interface SessionAccessToken {
  readonly accessToken: string
  /** How to present it: `Bearer` or `DPoP`, as the server spells it. */
  readonly tokenType: string
  /** In seconds since the epoch; absent when the server gave no lifetime. */
  readonly expiresAt?: number
  /** The granted scopes, when they are known. */
  readonly scope?: string
}

/** What was asked for, as it is sent and kept. */
export interface Requested {
  readonly audience?: string
  readonly scope?: string
}

/** The same options, without those that are undefined. */
export function withoutUndefined({ audience, scope }: AccessTokenOptions): Requested {
  return { ...(audience === undefined ? {} : { audience }), ...(scope === undefined ? {} : { scope }) }
}

/** One of a session, with what it was asked for. */
export interface KeptAccessToken extends SessionAccessToken {
  readonly requested: Requested
}

/** How long before its end a token is replaced, in seconds. */
const EXPIRY_SKEW_SECONDS = 30
/** A cookie has no room for more, and what is dropped can be had again. */
const MAX_KEPT = 5

/** The token as it is kept. Without a word of the server on scopes, what was asked for was granted. */
export function keptAccessToken(result: AccessTokenResult, requested: Requested): KeptAccessToken {
  const { accessToken, tokenType, expiresAt, scope = requested.scope } = result
  return {
    accessToken,
    tokenType,
    requested,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(scope === undefined ? {} : { scope }),
  }
}

/** The newest one that is for exactly this audience, has the scopes, and has not ended; `now` in milliseconds. */
export function findAccessToken(
  kept: readonly KeptAccessToken[],
  { audience, scope }: AccessTokenOptions,
  now: number,
): KeptAccessToken | undefined {
  return kept.findLast(
    (token) => token.requested.audience === audience && hasScopes(token, scope) && !hasEnded(token, now),
  )
}

/** The list with one more: it takes the place of what it was asked for again. */
export function withAccessToken(kept: readonly KeptAccessToken[], token: KeptAccessToken): KeptAccessToken[] {
  const { audience, scope } = token.requested
  const others = kept.filter(
    ({ requested }) => requested.audience !== audience || !isSameSet(scopesOf(requested.scope), scopesOf(scope)),
  )
  return [...others, token].slice(-MAX_KEPT)
}

/** Whether something with this end, in seconds, need not be replaced yet; `now` in milliseconds. */
export function lasts(expiresAt: number | undefined, now: number): boolean {
  return expiresAt === undefined || (expiresAt - EXPIRY_SKEW_SECONDS) * 1000 > now
}

function hasEnded({ expiresAt }: KeptAccessToken, now: number): boolean {
  return expiresAt !== undefined && expiresAt * 1000 <= now
}

/** A server may grant less than it was asked for: asking again would not change that. */
function hasScopes({ scope: granted, requested }: KeptAccessToken, wanted: string | undefined): boolean {
  const scopes = scopesOf(wanted)
  const has = scopesOf(granted)
  return [...scopes].every((scope) => has.has(scope)) || isSameSet(scopesOf(requested.scope), scopes)
}

function scopesOf(scope: string | undefined): ReadonlySet<string> {
  return new Set(scope?.split(' ').filter((part) => part !== ''))
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item))
}
