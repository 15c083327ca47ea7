import { isLoopbackHost } from '../http/issuer.js'
import { parseUrl } from '../../url.js'

/** Registered URLs are compared as they are, but loopback ones without their port (RFC 8252, section 7.3). */
export function isRegistered(urls: readonly string[], url: string): boolean {
  return urls.includes(url) || urls.some((registered) => isSameLoopback(registered, url))
}

function isSameLoopback(known: string, url: string): boolean {
  if (!/^http:[\x21-\x7e]+$/.test(url) || !parseUrl(url)) return false
  const [registered, requested] = [new URL(known), new URL(url)]
  if (registered.protocol !== 'http:' || !isLoopbackHost(registered.hostname)) return false
  requested.port = registered.port
  return requested.href === registered.href
}
