import type { SdkError } from '../adapter.js'

const LANGUAGE_ERRORS =
  /^(?:SyntaxError|ReferenceError|JSONDecodeError|UnicodeDecodeError|KeyError|IndexError|AttributeError|NameError|UnboundLocalError|NullPointerException|ClassCastException|JsonParseException|JsonSyntaxException)$/
const ACCIDENTS =
  /cannot (?:read|set) propert|is not a function|is not iterable|is not a constructor|undefined is not|null is not|'?NoneType'?|object has no attribute|nil pointer/i

/** Whether an error is one of the language, by accident, and not one that the SDK gives for what it was asked. */
export function isAccident({ class: className, message }: SdkError): boolean {
  return LANGUAGE_ERRORS.test(className) || (className === 'TypeError' && ACCIDENTS.test(message))
}
