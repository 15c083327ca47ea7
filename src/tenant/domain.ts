import { TokenExchangeError } from '../errors.js'
import { parseUrl } from '../url.js'

/**
 * The issuer that a configured domain stands for, with a trailing slash.
 *
 * @param domain `tenant.example.com`, or an https URL; plain http for loopback alone.
 * @throws {TokenExchangeError} `invalid_configuration` when it is neither.
 */
export function issuerOf(domain: unknown): string {
  if (typeof domain !== 'string') throw new TypeError('domain must be a string')
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(domain) ? domain : `https://${domain}`
  const url = /[\s\\]/u.test(text) ? undefined : parseUrl(text)
  if (!url) throw invalid('malformed', 'is not a domain or URL')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalid('malformed', 'must not have user information, a query or a fragment')
  }
  if (!isSecure(url)) throw invalid('insecure', 'must be https (http for loopback alone)')
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}

/** Whether tokens may be sent to `url`: https, or http to this machine. */
export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

function invalid(reason: string, what: string): TokenExchangeError {
  return new TokenExchangeError('invalid_configuration', `The domain ${what}.`, {
    field: 'domain',
    reason,
  })
}
