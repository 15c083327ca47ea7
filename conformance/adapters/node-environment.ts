import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeFolder } from '../make-folder.js'

const run = promisify(execFile)
/** For npm, in milliseconds. */
const INSTALL_MS = 300_000

/**
 * Finds the modules that a dependency file pins, and installs them when they are not there yet. Their scripts are not run.
 *
 * They lie in the user's cache folder, one for each content of the file.
 *
 * @throws {Error} When the packages cannot be had. The message says why.
 */
export async function packagesOf(dependencies: string): Promise<NodeJS.Require> {
  const digest = createHash('sha256')
    .update(await readFile(dependencies))
    .digest('hex')
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'onbehalf')
  const folder = join(cache, `node-${digest.slice(0, 16)}`)
  if (!existsSync(folder)) await install(folder, dependencies)
  return createRequire(join(folder, 'package.json'))
}

/** Under another name first: what was broken off must not be taken for whole. */
async function install(folder: string, dependencies: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  try {
    await makeFolder(unfinished)
    await copyFile(dependencies, join(unfinished, 'package.json'))
    const npm = ['install', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error']
    await run('npm', npm, { cwd: unfinished, timeout: INSTALL_MS })
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (existsSync(folder)) return
    throw new Error(`its npm packages cannot be installed: ${firstErrorOf(error)}`, { cause: error })
  }
}

function firstErrorOf(error: unknown): string {
  const { stderr = '', message = String(error) } = error as { stderr?: string; message?: string }
  return stderr.split('\n').find((line) => line.startsWith('npm error')) ?? message
}
