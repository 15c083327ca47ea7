/** The URL that `text` is, if it is one. In Node 20, `URL.canParse` is wrong about "ü" once it has been compiled. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
