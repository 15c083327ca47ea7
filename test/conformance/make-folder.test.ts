import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from '../../conformance/make-folder.js'

const top = mkdtempSync(join(tmpdir(), 'folders-'))
afterAll(() => {
  rmSync(top, { recursive: true })
})

test('a folder is made with those above it, by several at the same time, and again', async () => {
  const folder = join(top, 'a/b/c')
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(top, 'a/b/d'))])
  await makeFolder(folder)
  expect(statSync(folder).isDirectory()).toBe(true)
})

test('a folder behind a link is one', async () => {
  symlinkSync(top, join(top, 'link'))
  await makeFolder(join(top, 'link/e'))
  await makeFolder(join(top, 'link'))
  expect(statSync(join(top, 'e')).isDirectory()).toBe(true)
})

test.each([
  ['file', 'EEXIST'],
  ['file/a', 'ENOTDIR'],
  ['nowhere', 'EEXIST'],
  ['nowhere/a', 'EEXIST'],
])('%s is no folder: %s', async (path, code) => {
  writeFileSync(join(top, 'file'), '')
  rmSync(join(top, 'nowhere'), { force: true })
  symlinkSync('/no/such/folder', join(top, 'nowhere'))
  await expect(makeFolder(join(top, path))).rejects.toMatchObject({ code })
})
