import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { transform } from 'esbuild'
import { afterAll, describe, expect, inject, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
/** Runs the programs of a page, each in a process of its own, and holds them to what the page says that they print. */
export function describePage(page: string): void {
  const text = readFileSync(join(root, page), 'utf8')
  const blocks = text.match(/```ts\n/g)?.length
  const programs = [...text.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(([, ...parts]) => parts)
  const folder = mkdtempSync(join(inject('built'), 'page-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  describe(page, () => {
    it('has programs, each with what it prints', () => {
      expect(programs.length).toBeGreaterThan(0)
      expect(programs).toHaveLength(blocks ?? 0)
    })

    it.concurrent.each(
      programs.map(([program = '', output = ''], index) => [titleOf(program, index), program, output]),
    )('%s prints what the page says', { timeout: 120_000 }, async (title, program, output) => {
      const file = join(folder, `${page}-${title}`.replace(/\W/g, '-') + '.mjs')
      writeFileSync(file, (await transform(program, { loader: 'ts' })).code)
      const { stdout, stderr } = await run(process.execPath, [file])
      expect(stderr).toBe('')
      expect(stdout).toBe(output)
    })
  })
}

function titleOf(program: string, index: number): string {
  const call =
    /\.(exchangeToken|getTokenOnBehalfOf|requestSessionTransferToken|getTokenForConnection|POST|fetch)\(/.exec(program)
  return `program ${index + 1}${call ? ` (${call[1] ?? ''})` : ''}`
}
