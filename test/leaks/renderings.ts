import { format, inspect } from 'node:util'

/** A secret, and who made it: only what a caller sent may stand nowhere, not even in an error of somebody else. */
export interface Secret {
  readonly name: string
  readonly text: string
}

/** Every way in which a value gets into a log. Each has a name. */
export function renderings(value: unknown): [name: string, text: string][] {
  const ways: Record<string, () => unknown> = {
    inspect: () => inspect(value),
    'inspect, all levels': () => inspect(value, { depth: Infinity, maxStringLength: Infinity, getters: true }),
    'inspect, in an object': () => inspect({ value: [value] }, { depth: 10 }),
    'inspect, in colors': () => inspect(value, { colors: true, compact: false, breakLength: 40 }),
    'console.log': () => format(value),
    '%s': () => format('%s', value),
    '%j': () => format('%j', value),
    JSON: () => JSON.stringify(value),
    'JSON, in an object': () => JSON.stringify({ value: [value] }),
    String: () => String(value),
    spread: () => JSON.stringify({ ...(value as object) }),
    'own keys': () =>
      Object.entries(value as object)
        .map(([key, member]) => `${key}: ${inspect(member)}`)
        .join(),
    'in keys': () => {
      const parts: string[] = []
      for (const key in value as object) parts.push(`${key}: ${inspect((value as Record<string, unknown>)[key])}`)
      return parts.join()
    },
    'structured clone': () => {
      const clone: unknown = structuredClone(value)
      return clone instanceof Error
        ? `${clone.message} ${String(clone.stack)}`
        : `${inspect(clone)} ${JSON.stringify(clone)}`
    },
  }
  if (value instanceof Error) {
    ways['message'] = () => value.message
    ways['stack'] = () => value.stack
    ways['toString'] = () => value.toString()
    // Nothing is lost by it but a cause, which others wrote, and what the server said, which is asked for by name.
    ways['inspect, as a plain error'] = () => {
      const { cause } = value
      delete value.cause
      const text = inspect(value, { customInspect: false, depth: Infinity })
      if (cause !== undefined)
        Object.defineProperty(value, 'cause', { value: cause, configurable: true, writable: true })
      return text
    }
    ways['inspect, with what is hidden'] = () => inspect(value, { showHidden: true, depth: Infinity })
  }
  return Object.entries(ways).flatMap(([name, render]): [string, string][] => {
    let text: unknown
    try {
      text = render()
    } catch (error) {
      // What cannot be rendered may say so, but without the secret.
      text = inspect(error)
    }
    return typeof text === 'string' ? [[name, text]] : []
  })
}

/** The forms in which a secret is still one. */
function formsOf(secret: string): string[] {
  const swapped = Array.from(secret, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  ).join('')
  const plain = [secret, encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1), swapped]
  // Without what the neighbours of the first and last bytes decide.
  const encoded = ['', 'a', 'ab'].map((before) =>
    Buffer.from(before + secret)
      .toString('base64')
      .slice(4, -4),
  )
  const urlSafe = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const hex = Buffer.from(secret).toString('hex')
  return [...new Set([...plain, ...encoded, ...urlSafe, hex, Array.from(secret).reverse().join('')])]
}

/** Finds secrets in texts, whole or in part. */
export function createSearch(secrets: readonly Secret[]): (text: string) => string[] {
  const forms = secrets.flatMap(({ name, text }) =>
    partsOf(text).flatMap((part) => formsOf(part).map((form) => ({ name, form }))),
  )
  const search = (text: string) => [...new Set(forms.filter(({ form }) => text.includes(form)).map(({ name }) => name))]
  // Most ways to write a value give a text that another one gave.
  const known = new Map<string, string[]>()
  return (text) => {
    const names = known.get(text) ?? search(text)
    known.set(text, names)
    return names
  }
}

/** A part of a secret gives it away too: 16 letters from its start, its middle and its end. */
function partsOf(text: string): string[] {
  const size = 16
  if (text.length <= size) return [text]
  const middle = Math.floor((text.length - size) / 2)
  return [text.slice(0, size), text.slice(middle, middle + size), text.slice(-size)]
}
