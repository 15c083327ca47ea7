import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { processAdapter, runConformance } from '../../conformance/index.js'
import { readTranscripts } from '../../conformance/validate/transcript.js'
import { compile, problemsOf } from '../conformance/stdio/problems.js'
import { ONBEHALF } from '../support/command.js'
import { NO_PYTHON, PYTHON } from '../support/python.js'

const TRANSCRIPTS = readTranscripts().map(({ name }) => name)

describe('a skeleton, as it is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onbehalf-init-'))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const skeletons: readonly (readonly [lang: string, words: readonly string[], missing: string | undefined])[] = [
    ['ts', [process.execPath, join(folder, 'adapter.mjs')], undefined],
    ['python', [PYTHON, join(folder, 'python/adapter.py')], NO_PYTHON],
  ]

  test.for(skeletons)(
    'in %s speaks the protocol and gives a table',
    { timeout: 60_000 },
    async ([lang, words, missing], { skip }) => {
      if (missing !== undefined) skip(missing)
      const init = [...ONBEHALF, 'conformance', 'init', '--lang', lang, join(folder, lang)]
      expect(execFileSync(process.execPath, init).toString()).toContain('validate-adapter')
      expect(readdirSync(join(folder, lang))).toHaveLength(2)
      expect(() => execFileSync(process.execPath, init, { stdio: 'pipe' })).toThrow('is there already')

      if (lang === 'ts') await compile(join(folder, 'ts/adapter.ts'), join(folder, 'adapter.mjs'))
      expect(await problemsOf(words)).toEqual(Object.fromEntries(TRANSCRIPTS.map((name) => [name, []])))
      const entry = { name: lang, load: async () => Promise.resolve(processAdapter({ words })) }
      const run = { sdks: [entry], seed: 1, runs: 3, areas: ['actor-pairing', 'network', 'lifecycle'] } as const
      const { sdks } = await runConformance(run)
      expect(sdks).toMatchObject([{ status: 'findings', faults: [] }])
      // Every port is another one now.
      expect((await runConformance(run)).sdks).toEqual(sdks)
    },
  )
})
