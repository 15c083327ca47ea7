import { readFile } from 'node:fs/promises'
import type { Problem } from '../../emulator/config/problem.js'
import { UsageError } from '../usage-error.js'
import { refuse, type Place } from './refuse.js'

/** What a YAML or JSON file holds, with the places of its parts. The parser is loaded only here. */
export async function readYaml(file: string) {
  const { LineCounter, isMap, isScalar, parseDocument, visit } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(await readText(file), { lineCounter: lines })
  const toPlace = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  refuse(
    file,
    document.errors.map(({ pos, message }) => ({ place: toPlace(pos[0]), path: [], text: firstSentence(message) })),
  )
  return { value: toValue(), place: (path: Problem['path']) => toPlace(findOffset(path)) }

  /** What is wrong with aliases comes out only here: one without an anchor, or more than a file needs. */
  function toValue(): unknown {
    try {
      return document.toJS()
    } catch (error) {
      const places: Place[] = []
      visit(document, {
        Alias: (_key, alias) => {
          if (alias.resolve(document) === undefined) places.push(toPlace(alias.range?.[0] ?? 0))
        },
      })
      refuse(file, [{ place: places[0], path: [], text: firstSentence((error as Error).message) }])
      throw error
    }
  }

  /** Of the key, of the item, or of the nearest part around them that is there. */
  function findOffset(path: Problem['path']): number {
    for (let length = path.length; length > 0; length--) {
      const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
      const last = path[length - 1]
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))
        : undefined
      const node = (pair?.key ?? document.getIn(path.slice(0, length), true)) as { range?: number[] } | undefined
      if (node?.range?.[0] !== undefined) return node.range[0]
    }
    return 0
  }
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new UsageError(code === 'ENOENT' ? `${file}: there is no such file` : `cannot read ${file}: ${code}`)
  })
}

/** Without the place and the lines of the file, which may hold a secret. */
function firstSentence(message: string): string {
  return message.split(/ at line \d+, column \d+:?|\n/)[0] ?? message
}
