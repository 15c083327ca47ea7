const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu
const COMPACT_JWT = /eyJ[\w-]{5,}\.[\w-]*\.?[\w-]*/g
const PRIVATE_KEY = /-----BEGIN[A-Z ]* PRIVATE KEY-----[^-]*(?:-----END[A-Z ]* PRIVATE KEY-----)?/g
/** Every secret of a case has this word in it. */
const CANARY = /canary-?([\w-]*)/gi
const LOOPBACK = /(\/\/(?:127\.0\.0\.1|localhost|\[::1\])):\d+/g

/** Makes a text safe to print: what is invisible is escaped, and what is long is cut. */
export function printable(text: string, limit = 400): string {
  return shortened(text, limit).replace(INVISIBLE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Cuts what is longer than `limit` characters. */
export function shortened(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text
}

/**
 * Takes every secret out of a text: the client's, those of the case, and whatever looks like a token that a server
 * issued. The port of a server on loopback, which differs from run to run, goes too.
 */
export function redacted(text: string, secret: string): string {
  return (secret === '' ? text : text.replaceAll(secret, '[client secret]'))
    .replace(PRIVATE_KEY, '[private key]')
    .replace(COMPACT_JWT, '[token]')
    .replace(CANARY, (_canary, name: string) => `[${name === '' ? 'secret' : name}]`)
    .replace(LOOPBACK, '$1:[port]')
}
