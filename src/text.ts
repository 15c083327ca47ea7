/** JavaScript's and Python's whitespace together; `\s` has U+FEFF already. */
const WHITESPACE = String.raw`\s\u001c-\u001f\u0085`
const NOT_WHITESPACE = new RegExp(`[^${WHITESPACE}]`, 'u')
const PADDED = new RegExp(`^[${WHITESPACE}]|[${WHITESPACE}]$`, 'u')
const LONE_SURROGATE = /\p{Surrogate}/u
const CONTROL = /\p{Control}/u

const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/** Nearly every token and identifier: nothing in it needs a closer look. */
export function isVisibleAscii(text: string): boolean {
  return VISIBLE_ASCII.test(text)
}

export function isBlank(text: string): boolean {
  return !NOT_WHITESPACE.test(text)
}

export function isPadded(text: string): boolean {
  return PADDED.test(text)
}

/** Such a text has no UTF-8 form: encoding would silently send another one. */
export function hasLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text)
}

export function hasControlCharacter(text: string): boolean {
  return CONTROL.test(text)
}

/** A name for a message or field; a long one is not repeated, since it may be a secret that was pasted there. */
export function shortened(name: string): string {
  return name.length > 40 ? `(${name.length} characters)` : name
}
