/** An element of an XML document. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
}

const TOKEN =
  /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([a-z][\w-]*)((?: [\w-]+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(\/?)>|((?:[^<&]|&#\d+;)+)/gy
/** XML 1.0, section 2.2. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/**
 * Reads the small part of XML that the reports use: elements, quoted attributes and numeric references.
 *
 * @throws {SyntaxError} For anything else.
 */
export function readXml(text: string): Element {
  if (ILLEGAL.test(text)) throw new SyntaxError('a character that XML does not have')
  const root = { name: '', attributes: {}, children: [] as Element[] }
  const open = [root]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) throw new SyntaxError(`not XML: ${JSON.stringify(text.slice(at, at + 80))}`)
    const [, close, name, attributes = '', empty] = match
    if (name === undefined) continue
    if (close === '/') {
      if (open.pop()?.name !== name) throw new SyntaxError(`</${name}> closes nothing`)
      continue
    }
    const element = { name, attributes: readAttributes(attributes), children: [] as Element[] }
    open.at(-1)?.children.push(element)
    if (empty !== '/') open.push(element)
  }
  const [only] = root.children
  if (open.length !== 1 || !only || root.children.length !== 1) throw new SyntaxError('not one closed element')
  return only
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))
}
