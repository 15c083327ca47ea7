import { didYouMean } from './suggestion.js'

/** Throws a TypeError for an option that `call` does not have: a misspelt one would be dropped without a word. */
export function requireOptionNames(
  call: string,
  options: unknown,
  names: readonly string[],
): asserts options is object {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${call} takes an options object`)
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    throw new TypeError(`${call} has no option ${JSON.stringify(name.slice(0, 50))}${didYouMean(name, names)}`)
  }
}
