import { invalidRequest } from './failure.js'

/** A parameter as it was sent: name and value. */
export type Field = readonly [name: string, value: string]

/** application/x-www-form-urlencoded, but what browsers would repair is an error. */
export function parseForm(text: string, maxFields: number, where: 'body' | 'query' = 'body'): Field[] {
  const fields: Field[] = []
  for (const pair of text.split('&')) {
    if (pair === '') continue
    if (fields.length === maxFields) throw invalidRequest(`The ${where} has more than ${maxFields} parameters.`)
    const equals = pair.indexOf('=')
    const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    fields.push([decode(name, where), decode(value, where)])
  }
  return fields
}

function decode(text: string, where: 'body' | 'query'): string {
  const decoded = decodeFormComponent(text)
  if (decoded !== undefined) return decoded
  throw invalidRequest(
    /%(?![0-9a-f]{2})/i.test(text)
      ? `The ${where} has an invalid percent escape.`
      : `The ${where} has percent escapes that are not valid UTF-8.`,
  )
}

/** Gives undefined when an escape is malformed or the bytes are not UTF-8. */
export function decodeFormComponent(text: string): string | undefined {
  try {
    // It gives a copy even of a text without escapes: a part of a body that is kept must not keep all of the body.
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
