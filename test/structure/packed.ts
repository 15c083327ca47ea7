import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest, ROOT } from './manifest.js'

/** What stands in the top folder of a checkout and shapes the package. */
const SOURCES = [
  ...['spec', 'generated', 'src', 'conformance', 'scripts', 'test', 'package.json', 'tsconfig.json'],
  ...['README.md', 'LICENSE', 'CHANGELOG.md', '.gitignore', '.npmignore'],
]

export interface Run {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** As from a shell: what npm tells its scripts about this checkout is none of a consumer's business. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_(?:package|lifecycle|config_local_prefix)|INIT_CWD|NODE_ENV|VITEST)/.test(name),
  ),
)

export function run(folder: string, command: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env: ENVIRONMENT }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr })
    })
  })
}

/** Packs the checkout, installs the tarball in `folder`/consumer, and gives the tarball's path. */
export async function packAndInstall(folder: string): Promise<string> {
  const checkout = join(folder, 'checkout')
  const consumer = join(folder, 'consumer')
  // A copy, since packing builds: others may be reading dist/ of the checkout meanwhile.
  for (const name of SOURCES.filter((file) => existsSync(join(ROOT, file)))) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'))
  await succeed(checkout, 'npm', 'pack', '--pack-destination', folder)

  const { name, version } = readManifest()
  const tarball = join(folder, `${name}-${version}.tgz`)
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }')
  const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  await succeed(consumer, 'npm', 'install', ...flags, tarball)
  return tarball
}

async function succeed(folder: string, command: string, ...args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await run(folder, command, ...args)
  if (exitCode !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${exitCode}\n${stdout}${stderr}`)
}
