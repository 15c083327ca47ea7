import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { builtFolder, type Recipe } from '../../conformance/adapters/built.js'

/** A recipe whose compiler is Node. */
function recipe(program: string, tool = process.execPath): Recipe {
  return { tools: [[tool, '--version']], sources: ['package.json'], build: ['node', '-e', program] }
}

const WRITE = 'require("fs").appendFileSync("built", "once")'
let cache = ''

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'onbehalf-cache-'))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(cache, { recursive: true, force: true })
})

describe('an adapter that is built on demand', () => {
  it('is built once, from copies of its sources', async () => {
    const folder = await builtFolder(recipe(WRITE))
    expect(await builtFolder(recipe(WRITE))).toBe(folder)
    expect((await readdir(folder)).sort()).toEqual(['built', 'package.json'])
  })

  it('says which tool is missing', async () => {
    await expect(builtFolder(recipe(WRITE, 'no-such-tool'))).rejects.toThrow('no-such-tool is not installed')
  })

  it('says that the cache folder cannot be made', async () => {
    vi.stubEnv('XDG_CACHE_HOME', '/proc/no/folder')
    await expect(builtFolder(recipe(WRITE))).rejects.toThrow(/node cannot build it: E.*mkdir/)
  })

  it('says why its tool failed, and leaves nothing behind', async () => {
    const failing = 'console.log("[ERROR] no registry"); process.exit(1)'
    await expect(builtFolder(recipe(failing))).rejects.toThrow('node cannot build it: no registry')
    expect(await readdir(join(cache, 'onbehalf'))).toEqual([])
  })
})
