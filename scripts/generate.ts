/**
 * Makes generated/ from spec/, or with --check proves that it is what the spec makes.
 *
 * Usage: npm run generate -- [--check] [--spec FILE] [--out DIR]
 */
import { parseArgs } from 'node:util'
import { differences, writeFiles } from './generate/files.js'
import { generate } from './generate/pipeline.js'
import { SpecError } from './generate/spec-error.js'

const values = readOptions()

try {
  const files = await generate(values.spec)
  if (values.check) {
    const found = differences(values.out, files)
    for (const line of found) console.error(line)
    if (found.length > 0) {
      console.error('Run `npm run generate` and commit the result.')
      process.exitCode = 1
    } else {
      console.log(`${values.out}: ${files.size} files, as the spec makes them`)
    }
  } else {
    writeFiles(values.out, files)
    console.log(`${values.out}: ${files.size} files written`)
  }
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        check: { type: 'boolean', default: false },
        spec: { type: 'string', default: 'spec/openapi.yaml' },
        out: { type: 'string', default: 'generated' },
      },
    }).values
  } catch (error) {
    console.error(`${(error as Error).message}\nUsage: npm run generate -- [--check] [--spec FILE] [--out DIR]`)
    process.exit(2)
  }
}
