/** The beginning of a text, of at most so many code units. */
export function beginningOf(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  // A slice alone would keep all of the text in memory; what is joined from its characters does not.
  return text.slice(0, maxLength).split('').join('')
}
