import ts from 'typescript'

/** A piece of code in a documentation, and the line where it begins. */
export interface Example {
  readonly line: number
  readonly code: string
}

const FENCED = /^[ ]*```(?:ts|typescript)\n(?<code>[^]*?)^[ ]*```$/gm
/** The indented lines after the tag, up to the next tag, fence or end. */
const UNFENCED = /^@example *\n(?<code>(?:(?!@|```).*(?:\n|$))+)/gm

/** Every block of TypeScript in a Markdown text. */
export function examplesInMarkdown(text: string): Example[] {
  return blocks(text, FENCED)
}

/** Every block of TypeScript in the docstrings of a module; what follows `@example` counts without a fence, too. */
export function examplesInModule(text: string): Example[] {
  return docstrings(text).flatMap(({ pos, end }) => {
    const docstring = text
      .slice(pos, end - '*/'.length)
      .split('\n')
      .map((line) => line.replace(/^\s*\/?\*+ ?/, ''))
      .join('\n')
    return [...blocks(docstring, FENCED), ...blocks(docstring, UNFENCED)].map(({ line, code }) => ({
      line: line + lineOf(text, pos) - 1,
      code,
    }))
  })
}

function docstrings(text: string): ts.CommentRange[] {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest)
  const found = new Map<number, ts.CommentRange>()
  function visit(node: ts.Node): void {
    for (const range of ts.getLeadingCommentRanges(text, node.pos) ?? []) {
      if (text.startsWith('/**', range.pos)) found.set(range.pos, range)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...found.values()]
}

function blocks(text: string, pattern: RegExp): Example[] {
  return [...text.matchAll(pattern)]
    .map((match) => ({ line: lineOf(text, match.index) + 1, code: match.groups?.['code'] ?? '' }))
    .filter(({ code }) => code.trim() !== '')
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
