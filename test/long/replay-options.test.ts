import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serialized } from '../../conformance/index.js'
import { splitCommand } from '../../conformance/stdio/command-line.js'
import { builtFile } from '../support/command.js'
import { conformance } from '../cli/in-process.js'

const folder = mkdtempSync(join(tmpdir(), 'replay-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Slow over http, and for exchanges of an organization alone. */
const SLOW = `
const { fetch } = globalThis
globalThis.fetch = async (url, init) => {
  const isSlow = String(url).startsWith('http:') && String(init?.body).includes('organization=')
  if (isSlow) await new Promise((resolve) => setTimeout(resolve, 2500))
  return fetch(url, init)
}
`

test('the line that replays a finding repeats the deadline and the scheme of its run', async () => {
  const preload = join(folder, 'slow.mjs')
  writeFileSync(preload, SLOW)
  const adapter = `${process.execPath} --import ${preload} ${builtFile('conformance/adapters/onbehalf/stdio.js')}`
  const options = ['--deadline', '1000', '--http']
  const run = ['run', '--adapter', adapter, ...options, '--only', 'organization-id', '--runs', '1']
  const { exitCode, stdout } = await conformance(...run)
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('answers-in-time') as string })

  const [, line = ''] = /replay {2}npx onbehalf conformance (.*)$/m.exec(stdout) ?? []
  const words = splitCommand(line)
  expect(words.slice(2)).toEqual(['--adapter', adapter, ...options])
  expect(await conformance(...words)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/fail +adapter-answers-in-time: hung/) as string,
  })
})

/** Sends a parameter more over http. */
const CHANGED = `
const { fetch } = globalThis
globalThis.fetch = async (url, init) =>
  fetch(url, String(url).startsWith('http:') && init?.body ? { ...init, body: init.body + '&more=1' } : init)
`

test('an SDK does the same in a process of its own, and diff serves that process as its options say', async () => {
  const preload = join(folder, 'changed.mjs')
  writeFileSync(preload, CHANGED)
  const adapter = `${process.execPath} --import ${preload} ${builtFile('conformance/adapters/onbehalf/stdio.js')}`
  const diff = ['diff', 'onbehalf', '--adapter', adapter, '--seed', '1', '--runs', '1']
  const same = await conformance(...diff)
  expect({ exitCode: same.exitCode, stdout: same.stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringContaining(' 0 disagreements') as string,
  })

  const options = ['--deadline', '7000', '--http']
  const { exitCode, stdout } = await conformance(...diff, ...options)
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('other-names (more)') as string })
  const lines = [...stdout.matchAll(/replay {2}npx onbehalf conformance (.*)$/gm)].map(([, line = '']) =>
    splitCommand(line).slice(2),
  )
  expect(lines.slice(0, 2)).toEqual([[], ['--adapter', adapter, ...options]])
})

test('an adapter whose messages go through JSON keeps the command that a replay needs', () => {
  const entry = { name: 'my-sdk', command: 'python3 adapter.py', load: () => Promise.reject(new Error('no')) }
  expect(serialized(entry)).toMatchObject({ name: 'my-sdk', command: 'python3 adapter.py' })
})
