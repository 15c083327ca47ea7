import { shortened } from '../text.js'

/**
 * Throws when an option has a name that the call does not know: a typing mistake would drop it in silence.
 *
 * @throws {TypeError} That names the option.
 */
export function checkOptionNames(
  call: string,
  options: unknown,
  known: ReadonlySet<string>,
): asserts options is object {
  checkObject(call, options)
  for (const name of Object.keys(options)) {
    if (!known.has(name)) throw new TypeError(`${call} has no option ${JSON.stringify(shortened(name))}`)
  }
}

/** @throws {TypeError} When there are no options. */
export function checkObject(call: string, options: unknown): asserts options is object {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${call} needs an options object`)
}

/**
 * Throws when one of these options is there and is of another kind: `1` or `'true'` would be taken for off.
 *
 * @throws {TypeError} That names the option.
 */
export function checkKind(kind: 'boolean' | 'function' | 'string', options: object, ...names: string[]): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name]
    if (value !== undefined && typeof value !== kind) throw new TypeError(`${name} must be a ${kind}`)
  }
}
