import { PROTECTED_PARAMETERS } from '../../generated/constants.js'
import { TokenExchangeError } from '../errors.js'
import { hasControlCharacter, hasLoneSurrogate, isBlank, isPadded, isVisibleAscii, shortened } from '../text.js'

/** Parameters beside the typed ones: each value is sent as it is, an array as repeated fields. */
export type ExtraParameters = Readonly<Record<string, string | readonly string[]>>

const PROTECTED: ReadonlySet<string> = new Set(PROTECTED_PARAMETERS)
/** `name-char` of RFC 6749, section 8.2. */
const PARAMETER_NAME = /^[A-Za-z0-9._-]+$/
const MAX_VALUES_PER_NAME = 20

/**
 * Throws when `extra` could change what a typed option says, or could not be sent as it is.
 *
 * @throws {TokenExchangeError} `protected_parameter` for a name that a typed option owns, in any spelling;
 *   `invalid_parameter` for a malformed name (`malformed_name`), more than 20 values (`too_many_values`) or a value
 *   that is not well-formed Unicode (`lone_surrogate`).
 * @throws {TypeError} When `extra` is not a plain object of strings and arrays of strings.
 */
export function checkExtra(extra: unknown): asserts extra is ExtraParameters {
  // A Map or URLSearchParams has no own keys: its entries would be lost without a word.
  if (!isPlainObject(extra)) throw new TypeError('extra must be a plain object')
  for (const [name, value] of Object.entries(extra)) {
    if (PROTECTED.has(name.toLowerCase())) {
      const text = `extra must not set "${name}": a typed option owns it.`
      throw new TokenExchangeError('protected_parameter', text, {
        field: name,
        reason: 'protected_name',
      })
    }
    if (!PARAMETER_NAME.test(name)) {
      throw invalid(
        'extra',
        'malformed_name',
        `has the name ${JSON.stringify(shortened(name))}; use letters, digits, "-", "." and "_"`,
      )
    }
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (values.length > MAX_VALUES_PER_NAME) {
      throw invalid(name, 'too_many_values', `has more than ${MAX_VALUES_PER_NAME} values`)
    }
    for (const item of values) {
      if (typeof item !== 'string') throw new TypeError(`extra: the value of ${shortened(name)} must be a string`)
      if (hasLoneSurrogate(item)) throw invalid(name, 'lone_surrogate', 'is not well-formed Unicode')
    }
  }
}

/** An object literal, whose prototype is an `Object.prototype` of any realm, or an object without a prototype. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.hasOwn(prototype as object, 'isPrototypeOf')
}

/**
 * Throws when a typed text option is blank, padded or unprintable.
 *
 * @throws {TokenExchangeError} `invalid_parameter`, with `field` and `reason`.
 * @throws {TypeError} When it is not a string.
 */
export function checkText(field: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`${field} must be a string`)
  if (isVisibleAscii(value)) return
  if (isBlank(value)) throw invalid(field, 'blank', 'is blank')
  if (isPadded(value)) throw invalid(field, 'padded', 'starts or ends with whitespace')
  if (hasControlCharacter(value)) throw invalid(field, 'control_character', 'contains a control character')
  if (hasLoneSurrogate(value)) throw invalid(field, 'lone_surrogate', 'is not well-formed Unicode')
}

/** The same for an option that takes one text or several; an empty list would ask for the default in silence. */
export function checkTexts(field: string, value: unknown): asserts value is string | readonly string[] {
  if (!Array.isArray(value)) {
    checkText(field, value)
    return
  }
  if (value.length === 0) throw invalid(field, 'blank', 'is an empty list')
  for (const item of value) checkText(field, item)
}

function invalid(field: string, reason: string, what: string): TokenExchangeError {
  const shown = shortened(field)
  return new TokenExchangeError('invalid_parameter', `${shown} ${what}.`, { field: shown, reason })
}
