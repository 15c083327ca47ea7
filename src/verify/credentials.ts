import { DEFAULT_MAX_BYTES } from '../transport/bounded-fetch.js'
import { verificationFailed } from '../tokens/key-source.js'

/** The authentication schemes of access tokens (RFC 6750, section 2.1; RFC 9449, section 7.1). */
export type Scheme = 'Bearer' | 'DPoP'

/** What a request shows. */
export interface Credentials {
  readonly scheme: Scheme
  readonly token: string
}

const SCHEMES: ReadonlyMap<string, Scheme> = new Map([
  ['bearer', 'Bearer'],
  ['dpop', 'DPoP'],
])
/** `b64token` of RFC 6750, section 2.1: two headers of one name, joined by a comma, are none. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/
const PARAMETER = 'access_token'

/** The scheme of an `Authorization` header, if it is one for access tokens. */
export function schemeOf(header: string): Scheme | undefined {
  const end = header.indexOf(' ')
  return SCHEMES.get((end === -1 ? header : header.slice(0, end)).toLowerCase())
}

/**
 * The access token in an `Authorization` header, the only place where one is taken from.
 *
 * @param url Of the request.
 * @throws {TokenExchangeError} `verification_failed` with the reason `no_credentials`, or `invalid_request` for a malformed
 *   header and for a second token in the query (RFC 6750, sections 2 and 3.1).
 */
export function readCredentials(header: string, url: string): Credentials {
  const scheme = schemeOf(header)
  if (!scheme) {
    throw verificationFailed('no_credentials', 'The request has no access token in Authorization.', 'Authorization')
  }
  const token = header.slice(scheme.length).trim()
  if (!TOKEN.test(token)) {
    throw verificationFailed('invalid_request', 'Authorization is not one scheme with one token.', 'Authorization')
  }
  if (url.includes('?') && new URL(url).searchParams.has(PARAMETER)) throw secondToken('query')
  return { scheme, token }
}

/**
 * Throws when the form in the body holds another token (RFC 6750, section 2.2). A body that somebody else reads, or has
 * read, is the caller's to judge, and one over a mebibyte is not read to its end.
 *
 * @throws {TokenExchangeError} `verification_failed` with the reason `invalid_request`.
 */
export async function refuseTokenInBody(request: Request): Promise<void> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) return
  if (!request.body || request.bodyUsed || request.body.locked) return
  if (new URLSearchParams(await startOf(request.clone())).has(PARAMETER)) throw secondToken('body')
}

async function startOf({ body }: Request): Promise<string> {
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length > DEFAULT_MAX_BYTES) {
      void reader.cancel().catch(() => undefined)
      return text
    }
  }
}

function secondToken(place: string): ReturnType<typeof verificationFailed> {
  return verificationFailed('invalid_request', `The request has a second access token, in its ${place}.`, PARAMETER)
}
