/** A mistake in the spec: one line that says where and what. */
export class SpecError extends Error {
  override name = 'SpecError'

  constructor(file: string, line: number, column: number, text: string) {
    super(`${file}:${line}:${column} ${text}`)
  }
}
