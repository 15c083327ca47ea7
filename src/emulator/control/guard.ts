import { isLoopbackHost } from '../http/issuer.js'
import { ControlError } from './control-error.js'
import { parseUrl } from '../../url.js'

/**
 * Lets in who is on this machine and no page of another site: not one that has its own name lead here, nor one that
 * sends requests from a browser which is here.
 */
export function requireOwnSite(request: Request): void {
  const host = request.headers.get('Host') ?? new URL(request.url).host
  requireLoopbackHost(host)
  requireOwnOrigin(request.headers, host)
  requireNoOtherSite(request)
}

function requireLoopbackHost(host: string): void {
  const isPlain = /^[\w.:[\]-]+$/.test(host) && parseUrl(`http://${host}`) !== undefined
  if (isPlain && isLoopbackHost(new URL(`http://${host}`).hostname)) return
  throw new ControlError('forbidden_host', 'The Host must be localhost, 127.0.0.1 or [::1].')
}

/** Sent by browsers with every request that changes something, and with those of other origins. */
function requireOwnOrigin(headers: Headers, host: string): void {
  const origin = headers.get('Origin')
  if (origin === null || isOriginOf(origin, host)) return
  throw new ControlError('forbidden_origin', 'Only pages of the emulator itself may send this request.')
}

function isOriginOf(origin: string, host: string): boolean {
  if (!parseUrl(origin)) return false
  const { protocol, host: originHost } = new URL(origin)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  return new URL(`${protocol}//${host}`).host === originHost
}

/** A link to the page may stand anywhere. */
function requireNoOtherSite({ method, headers }: Request): void {
  const site = headers.get('Sec-Fetch-Site')
  const isLink = method === 'GET' && headers.get('Sec-Fetch-Mode') === 'navigate'
  if (site === null || site === 'same-origin' || site === 'none' || isLink) return
  throw new ControlError('forbidden_origin', 'Only pages of the emulator itself may send this request.')
}
