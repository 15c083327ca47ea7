/** A form field: one value, or several under the same name. */
type FieldValue = string | readonly string[] | null | undefined

/** What goes with such a body. */
export const FORM_HEADERS = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }

const UNRESERVED = /^[A-Za-z0-9*._-]*$/

/** What stands for each ASCII character that a form does not hold as it is. */
const ENCODED = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return UNRESERVED.test(character) ? undefined : urlEncoded(character)
})

/**
 * The body of a form request: what is absent is left out, an array becomes repeated fields
 * (RFC 6749, appendix B; RFC 8693, section 2.1).
 */
export function formBody(...parts: readonly (object | undefined)[]): string {
  let form = ''
  for (const part of parts) if (part) form = append(form, part)
  return form
}

/** One text as a form field holds it. */
export function formEncoded(text: string): string {
  // Most tokens and names need no encoding, and looking is cheaper than encoding.
  if (UNRESERVED.test(text)) return text
  let encoded = ''
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= ENCODED.length) return urlEncoded(text)
    const replacement = ENCODED[code]
    if (replacement === undefined) continue
    encoded += text.slice(start, at) + replacement
    start = at + 1
  }
  return encoded + text.slice(start)
}

function urlEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

function append(form: string, fields: object): string {
  for (const name of Object.keys(fields)) {
    const value = (fields as Readonly<Record<string, FieldValue>>)[name]
    // A JavaScript caller may say null for nothing.
    if (value === undefined || value === null) continue
    if (typeof value === 'string') form = appendField(form, name, value)
    else for (const item of value) form = appendField(form, name, item)
  }
  return form
}

function appendField(form: string, name: string, value: string): string {
  return `${form === '' ? '' : `${form}&`}${formEncoded(name)}=${formEncoded(value)}`
}
