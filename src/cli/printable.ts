/** For a terminal: other people's text must not move the cursor or fake a line. */
export function printable(text: string): string {
  return text.replace(/[\p{Control}\p{Format}\p{Surrogate}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}
