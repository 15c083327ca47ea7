import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../structure/manifest.js'
import { compile } from './compile.js'
import { examplesInMarkdown, examplesInModule } from './examples.js'

const FOLDERS = ['src', 'conformance']
const DOCUMENTS = ['README.md']

const modules = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort(),
)

const examples = [
  ...modules.flatMap((file) => examplesInModule(read(file)).map((example) => ({ ...example, file }))),
  ...DOCUMENTS.filter((file) => existsSync(join(ROOT, file))).flatMap((file) =>
    examplesInMarkdown(read(file)).map(({ line, code }) => ({ line, code, document: file, file: undefined })),
  ),
].map(({ line, code, ...example }) => ({
  code,
  name: `${'document' in example ? example.document : example.file}:${line}`,
  ...(example.file === undefined ? {} : { file: example.file }),
}))

const BROKEN = [
  ['an unknown name', `await client.exchangeTokens({})`],
  ['an import that the package does not have', `import { nothing } from 'onbehalf'\nconsole.log(nothing)`],
  ['a subpath that the package does not have', `import { getCurrentActor } from 'onbehalf/acts'\ngetCurrentActor({})`],
  ['a mistake in the grammar', `const = 1`],
] as const
const errors = compile([...examples, ...BROKEN.map(([, code]) => ({ code }))])

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

describe('every example in the documentation compiles', () => {
  it.each(examples.map(({ name }, index) => [name, index] as const))('%s', (_name, index) => {
    expect(errors[index]).toEqual([])
  })

  it.each(['src/client.ts', 'src/request/client-auth.ts', 'src/errors.ts', 'src/token-endpoint.ts'])(
    '%s has some',
    (file) => {
      expect(examples.map((example) => example.file)).toContain(file)
    },
  )
})

describe('an example that does not compile is seen', () => {
  it.each(BROKEN.map(([name], index) => [name, examples.length + index] as const))('%s', (_name, index) => {
    expect(errors[index]).not.toEqual([])
  })
})

const FENCE = '```'

describe('the reader of documentation', () => {
  it('finds fenced blocks in Markdown, and no other language', () => {
    const text = `# A\n\n${FENCE}ts\nconst a = 1\n${FENCE}\n\n${FENCE}sh\nnpm start\n${FENCE}\n\n${FENCE}ts\nconst b = 2\n${FENCE}\n`
    expect(examplesInMarkdown(text)).toEqual([
      { line: 4, code: 'const a = 1\n' },
      { line: 12, code: 'const b = 2\n' },
    ])
  })

  it.each([
    [
      'a function',
      `/**\n * A.\n *\n * @example\n * ${FENCE}ts\n * f(\n *   1,\n * )\n * ${FENCE}\n */\nexport function f(): void {}\n`,
    ],
    [
      'a member',
      `export interface I {\n  /**\n   * A.\n   * ${FENCE}ts\n   * f(\n   *   1,\n   * )\n   * ${FENCE}\n   */\n  a: 1\n}\n`,
    ],
    [
      'a method',
      `class C {\n  a = 1\n\n  /**\n   * @example\n   * ${FENCE}ts\n   * f(\n   *   1,\n   * )\n   * ${FENCE}\n   */\n  b() {}\n}\n`,
    ],
  ])('finds a fenced block at %s', (_name, text) => {
    expect(examplesInModule(text).map(({ code }) => code)).toEqual(['f(\n  1,\n)\n'])
  })

  it('finds an example without a fence, up to the next tag', () => {
    const text = `/**\n * A.\n *\n * @example\n *   f(\n *     1,\n *   )\n * @throws {TypeError} Never.\n */\nexport const f = 1\n`
    expect(examplesInModule(text)).toEqual([{ line: 5, code: '  f(\n    1,\n  )\n' }])
  })

  it('finds the lines', () => {
    const [first, second] = ['a', 'b'].map(
      (name) => `/**\n * ${FENCE}ts\n * ${name}()\n * ${FENCE}\n */\nconst ${name} = 1\n`,
    )
    expect(examplesInModule(`${first ?? ''}${second ?? ''}`)).toEqual([
      { line: 3, code: 'a()\n' },
      { line: 9, code: 'b()\n' },
    ])
  })

  it('takes nothing from a comment that is no docstring, or from a text', () => {
    expect(examplesInModule(`// ${FENCE}ts\n/* \n${FENCE}ts\na\n${FENCE}\n */\nconst a = '/**'\n`)).toEqual([])
  })
})
