import { base64url } from 'jose'
import type { SessionRequest, StoreOptions } from './request.js'
import type { SealedCookies } from './sealed-cookies.js'

/** What a login that was begun is checked against when its answer comes. */
export interface LoginTransaction {
  /** Of the server that the browser was sent to. */
  readonly issuer: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly returnTo: string
  readonly scope: string
  readonly audience?: string
  readonly organization?: string
  /** Whether it began with a session transfer token. */
  readonly isTransfer: boolean
}

const LOGIN_COOKIE = 'login'
const LOGIN_SECONDS = 15 * 60

/** A random value of 256 bits, which is also what a code verifier may look like (RFC 7636, section 4.1). */
export function randomText(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}

/** The S256 challenge of a code verifier (RFC 7636, section 4.2). */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier))
  return base64url.encode(new Uint8Array(digest))
}

export function keepTransaction(
  cookies: SealedCookies,
  store: StoreOptions,
  transaction: LoginTransaction,
  now: number,
): Promise<void> {
  const expiresAt = Math.floor(now / 1000) + LOGIN_SECONDS
  return cookies.write(store, LOGIN_COOKIE, transaction, { expiresAt })
}

/** The login that this browser began. */
export async function findTransaction(
  cookies: SealedCookies,
  request: SessionRequest,
): Promise<LoginTransaction | undefined> {
  const transaction = (await cookies.read(request, LOGIN_COOKIE)) as Partial<LoginTransaction> | undefined
  return typeof transaction?.state === 'string' ? (transaction as LoginTransaction) : undefined
}

export function forgetTransaction(cookies: SealedCookies, store: StoreOptions): void {
  cookies.clear(store, LOGIN_COOKIE)
}
