import { isPlainObject } from './parameters.js'

interface Holder {
  audience?: unknown
  resource?: unknown
  extra?: unknown
}

/**
 * The options as they are now, lists and extra parameters included: a caller who uses the object again, for the next
 * call, must not change this one. What is malformed is left as it is for the checks.
 */
export function asGiven<O extends object>(options: O): O {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null) return options
  const given: O & Holder = { ...options }
  if (Array.isArray(given.audience)) given.audience = copyOf(given.audience)
  if (Array.isArray(given.resource)) given.resource = copyOf(given.resource)
  if (isPlainObject(given.extra)) {
    given.extra = Object.fromEntries(Object.entries(given.extra).map(([name, value]) => [name, copyOf(value)]))
  }
  return given
}

function copyOf(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])] : value
}
