import { parseUrl } from '../../url.js'
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i

export const DEFAULT_ISSUER = 'https://tenant.example.com/'

export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host)
}

/** An origin with a trailing slash, as the vendor writes issuers. */
export function parseIssuer(issuer: string): string {
  const url = parseUrl(issuer)
  if (url === undefined || url.href !== `${url.origin}/`) {
    throw new TypeError('The issuer must be an absolute URL without userinfo, path, query and fragment')
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    throw new TypeError('The issuer must use https, or http with a loopback host')
  }
  return url.href
}
