import { isPlainObject } from './parameters.js'

type Members = Record<string, unknown>

/**
 * The options as they are now, with their lists, extra parameters and access token: a caller who uses the object again,
 * for the next call, must not change this one. What is malformed is left as it is for the checks.
 */
export function asGiven<O>(options: O): O {
  if (typeof options !== 'object' || options === null) return options
  const given: Members = copyOf(options)
  const { extra, accessToken } = given
  copyLists(given, ['audience', 'resource', 'requiredClaims'])
  if (isPlainObject(extra)) copyLists((given['extra'] = copyOf(extra)), Object.keys(extra))
  // A verified token is frozen, and a copy of it would not be verified.
  if (typeof accessToken === 'object' && !Object.isFrozen(accessToken)) {
    const { token, verifiedBy } = accessToken as Members
    given['accessToken'] = { token, verifiedBy }
  }
  return given as O
}

/** What an object's class has for it is not its own, and found where it was. */
function copyOf(value: object): Members {
  return Object.setPrototypeOf({ ...value }, Object.getPrototypeOf(value) as object | null) as Members
}

function copyLists(holder: Members, names: readonly string[]): void {
  for (const name of names) {
    const list = holder[name]
    if (Array.isArray(list)) holder[name] = [...(list as unknown[])]
  }
}
