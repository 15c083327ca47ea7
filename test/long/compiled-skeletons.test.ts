import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { processAdapter, runConformance, validateAdapter } from '../../conformance/index.js'
import { splitCommand } from '../../conformance/stdio/command-line.js'

const run = promisify(execFile)
const MAIN = 'conformance/cli/main.ts'

describe('a skeleton is an adapter as it is written', () => {
  it.for([
    ['java', 'javac', '--version'],
    ['go', 'go', 'version'],
  ] as const)('%s', async ([lang, tool, version], { skip }) => {
    await run(tool, [version]).catch(() => skip(`${tool} is not installed`))
    const folder = await mkdtemp(join(tmpdir(), 'onbehalf-skeleton-'))
    try {
      const init = ['tsx', MAIN, 'conformance', 'init', folder, '--lang', lang]
      const { stdout } = await run('npx', init)
      // It says how the skeleton is built and how it is run.
      const [build = '', validate = ''] = stdout.split('\n').filter((line) => line.startsWith('  '))
      const [file = '', ...args] = splitCommand(build)
      await run(file, args)
      const command = { words: splitCommand(splitCommand(validate).at(-1) ?? '') }
      const results = await validateAdapter(command)
      expect(results.flatMap(({ problems }) => problems)).toEqual([])
      expect(results).toHaveLength(6)
      // Whatever the types of what the stand-in gives, it is the stand-in that is judged.
      const entry = { name: lang, load: async () => Promise.resolve(processAdapter(command)) }
      const { sdks } = await runConformance({ sdks: [entry], seed: 1, runs: 1, areas: ['responses'] })
      expect(sdks).toMatchObject([{ faults: [] }])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
