import { parseArgs } from 'node:util'
import { differences, writeFiles, type Files } from './files.js'
import { generate } from './pipeline.js'
import { SpecError } from './spec-error.js'

const USAGE = 'Usage: npm run generate -- [--check] [--spec FILE] [--out DIR]'

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
  try {
    const files = await make(values.spec)
    return values.check ? check(values.out, files) : write(values.out, files)
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    return { exitCode: 1, stdout: '', stderr: `${error.message}\n` }
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
        out: { type: 'string', default: 'generated' },
      },
    }).values
  } catch (error) {
    return (error as Error).message
  }
}

function check(out: string, files: Files): Outcome {
  const found = differences(out, files)
  if (found.length === 0) {
    return { exitCode: 0, stdout: `${out}: ${files.size} files, as the spec makes them\n`, stderr: '' }
  }
  return { exitCode: 1, stdout: '', stderr: `${found.join('\n')}\nRun \`npm run generate\` and commit the result.\n` }
}

function write(out: string, files: Files): Outcome {
  writeFiles(out, files)
  return { exitCode: 0, stdout: `${out}: ${files.size} files written\n`, stderr: '' }
}
