const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu
const COMPACT_JWT = /eyJ[\w-]{5,}\.[\w-]*\.?[\w-]*/g

/** Makes a text safe to print: what is invisible is escaped, and what is long is cut. */
export function printable(text: string, limit = 400): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  return cut.replace(INVISIBLE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Takes the client's secret, and whatever looks like a token that a server issued, out of a text. */
export function redacted(text: string, secret: string): string {
  return text.replaceAll(secret, '[client secret]').replace(COMPACT_JWT, '[token]')
}
