/** A form field: one value, or several under the same name. */
type FieldValue = string | readonly string[] | null | undefined

/** Most tokens and names need no encoding, and looking is cheaper than encoding. */
const UNRESERVED = /^[A-Za-z0-9*._-]*$/
/** With what URNs, URLs and lists of scopes have besides. */
const NEARLY_UNRESERVED = /^[A-Za-z0-9*._:/ -]*$/

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
  if (UNRESERVED.test(text)) return text
  if (NEARLY_UNRESERVED.test(text)) return text.replaceAll(':', '%3A').replaceAll('/', '%2F').replaceAll(' ', '+')
  return new URLSearchParams([['', text]]).toString().slice(1)
}

function append(form: string, fields: object): string {
  for (const [name, value] of Object.entries(fields) as [string, FieldValue][]) {
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
