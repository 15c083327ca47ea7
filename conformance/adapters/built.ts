import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { makeFolder } from '../make-folder.js'
import { packageFile } from '../package-file.js'

const run = promisify(execFile)
/** For one tool, in milliseconds. */
const BUILD_MS = 300_000
const NOISE = /^(?:go: (?:downloading|finding) .*|Download(?:ing|ed) .*|\s*)$/

/** How an adapter in a compiled language is made. */
export interface Recipe {
  /** Each tool that it takes, with the arguments that make it say its version. */
  readonly tools: readonly (readonly [file: string, ...args: string[]])[]
  /** Paths from the root of the package. The dependency file pins the SDK. */
  readonly sources: readonly string[]
  /** What builds the adapter in a folder that holds the sources. */
  readonly build: readonly [file: string, ...args: string[]]
}

/**
 * The folder of an adapter that was built from its sources, made when it is not there yet.
 *
 * It lies in the user's cache folder, one for each content of the sources and version of the tools.
 *
 * @throws {Error} When a tool is missing, or its registry cannot be reached. The message says which.
 */
export async function builtFolder({ tools, sources, build }: Recipe): Promise<string> {
  const files = sources.map(packageFile)
  const digest = createHash('sha256').update(build.join('\n'))
  for (const [file, ...args] of tools) digest.update(await versionOf(file, args))
  for (const file of files) digest.update(await readFile(file))
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'onbehalf')
  const folder = join(cache, `${build[0]}-${digest.digest('hex').slice(0, 16)}`)
  if (!existsSync(folder)) await make(folder, files, build)
  return folder
}

async function versionOf(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(file, args).catch((error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new Error(isMissing ? `${file} is not installed` : `${file} does not work: ${reasonOf(error)}`)
  })
  return stdout
}

/** Under another name first: what was broken off must not be taken for whole. */
async function make(folder: string, files: readonly string[], [tool, ...args]: Recipe['build']): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  try {
    await makeFolder(unfinished)
    for (const file of files) await copyFile(file, join(unfinished, basename(file)))
    await run(tool, args, { cwd: unfinished, timeout: BUILD_MS })
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (existsSync(folder)) return
    throw new Error(`${tool} cannot build it: ${reasonOf(error)}`, { cause: error })
  }
}

/** The first line that says something: Maven writes errors to standard output. */
function reasonOf(error: unknown): string {
  const { stderr = '', stdout = '', message } = error as { stderr?: string; stdout?: string; message: string }
  const lines = `${stderr}\n${stdout}`.split('\n').filter((line) => !NOISE.test(line))
  return (lines[0] ?? message).replace(/^\[ERROR\] /, '')
}
