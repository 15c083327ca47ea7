/**
 * Makes generated/ from spec/, or with --check proves that it is what the spec makes.
 *
 * Usage: npm run generate -- [--check] [--spec FILE] [--out DIR]
 */
import { generateCommand } from './generate/command.js'

const { exitCode, stdout, stderr } = await generateCommand(process.argv.slice(2))
process.stdout.write(stdout)
process.stderr.write(stderr)
process.exitCode = exitCode
