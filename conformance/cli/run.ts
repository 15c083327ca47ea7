import { writeFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { AREAS, REPORTERS, runConformance, type Reporter } from '../index.js'
import { selectionText, selector, type Selection } from '../runner/selection.js'
import { addAdapterOptions, entriesOf, positive, type AdapterOptions } from './adapter-options.js'
import { areaNamed } from './area.js'
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
  readonly only?: string[]
  readonly skip?: string[]
  readonly shard?: { readonly index: number; readonly count: number }
  readonly maxFail?: number
  readonly timeBudget?: number
  readonly out?: string
  readonly reportDir?: string
  readonly reporter?: Reporter[]
  readonly json?: true
}

const HELP = `
Examples:
  onbehalf conformance run
  onbehalf conformance run --sdk onbehalf auth0-auth-js --report-dir reports
  onbehalf conformance run --adapter "python3 adapter.py" --baseline baseline.yaml
  onbehalf conformance run --only "actor-*" --runs 1000
  onbehalf conformance run --shard 1/4 --seed 7 --time-budget 60

A check is a vector or a property; "list" and "explain" name the requirements and their checks. What is chosen changes
nothing of what a check generates from a seed.

Reports: --report-dir DIR writes report.json, junit.xml, summary.md, report.html and a badge-SDK.json for shields.io.
--reporter json,html writes these alone. A run that is filtered or interrupted says so and makes no badge.

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
    .option('--only <pattern...>', 'only these checks, or the checks of these requirements; * stands for any letters')
    .option('--skip <pattern...>', 'all checks but these')
    .option('--shard <i/n>', 'the part i of n parts of all checks', shardOf)
    .option('--max-fail <number>', 'end after so many findings', positive)
    .option('--time-budget <seconds>', 'end after so many seconds', positive)
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
      const selection = {
        ...(areas && { areas }),
        ...(options.only && { only: options.only }),
        ...(options.skip && { skip: options.skip }),
        ...(options.shard && { shard: options.shard }),
      }
      checkSelection(selection)
      if (selectionText(selection) !== undefined && options.updateBaseline) {
        throw new UsageError('--update-baseline needs a run of all checks, without --area, --only, --skip and --shard')
      }
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
          ...selection,
          ...(seed === undefined ? {} : { seed }),
          ...(options.maxFail === undefined ? {} : { maxFindings: options.maxFail }),
          ...(options.timeBudget === undefined ? {} : { timeBudgetMs: options.timeBudget * 1000 }),
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

/** A mistake in a pattern or a shard costs no run. */
function checkSelection(selection: Selection): void {
  try {
    selector(selection)
  } catch (error) {
    throw new UsageError(`${(error as RangeError).message}; "onbehalf conformance list" names the requirements`)
  }
}

function shardOf(text: string): { readonly index: number; readonly count: number } {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  if (Number(index) >= 1 && Number(index) <= Number(count)) return { index: Number(index), count: Number(count) }
  throw new InvalidArgumentError('It looks like 1/4: the first of four parts.')
}

/** Writes a report; a file that cannot be written is a mistake on the command line. */
export async function writeReport(file: string, report: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`).catch((error: unknown) => {
    throw new UsageError(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`)
  })
}
