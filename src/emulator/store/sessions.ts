import { parseCookie, stringifySetCookie } from 'cookie'
import { createExpiringMap } from './expiring-map.js'
import type { RandomId } from '../random.js'
import type { Session } from './records.js'

const SESSION_COOKIE = 'auth0'
const SESSION_TRANSFER_COOKIE = 'auth0_session_transfer_token'
const ID_BYTES = 32
const ABSOLUTE_SECONDS = 7 * 24 * 60 * 60
const IDLE_SECONDS = 3 * 24 * 60 * 60
const DELEGATED_SECONDS = 2 * 60 * 60

/** The sessions of one emulator, each known to one browser by its cookie. */
export interface Sessions {
  /** The session that the request's cookie stands for. Asking keeps one of a user open for three more days. */
  find(request: Request): Session | undefined
  /** Ends the session that the request has, and opens another. */
  open(request: Request, session: Omit<Session, 'openedAt' | 'expiresAt'>): OpenedSession
  close(request: Request): void
}

export interface OpenedSession {
  readonly id: string
  readonly session: Session
}

/**
 * A session of a user ends after seven days, or three without use, which is this emulator's choice; a delegated one
 * after two hours, used or not.
 * Source: Auth0, "Session delegation".
 */
export function createSessions(now: () => number, randomId: RandomId): Sessions {
  const sessions = createExpiringMap<Session & { idleAt: number }>(now, ABSOLUTE_SECONDS)
  const find = (id: string | undefined): (Session & { idleAt: number }) | undefined => {
    const session = id === undefined ? undefined : sessions.get(id)
    return session !== undefined && session.expiresAt > now() && session.idleAt > now() ? session : undefined
  }
  const close = (request: Request): void => {
    const id = readCookie(request, SESSION_COOKIE)
    if (id !== undefined) sessions.take(id)
  }
  return {
    find: (request) => {
      const session = find(readCookie(request, SESSION_COOKIE))
      if (session !== undefined) session.idleAt = now() + IDLE_SECONDS * 1000
      return session
    },
    open: (request, details) => {
      close(request)
      const seconds = details.actor === undefined ? ABSOLUTE_SECONDS : DELEGATED_SECONDS
      const session = { ...details, openedAt: now(), expiresAt: now() + seconds * 1000 }
      const id = randomId(ID_BYTES)
      sessions.set(id, { ...session, idleAt: now() + IDLE_SECONDS * 1000 })
      return { id, session }
    },
    close,
  }
}

export function readSessionTransferCookie(request: Request): string | undefined {
  return readCookie(request, SESSION_TRANSFER_COOKIE)
}

/** A delegated session ends with the browser. Over plain http a browser takes neither `Secure` nor `SameSite=None`. */
export function sessionCookie(issuer: string, { id, session }: OpenedSession): string {
  const maxAge = session.actor === undefined ? { maxAge: IDLE_SECONDS } : {}
  return stringifySetCookie(SESSION_COOKIE, id, { ...cookieAttributes(issuer), ...maxAge })
}

export function endedSessionCookie(issuer: string): string {
  return stringifySetCookie(SESSION_COOKIE, '', { ...cookieAttributes(issuer), maxAge: 0 })
}

function cookieAttributes(issuer: string) {
  const isSecure = issuer.startsWith('https:')
  return { path: '/', httpOnly: true, secure: isSecure, sameSite: isSecure ? 'none' : 'lax' } as const
}

function readCookie(request: Request, name: string): string | undefined {
  const value = parseCookie(request.headers.get('Cookie') ?? '')[name]
  return value === '' ? undefined : value
}
