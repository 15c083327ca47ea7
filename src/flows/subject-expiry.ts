import { decodeJwt } from 'jose'

/**
 * When the first of these tokens expires, in seconds since the epoch, as far as they are readable.
 *
 * They are not verified: the time only ever shortens how long something is kept.
 */
export function firstExpiry(...tokens: readonly (string | undefined)[]): number | undefined {
  const times = tokens.map(expiryOf).filter((time) => time !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}

function expiryOf(token: string | undefined): number | undefined {
  if (token === undefined) return undefined
  try {
    const { exp } = decodeJwt(token)
    return typeof exp === 'number' ? exp : undefined
  } catch {
    return undefined
  }
}
