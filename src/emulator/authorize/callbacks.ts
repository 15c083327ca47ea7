import { isLoopbackHost } from '../http/issuer.js'
import { parseUrl } from '../../url.js'

/** Registered URLs are compared as they are, but loopback ones without their port (RFC 8252, section 7.3). */
export function isRegistered(urls: readonly string[], redirectUri: string): boolean {
  return urls.includes(redirectUri) || urls.some((registered) => isSameLoopback(registered, redirectUri))
}

function isSameLoopback(callback: string, redirectUri: string): boolean {
  if (!/^http:[\x21-\x7e]+$/.test(redirectUri) || !parseUrl(redirectUri)) return false
  const [registered, requested] = [new URL(callback), new URL(redirectUri)]
  if (registered.protocol !== 'http:' || !isLoopbackHost(registered.hostname)) return false
  requested.port = registered.port
  return requested.href === registered.href
}
