import { invalidRequest } from './failure.js'
import type { Field } from './form.js'

/** A JSON object whose members are strings or arrays of strings. Of a member that stands twice the last counts. */
export function parseJsonBody(text: string, maxFields: number): Field[] {
  const body = parse(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidRequest('The JSON body must be an object.')
  }
  const fields: Field[] = []
  for (const [name, value] of Object.entries(body) as [string, unknown][]) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (fields.length + values.length > maxFields) {
      throw invalidRequest(`The body has more than ${maxFields} parameters.`)
    }
    for (const item of values) fields.push([wellFormed(name), wellFormed(item)])
  }
  return fields
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidRequest('The body is not valid JSON.')
  }
}

function wellFormed(value: unknown): string {
  if (typeof value !== 'string') {
    throw invalidRequest('Every member of the JSON body must be a string or an array of strings.')
  }
  if (/\p{Surrogate}/u.test(value)) throw invalidRequest('The JSON body has an unpaired surrogate.')
  return value
}
