import { dpopProof } from '../request/dpop.js'
import type { DPoPOptions } from '../request/dpop-key.js'
import { isSecure } from '../tenant/domain.js'
import { TokenExchangeError } from '../errors.js'
import type { OnBehalfOfOptions, OnBehalfOfTokenResult } from './on-behalf-of.js'
import { unexpectedMember } from '../response/response.js'
import type { Fetch } from '../transport/bounded-fetch.js'
import { parseUrl } from '../url.js'

/** The options of `delegatedFetch`. */
export interface DelegatedFetchOptions extends Omit<OnBehalfOfOptions, 'signal' | 'forceRefresh'> {
  /** Where the token may go, such as `https://calendar.example.com`: https, or http for loopback, without a path. */
  readonly origins: readonly string[]
}

/**
 * A `fetch` that attaches a token.
 *
 * The URL must be absolute, `Authorization` is its own to set, and a redirect is an answer like any other. It takes no
 * `Request`, whose body could not be sent a second time.
 */
export type DelegatedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>

/** What a delegated fetch is made of. */
interface Parts {
  readonly fetch: Fetch
  readonly dpop?: DPoPOptions | undefined
  /** In milliseconds since the epoch. */
  readonly now: () => number
  readonly getToken: (signal: AbortSignal | undefined) => Promise<OnBehalfOfTokenResult>
  /** Forgets the token; absent when `getToken` keeps none. */
  readonly invalidate?: (() => Promise<void>) | undefined
}

/** Makes a delegated fetch for checked origins. */
export function createDelegatedFetch(allowed: ReadonlySet<string>, parts: Parts): DelegatedFetch {
  const nonces = new Map<string, string>()
  let forgetting: Promise<void> | undefined

  async function send(url: URL, init: RequestInit, token: OnBehalfOfTokenResult): Promise<Response> {
    const response = await parts.fetch(url.href, await withToken(url, init, token))
    const nonce = response.headers.get('dpop-nonce')
    if (nonce === null) return response
    nonces.set(url.origin, nonce)
    if (!wantsNonce(response) || !isReplayable(init.body)) return response
    discard(response)
    return parts.fetch(url.href, await withToken(url, init, token))
  }

  async function withToken(url: URL, init: RequestInit, token: OnBehalfOfTokenResult): Promise<RequestInit> {
    const headers = new Headers(init.headers)
    const { dpop } = parts
    const type = token.tokenType.toLowerCase()
    const isBound = type === 'dpop'
    // A token of a type that is not understood must not be used (RFC 6749, section 7.1).
    if (!isBound && type !== 'bearer')
      throw unexpectedMember('token_type', 'The issued token is neither Bearer nor DPoP.')
    if (isBound && !dpop)
      throw unexpectedMember('token_type', 'The issued token is bound to a key; give its key as dpop.')
    // The error that Headers would throw repeats the token.
    if (!/^[\x21-\x7e]+$/.test(token.accessToken)) {
      throw unexpectedMember('access_token', 'The issued token cannot stand in a header.')
    }
    headers.set('authorization', `${isBound ? 'DPoP' : 'Bearer'} ${token.accessToken}`)
    if (isBound && dpop) {
      const target = {
        method: sentMethod(init.method),
        url: url.href,
        nonce: nonces.get(url.origin),
        accessToken: token.accessToken,
        now: parts.now(),
      }
      headers.set('dpop', await dpopProof(dpop, target))
    }
    return { ...init, headers, redirect: 'manual' }
  }

  /** Another token than the refused one. Calls whose token was refused at the same time share one exchange. */
  async function otherToken(refused: string, signal: AbortSignal | undefined): Promise<OnBehalfOfTokenResult> {
    if (!parts.invalidate) return parts.getToken(signal)
    const known = await parts.getToken(signal)
    if (known.accessToken !== refused) return known
    await (forgetting ??= parts.invalidate().finally(() => {
      forgetting = undefined
    }))
    return parts.getToken(signal)
  }

  return async (input, init = {}) => {
    const url = targetUrl(input, allowed)
    if (new Headers(init.headers).has('authorization')) throw new TypeError('delegatedFetch sets Authorization itself')
    const signal = init.signal ?? undefined
    const token = await parts.getToken(signal)
    const response = await send(url, init, token)
    // With a nonce that is still refused the proof is at fault, not the token.
    if (response.status !== 401 || wantsNonce(response)) return response
    if (!isReplayable(init.body)) {
      // The caller's answer is there, and it is not about the cache.
      await parts.invalidate?.().catch(() => undefined)
      return response
    }
    discard(response)
    return send(url, init, await otherToken(token.accessToken, signal))
  }
}

function targetUrl(input: unknown, allowed: ReadonlySet<string>): URL {
  if (typeof input !== 'string' && !(input instanceof URL)) {
    throw new TypeError('delegatedFetch takes a URL and an init, not a Request')
  }
  if (!parseUrl(String(input))) throw new TypeError('delegatedFetch takes an absolute URL')
  const url = new URL(input)
  // A blob: URL has the origin of its maker.
  if (!allowed.has(url.origin) || !isSecure(url)) throw notAllowed('not_allowed', 'to its configured origins alone.')
  if (url.username !== '' || url.password !== '') throw notAllowed('user_information', 'without other credentials.')
  return url
}

function notAllowed(reason: string, where: string): TokenExchangeError {
  const message = `delegatedFetch sends tokens ${where}`
  return new TokenExchangeError('target_not_allowed', message, { field: 'url', reason })
}

/** As `fetch` writes it: the proof must name the method that is sent. */
function sentMethod(method = 'GET'): string {
  return /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method
}

/** RFC 9449, section 9. */
function wantsNonce({ status, headers }: Response): boolean {
  return status === 401 && /\bDPoP\b.*\buse_dpop_nonce\b/i.test(headers.get('www-authenticate') ?? '')
}

/** A stream is gone once it was sent. */
function isReplayable(body: RequestInit['body']): boolean {
  return (
    body === undefined ||
    body === null ||
    typeof body === 'string' ||
    body instanceof URLSearchParams ||
    body instanceof Blob ||
    body instanceof FormData ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body)
  )
}

/** A body that is not read keeps its connection. */
function discard(response: Response): void {
  void response.body?.cancel().catch(() => undefined)
}
