import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { renderTable, runConformance } from '../index.js'
import { addAdapterOptions, entriesOf, type AdapterOptions } from './adapter-options.js'
import { exitCodeOf } from './exit-code.js'
import { integer } from './integer.js'
import { showProgress } from './progress.js'

interface RunCommandOptions extends AdapterOptions {
  readonly seed?: number
  readonly runs: number
  readonly out?: string
  readonly json?: true
}

export function addRunCommand(conformance: Command): void {
  addAdapterOptions(conformance.command('run'))
    .description('run every check against one SDK or several, and print what holds and what does not')
    .option(
      '--seed <number>',
      'a 32-bit integer; the same seed generates the same cases (default: a random one)',
      integer,
    )
    .option('--runs <number>', 'cases that each property generates', integer, 100)
    .option('--out <file>', 'write the report as JSON too')
    .option('--json', 'print the report as JSON instead of the table')
    .addHelpText(
      'after',
      '\nExit codes: 0 no findings, 1 findings, 2 wrong usage, 3 an SDK did not run or its adapter failed.',
    )
    .action(async ({ seed, runs, out, json, ...which }: RunCommandOptions) => {
      if (runs < 1) throw new UsageError('--runs must be 1 or more')
      const report = await runConformance({
        sdks: await entriesOf(which),
        runs,
        onEvent: showProgress,
        ...(seed === undefined ? {} : { seed }),
      })
      if (out !== undefined) await writeReport(out, report)
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : renderTable(report))
      process.exitCode = exitCodeOf(report)
    })
}

/** Writes a report; a file that cannot be written is a mistake on the command line. */
export async function writeReport(file: string, report: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`).catch((error: unknown) => {
    throw new UsageError(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`)
  })
}
