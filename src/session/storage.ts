import { TokenExchangeError } from '../errors.js'
import type { SessionRequest, StoreOptions } from './request.js'
import type { SealedCookies } from './sealed-cookies.js'
import { isDelegated, readState, toSession, type SessionState } from './state.js'

/** Where sessions are kept. */
export interface SessionStorage {
  /** The session of the browser that sent the request. Whatever it sent, this does not throw. */
  read(request: SessionRequest): Promise<SessionState | undefined>
  /** Keeps a new session, under a new name, in place of any other that the browser has. */
  create(store: StoreOptions, state: SessionState): Promise<void>
  /** Keeps what has changed in a session, unless that has ended meanwhile. */
  save(request: SessionRequest, state: SessionState): Promise<void>
  /** Gives what has changed to the browser. */
  send(store: StoreOptions, state: SessionState): Promise<void>
  /** Ends the session. */
  remove(store: StoreOptions): Promise<void>
}

/** The name of the cookie that a session, or its id, is in. */
export const SESSION_COOKIE = 'session'

/** Keeps each session in the cookies of its browser. */
export function createCookieStorage(cookies: SealedCookies, now: () => number): SessionStorage {
  async function write(store: StoreOptions, state: SessionState): Promise<void> {
    await cookies.write(store, SESSION_COOKIE, state, cookieLife(state))
  }
  /** A session that has grown goes without its oldest access tokens: those can be had again, a refresh token cannot. */
  async function writeWhatFits(store: StoreOptions, state: SessionState): Promise<void> {
    try {
      await write(store, state)
    } catch (error) {
      const [, ...accessTokens] = state.accessTokens
      if (state.accessTokens.length === 0 || !isTooLarge(error)) throw error
      await writeWhatFits(store, { ...state, accessTokens })
    }
  }

  return {
    read: async (request) => readState(await cookies.read(request, SESSION_COOKIE), now()),
    create: write,
    save: () => Promise.resolve(),
    send: writeWhatFits,
    remove(store) {
      cookies.clear(store, SESSION_COOKIE)
      return Promise.resolve()
    },
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof TokenExchangeError && error.code === 'session_too_large'
}

/** A delegated session ends with the browser, too. */
export function cookieLife(state: SessionState): { readonly expiresAt: number; readonly isEphemeral: boolean } {
  return { expiresAt: state.expiresAt, isEphemeral: isDelegated(toSession(state)) }
}
