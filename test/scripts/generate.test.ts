import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { generateCommand } from '../../scripts/generate/command.js'
import { differences, writeFiles } from '../../scripts/generate/files.js'
import { generate } from '../../scripts/generate/pipeline.js'
import { ROOT } from '../structure/manifest.js'
import { FOUND_AT_ONCE, FOUND_BY_THE_LINTER, expectOneLine } from './broken-specs.js'
import { copySpec, run, type Edit, type SpecCopy } from './spec-copy.js'

const SCRIPT = 'scripts/generate.ts'
const copies: SpecCopy[] = []

function copy(...edits: readonly Edit[]): SpecCopy {
  const made = copySpec()
  copies.push(made)
  for (const edit of edits) made.edit(edit)
  return made
}

afterAll(() => {
  for (const made of copies) made.remove()
})

/** Paths below a folder, with their texts. */
function readAll(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path), readFileSync(path, 'utf8')]
    }),
  )
}

/** What the real spec makes. */
const made = generate(join(ROOT, 'spec/openapi.yaml'))

describe('generate', { timeout: 60_000 }, () => {
  it.concurrent('generated/ is what spec/ makes', async () => {
    expect(differences(join(ROOT, 'generated'), await made)).toEqual([])
  })

  it.concurrent('makes the same bytes twice, wherever the spec is and over what was there', async () => {
    const { folder, spec } = copy()
    const out = join(folder, 'out')
    cpSync(join(ROOT, 'generated'), out, { recursive: true })
    const { exitCode, stderr } = await generateCommand(['--spec', spec, '--out', `${out}/`])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(readAll(out)).toEqual(Object.fromEntries(await made))
  })

  it.concurrent('takes away what the spec no longer makes, and leaves what others wrote', async () => {
    const { folder } = copy()
    const out = join(folder, 'out')
    mkdirSync(out)
    writeFileSync(join(out, 'old.ts'), '// Generated from spec/ (sha256 0) by `npm run generate`. Do not edit.\n')
    writeFileSync(join(out, 'mine.ts'), 'export const mine = 1\n')
    await writeFiles(out, await made)
    expect(Object.keys(readAll(out))).toContain('mine.ts')
    expect(Object.keys(readAll(out))).not.toContain('old.ts')
  })
})

describe('generate --check', { timeout: 60_000 }, () => {
  it.concurrent('exits 0 when the folder is what the spec makes', async () => {
    const { folder } = copy()
    const out = join(folder, 'out')
    await writeFiles(out, await made)
    const { exitCode, stderr } = await generateCommand(['--check', '--out', out], () => made)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  })

  it.concurrent('exits 1 and names each file that differs, is missing or is unexpected, and changes none', async () => {
    const { folder } = copy()
    const out = join(folder, 'out')
    await writeFiles(out, await made)
    writeFileSync(join(out, 'constants.ts'), `${readFileSync(join(out, 'constants.ts'), 'utf8')}\n`)
    writeFileSync(join(out, 'validators/old.ts'), '// Generated from spec/ by `npm run generate`. Do not edit.\n')
    rmSync(join(out, 'validators/act-claim.ts'))
    const before = readAll(out)
    const { exitCode, stderr } = await generateCommand(['--check', '--out', out], () => made)
    expect(exitCode).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([
      `${out}/constants.ts: differs`,
      `${out}/validators/act-claim.ts: missing`,
      `${out}/validators/old.ts: unexpected`,
      expect.stringContaining('npm run generate'),
    ])
    expect(readAll(out)).toEqual(before)
  })
})

describe('what others wrote', { timeout: 60_000 }, () => {
  it.concurrent('is no difference in a folder of their own', async () => {
    const { folder } = copy()
    const out = join(folder, 'out')
    await writeFiles(out, await made)
    writeFileSync(join(out, 'mine.ts'), 'export const mine = 1\n')
    const { exitCode, stderr } = await generateCommand(['--check', '--out', out], () => made)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  })

  it.concurrent('is unexpected in generated/, where nothing else may be', async () => {
    const { folder } = copy()
    await writeFiles(join(folder, 'generated'), await made)
    writeFileSync(join(folder, 'generated/mine.ts'), 'export const mine = 1\n')
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    const { exitCode, stderr } = await run(join(ROOT, SCRIPT), ['--check'], folder)
    expect(stderr.split('\n')[0]).toBe('generated/mine.ts: unexpected')
    expect(exitCode).toBe(1)
  })
})

describe('the differences of a folder', async () => {
  const files = new Map([
    ['a.ts', 'a'],
    ['b/c.ts', 'c'],
  ])
  const { folder } = copy()
  await writeFiles(join(folder, 'out'), files)

  it.each([
    join(folder, 'out'),
    `${folder}/out/`,
    `${folder}/./spec/../out`,
    relative(process.cwd(), join(folder, 'out')),
  ])('are none, however it is spelled: %s', (out) => {
    expect(differences(out, files)).toEqual([])
  })

  it('are all of its files when it is not there', () => {
    expect(differences('nowhere', files)).toEqual(['nowhere/a.ts: missing', 'nowhere/b/c.ts: missing'])
  })
})

describe('a broken spec gives one line that says where', { timeout: 60_000 }, () => {
  it.concurrent.each(FOUND_AT_ONCE.map((broken) => [broken[0], broken] as const))('%s', async (_mistake, broken) => {
    await expectOneLine(broken)
  })

  it('the linter included', async () => {
    const [first] = FOUND_BY_THE_LINTER
    if (first) await expectOneLine(first)
    else expect.fail('no such mistake')
  })
})

describe('the command says it in one line and exits 1', { timeout: 60_000 }, () => {
  it.concurrent.each<readonly [mistake: string, edit: Edit]>([
    ['in the grammar', { file: 'openapi.yaml', from: '\npaths:\n', to: '\npaths: {\n' }],
    ['against OpenAPI', { file: 'openapi.yaml', from: `schemas/JsonWebKeySet'`, to: `schemas/Nowhere'` }],
    ['in what this description adds', { file: 'openapi.yaml', from: 'x-aliases: [aud]', to: 'x-aliases: [client_id]' }],
  ])('a mistake %s', async (_mistake, edit) => {
    const { folder, spec } = copy(edit)
    const { exitCode, stdout, stderr } = await generateCommand(['--spec', spec, '--out', join(folder, 'out')])
    expect(stderr).toMatch(/^\S.*:\d+:\d+ .+\n$/)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(readdirSync(folder)).toEqual(['spec'])
  })

  it.concurrent.each([
    ['a file', 'spec/openapi.yaml', 'ENOTDIR'],
    ['a folder where none can be', '/proc/none', 'ENOENT'],
  ])('where the generated files cannot go: %s', async (_what, out, code) => {
    expect(await generateCommand(['--out', out], () => made)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${out}: the folder cannot be used (${code})\n`,
    })
  })

  it.concurrent('a spec that is not there', async () => {
    const { exitCode, stdout, stderr } = await run(SCRIPT, ['--spec', 'spec/nowhere.yaml'])
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'spec/nowhere.yaml:1:1 the file cannot be read (ENOENT)\n',
    })
  })
})

describe('the help of the command', () => {
  it.each(['--help', '-h'])('%s', async (option) => {
    const { exitCode, stdout, stderr } = await generateCommand([option, '--check'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    for (const known of ['--spec FILE', '--out DIR', '--check']) expect(stdout).toContain(`  ${known}  `)
  })

  it('a wrong option is answered with the usage', async () => {
    const { exitCode, stdout, stderr } = await generateCommand(['--spek'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^Unknown option '--spek'.*\nUsage: npm run generate -- .*\n$/s)
  })
})
