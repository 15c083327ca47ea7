/** The fields of a form, in the order of the body, repeats included. */
export type FormFields = readonly (readonly [name: string, value: string])[]

/**
 * Decodes an `application/x-www-form-urlencoded` body strictly, or gives undefined when it is not one.
 *
 * Any legal encoding is accepted. A broken percent escape and bytes that are not UTF-8 are not repaired.
 *
 * @param body The bytes of the body.
 * @example
 * ```ts
 * const fields = decodeForm(new TextEncoder().encode('scope=a+b&x=%C3%A9'))
 * // [['scope', 'a b'], ['x', 'é']]
 * ```
 */
export function decodeForm(body: Uint8Array): FormFields | undefined {
  const text = utf8(body)
  if (text === undefined) return undefined
  const fields: [string, string][] = []
  for (const part of text.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decoded(equals < 0 ? part : part.slice(0, equals))
    const value = decoded(equals < 0 ? '' : part.slice(equals + 1))
    if (name === undefined || value === undefined) return undefined
    fields.push([name, value])
  }
  return fields
}

/**
 * Encodes fields as a form, in order.
 *
 * @param fields Names and values.
 * @example
 * ```ts
 * const body = encodeForm([['scope', 'a b']])
 * // 'scope=a+b'
 * ```
 */
export function encodeForm(fields: FormFields): string {
  return new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()
}

function decoded(part: string): string | undefined {
  if (!part.includes('%')) return part.includes('+') ? part.replaceAll('+', ' ') : part
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
