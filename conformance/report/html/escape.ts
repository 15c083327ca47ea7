import { printable } from '../text.js'

/** A text as HTML, in an element or a quoted attribute: no mark of HTML and nothing invisible is left in it. */
export function escaped(text: string, limit = Infinity): string {
  return text
    .split('\n')
    .map((line) => printable(line, limit))
    .join('\n')
    .replace(/[&<>"'`]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
