import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { differences, writeFiles, type Files } from './files.js'
import { generate } from './pipeline.js'
import { SpecError } from './spec-error.js'

const OWN_FOLDER = 'generated'
const USAGE = 'Usage: npm run generate -- [--check] [--spec FILE] [--out DIR]'
const HELP = `${USAGE}

Makes types, validators and constants from a description of the token endpoint.

Options:
  --spec FILE  the description: OpenAPI 3.1, one YAML or JSON file (default: spec/openapi.yaml); of what is beside it,
               schemas/, requirements/ and error-codes.yaml are read too
  --out DIR    the folder for the generated files (default: generated)
  --check      write nothing, and name each file in the folder that is not what the spec makes; files of your own are
               let be, but not in generated/
  -h, --help   print this

Exit codes: 0 done; 1 a mistake in the spec, a folder that cannot be used, or for --check a file that differs; 2 wrong
usage.
`

/** How the command ended, and what it says. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Makes generated/ from spec/, or with --check proves that it is what the spec makes.
 *
 * @param make Makes the files of a description.
 */
export async function generateCommand(args: readonly string[], make = generate): Promise<Outcome> {
  const values = readOptions(args)
  if (typeof values === 'string') return { exitCode: 2, stdout: '', stderr: `${values}\n${USAGE}\n` }
  if (values.help) return { exitCode: 0, stdout: HELP, stderr: '' }
  try {
    const files = await make(values.spec)
    return await inFolder(values.out, values.check ? check : write, files)
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    return { exitCode: 1, stdout: '', stderr: `${error.message}\n` }
  }
}

async function inFolder(
  out: string,
  work: (out: string, files: Files) => Outcome | Promise<Outcome>,
  files: Files,
): Promise<Outcome> {
  try {
    return await work(out, files)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { exitCode: 1, stdout: '', stderr: `${out}: the folder cannot be used (${code})\n` }
  }
}

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        check: { type: 'boolean', default: false },
        spec: { type: 'string', default: 'spec/openapi.yaml' },
        out: { type: 'string', default: OWN_FOLDER },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    return (error as Error).message
  }
}

function check(out: string, files: Files): Outcome {
  const found = differences(out, files, resolve(out) === resolve(OWN_FOLDER) ? 'own' : 'shared')
  if (found.length === 0) {
    return { exitCode: 0, stdout: `${out}: ${files.size} files, as the spec makes them\n`, stderr: '' }
  }
  return {
    exitCode: 1,
    stdout: '',
    stderr: `${found.join('\n')}\nRun \`npm run generate\` with the same options but --check, and commit the result.\n`,
  }
}

async function write(out: string, files: Files): Promise<Outcome> {
  await writeFiles(out, files)
  return { exitCode: 0, stdout: `${out}: ${files.size} files written\n`, stderr: '' }
}
