import { execFile } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const VERSION = '4.32.5'
const INSTALL_TIMEOUT_MS = 60_000
const run = promisify(execFile)

/** Why there is nothing to run. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

/** The path of schemathesis, from PyPI in a virtual environment that is made once, outside of the project. */
export async function installSchemathesis(): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const folder = join(cache, 'onbehalf', `schemathesis-${VERSION}`)
  const program = join(folder, 'bin/schemathesis')
  if (existsSync(program)) return program
  await mkdir(dirname(folder), { recursive: true })
  try {
    await step('Python 3 with venv', 'python3', ['-m', 'venv', '--clear', folder])
    await step('PyPI', join(folder, 'bin/pip'), ['install', '--quiet', `schemathesis==${VERSION}`])
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return program
}

async function step(needed: string, command: string, args: readonly string[]): Promise<void> {
  await run(command, args, { timeout: INSTALL_TIMEOUT_MS }).catch((error: unknown) => {
    const { code, stderr = '' } = error as { readonly code?: string | number; readonly stderr?: string }
    throw new Unavailable(`${needed} is missing: ${stderr.trim().split('\n').at(-1) || String(code)}`)
  })
}
