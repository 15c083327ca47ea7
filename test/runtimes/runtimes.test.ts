import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { CONSUMER, CONSUMER_OPTIONS } from '../structure/consumer.js'
import { ROOT } from '../structure/manifest.js'
import { packAndInstall, run } from '../structure/packed.js'

const SEEN = {
  act: { sub: 'auth0|bob' },
  actor: 'mcp-server',
  chain: ['mcp-server', 'auth0|bob'],
  isShared: true,
  refused: ['invalid_token_format', 'subjectToken', 'scheme'],
}

/** The package of npm that has the runtime, its binary, and what stands before the program. */
const RUNTIMES: readonly (readonly [name: string, spec: string, command: string, ...args: readonly string[]])[] = [
  ['Node 22', 'node@22', 'node'],
  ['Node 24', 'node@24', 'node'],
  ['the newest Node', 'node@latest', 'node'],
  ['Bun', 'bun', 'bun', 'run'],
  ['Deno', 'deno', 'deno', 'run', '--allow-all'],
]

const NODE_TYPES = { types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] }
const NODE_IMPORT = `import { createNodeFetch } from 'onbehalf/node'\nexport const fetch = createNodeFetch()\n`
const STRICTER = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true }

/** The compiler's options of consumers, and what those write who have the types of Node. */
const CONSUMERS: readonly (readonly [name: string, options: object, more: string])[] = [
  ['with a bundler', { target: 'es2022', module: 'esnext', moduleResolution: 'bundler', ...STRICTER }, ''],
  ['for workers', { lib: ['es2022', 'webworker'] }, ''],
  ['for Node, without DOM', { ...NODE_TYPES, lib: ['es2022'], ...STRICTER }, NODE_IMPORT],
  ['for Node, with DOM', { ...NODE_TYPES, lib: ['es2023', 'dom'] }, NODE_IMPORT],
]

const folder = mkdtempSync(join(tmpdir(), 'runtimes-'))
const consumer = join(folder, 'consumer')

/** Installs a runtime, or skips with what npm said: a missing registry is never a pass. */
async function installed(spec: string, command: string, { skip }: TestContext): Promise<string> {
  const home = mkdtempSync(join(folder, 'runtime-'))
  writeFileSync(join(home, 'package.json'), '{ "private": true }')
  const { exitCode, stderr } = await run(home, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', spec)
  const binary = join(home, 'node_modules/.bin', command)
  if (exitCode !== 0) skip(`${spec} cannot be had: ${stderr.slice(0, 300)}`)
  const { exitCode: answer, stderr: why } = await run(home, binary, '--version')
  if (answer !== 0) skip(`${spec} does not run here: ${why.slice(0, 300)}`)
  return binary
}

/** A consumer's project, and its folder. */
function writeProject(options: object, more = ''): string {
  const project = mkdtempSync(join(consumer, 'project-'))
  writeFileSync(join(project, 'consumer.ts'), CONSUMER + more)
  const compilerOptions = { ...CONSUMER_OPTIONS, ...options }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  return project
}

describe('the installed package', () => {
  beforeAll(async () => {
    await packAndInstall(folder)
    for (const name of ['program.mjs', 'main.mjs', 'worker.mjs', 'worker.capnp']) {
      copyFileSync(join(import.meta.dirname, name), join(consumer, name))
    }
  })

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('works on this Node', async () => {
    const { exitCode, stdout, stderr } = await run(consumer, process.execPath, 'main.mjs')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(SEEN)
  })

  it.for(RUNTIMES)('works on %s, emulator included', async ([, spec, command, ...args], context) => {
    const binary = await installed(spec, command, context)
    const { exitCode, stdout, stderr } = await run(consumer, binary, ...args, 'main.mjs')
    expect(exitCode, stderr).toBe(0)
    expect(JSON.parse(stdout)).toEqual(SEEN)
  })

  it.each(CONSUMERS)('type-checks in a strict consumer %s, libraries included', async (_name, options, more) => {
    const project = writeProject(options, more)
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
    const { exitCode, stdout } = await run(project, process.execPath, tsc)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
  })

  it.for(['5.4', '6', '7'])('type-checks with TypeScript %s', async (version, context) => {
    const tsc = await installed(`typescript@${version}`, 'tsc', context)
    const { exitCode, stdout } = await run(writeProject(STRICTER), tsc)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
  })

  it('works on workerd without compatibility with Node, against the emulator', async (context) => {
    const workerd = await installed('workerd', 'workerd', context)
    const { issuer, close } = await createEmulator().listen()
    try {
      await build({
        entryPoints: [join(consumer, 'worker.mjs')],
        outfile: join(consumer, 'worker.js'),
        bundle: true,
        format: 'esm',
        platform: 'browser',
        logLevel: 'error',
      })
      writeFileSync(join(consumer, 'issuer.txt'), issuer)
      const { exitCode, stdout, stderr } = await run(consumer, workerd, 'test', 'worker.capnp')
      expect(exitCode, stderr).toBe(0)
      expect(JSON.parse(/^\{.*\}$/m.exec(stdout + stderr)?.[0] ?? 'null')).toEqual(SEEN)
    } finally {
      await close()
    }
  })
})
