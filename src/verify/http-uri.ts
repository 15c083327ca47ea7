import { parseUrl } from '../url.js'
const UNRESERVED = /[A-Za-z0-9._~-]/

/**
 * A URL as proofs name it: without query and fragment, normalised by its syntax and scheme (RFC 9449, section 4.3;
 * RFC 3986, sections 6.2.2 and 6.2.3). `undefined` for what is no URL of HTTP.
 */
export function httpUri(text: string): string | undefined {
  if (!parseUrl(text)) return undefined
  // The parser lowers scheme and host, and drops dot segments and the default port.
  const { protocol, username, password, host, pathname } = new URL(text)
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined
  return `${protocol}//${host}${pathname.replace(/%[0-9a-f]{2}/gi, normalTriplet)}`
}

/** Where the sender sees `requestUrl`: its path below `publicUrl`. */
export function publicUri(requestUrl: string, publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined || !parseUrl(requestUrl)) return httpUri(requestUrl)
  return httpUri(publicUrl.replace(/\/$/, '') + new URL(requestUrl).pathname)
}

function normalTriplet(triplet: string): string {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16))
  return UNRESERVED.test(character) ? character : triplet.toUpperCase()
}
