/**
 * The words of a command, as a shell would split it: at spaces, but for those in quotes and after a backslash.
 *
 * @throws {RangeError} When a quote is not closed, or there is no word.
 */
export function splitCommand(text: string): string[] {
  const words: string[] = []
  const piece = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gsy
  let word: string | undefined
  while (piece.lastIndex < text.length) {
    const at = piece.lastIndex
    const found = piece.exec(text)
    if (!found) throw new RangeError(`the quote at character ${at + 1} of the command is not closed: ${text}`)
    const [whole, single, double, escaped, plain] = found
    const part = single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain
    if (part !== undefined) word = (word ?? '') + part
    else if (word !== undefined && whole !== '') {
      words.push(word)
      word = undefined
    }
  }
  if (word !== undefined) words.push(word)
  if (words.length === 0) throw new RangeError('the command is empty')
  return words
}
