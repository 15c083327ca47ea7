import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeFolder } from '../make-folder.js'

const run = promisify(execFile)
/** For pip, in milliseconds. */
const INSTALL_MS = 300_000

/**
 * The Python of an environment that has what a requirements file pins, made when it is not there yet.
 *
 * It lies in the user's cache folder, one for each content of the file.
 *
 * @throws {Error} When there is no Python, or the packages cannot be had. The message says which.
 */
export async function pythonWith(requirements: string): Promise<string> {
  const version = await run('python3', ['--version']).catch(() => {
    throw new Error('python3 is not installed')
  })
  const digest = createHash('sha256')
    .update(version.stdout)
    .update(await readFile(requirements))
    .digest('hex')
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'onbehalf')
  const folder = join(cache, `python-${digest.slice(0, 16)}`)
  if (!existsSync(folder)) await install(cache, folder, requirements)
  return join(folder, 'bin/python')
}

/** Under another name first: what was broken off must not be taken for whole. */
async function install(cache: string, folder: string, requirements: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  try {
    await makeFolder(cache)
    await run('python3', ['-m', 'venv', unfinished])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]
    await run(join(unfinished, 'bin/python'), pip, { timeout: INSTALL_MS })
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (existsSync(folder)) return
    throw new Error(`its Python packages cannot be installed: ${lastLine(error)}`, { cause: error })
  }
}

function lastLine(error: unknown): string {
  const { stderr = '', message = String(error) } = error as { stderr?: string; message?: string }
  return (stderr.trim() || message).split('\n').at(-1) ?? ''
}
