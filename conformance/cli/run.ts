import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { AREAS, REPORTERS, runConformance, type Area, type Reporter } from '../index.js'
import { addAdapterOptions, entriesOf, type AdapterOptions } from './adapter-options.js'
import { applyBaselines, readBaselines, type BaselineOptions } from './baseline-files.js'
import { exitCodeOf } from './exit-code.js'
import { integer } from './integer.js'
import { INTERRUPTED, withInterrupt } from './interrupt.js'
import { tableForOutput } from './output-table.js'
import { progressOn } from './progress.js'
import { reporterNames, writeReportFiles } from './report-dir.js'

interface RunCommandOptions extends BaselineOptions, AdapterOptions {
  readonly seed?: number
  readonly runs: number
  readonly area?: string[]
  readonly out?: string
  readonly reportDir?: string
  readonly reporter?: Reporter[]
  readonly json?: true
}

const HELP = `
Reports: --report-dir DIR writes report.json, junit.xml, summary.md, report.html and a badge-SDK.json for shields.io.
--reporter json,html writes these alone. A run that is filtered or interrupted makes no badge.

Exit codes: 0 no findings, or only known ones; 1 findings, or a baseline that does not hold; 2 wrong usage;
3 an SDK did not run or its adapter failed; 130 interrupted.`

export function addRunCommand(conformance: Command): void {
  addAdapterOptions(conformance.command('run'))
    .description('run every check against one SDK or several, and print what holds and what does not')
    .option(
      '--seed <number>',
      'a 32-bit integer; the same seed generates the same cases (default: a random one)',
      integer,
    )
    .option('--runs <number>', 'cases that each property generates', integer, 100)
    .option('--area <name...>', `only these areas: ${AREAS.join(', ')}`)
    .option('--report-dir <folder>', 'write reports to this folder')
    .option('--reporter <names>', `which reports, with commas: ${REPORTERS.join(',')} (default: all)`, reporterNames)
    .option('--out <file>', 'write the report as JSON to this file')
    .option('--json', 'print the report as JSON instead of the table')
    .option('--baseline <file...>', 'the findings that are known, one file for each SDK')
    .option('--no-baseline', 'show every finding, whatever --baseline says')
    .option('--update-baseline', 'write the findings of this run into the baseline')
    .addHelpText('after', HELP)
    .action(async (options: RunCommandOptions) => {
      const { seed, runs, out, reportDir, reporter, json } = options
      if (runs < 1) throw new UsageError('--runs must be 1 or more')
      if (reporter && reportDir === undefined) throw new UsageError('--reporter needs --report-dir')
      const areas = options.area?.map(areaNamed)
      if (areas && options.updateBaseline) throw new UsageError('--update-baseline needs a run without --area')
      const sdks = await entriesOf(options)
      const baselines = readBaselines(
        options,
        sdks.map(({ name }) => name),
      )

      const { found, interrupted } = await withInterrupt(async (signal) => ({
        found: await runConformance({
          sdks,
          runs,
          signal,
          onEvent: progressOn(),
          ...(areas && { areas }),
          ...(seed === undefined ? {} : { seed }),
        }),
        interrupted: signal.aborted,
      }))
      const report = await applyBaselines(found, baselines, options.updateBaseline ?? false)
      if (out !== undefined) await writeReport(out, report)
      if (reportDir !== undefined) await writeReportFiles(reportDir, report, reporter)
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : tableForOutput(report))
      process.exitCode = interrupted ? INTERRUPTED : exitCodeOf(report)
    })
}

function areaNamed(name: string): Area {
  const area = AREAS.find((known) => known === name)
  if (area === undefined) throw new UsageError(`no area ${name}; try ${AREAS.join(', ')}`)
  return area
}

/** Writes a report; a file that cannot be written is a mistake on the command line. */
export async function writeReport(file: string, report: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`).catch((error: unknown) => {
    throw new UsageError(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`)
  })
}
