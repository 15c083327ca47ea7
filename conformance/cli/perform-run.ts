import { writeFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { AREAS, REPORTERS, runConformance, type AdapterEntry, type Reporter } from '../index.js'
import { selector, type Selection } from '../runner/selection.js'
import { positive } from './adapter-options.js'
import { areaNamed } from './area.js'
import { applyBaselines, type Baselines } from './baseline-files.js'
import { exitCodeOf } from './exit-code.js'
import { integer } from './integer.js'
import { withInterrupt } from './interrupt.js'
import { tableForOutput } from './output-table.js'
import { progressOn } from './progress.js'
import { reporterNames, writeReportFiles } from './report-dir.js'

/** What a command that runs the suite takes, beside its SDKs and baselines. */
export interface PerformOptions {
  readonly seed?: number
  readonly runs: number
  readonly area?: readonly string[]
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly shard?: { readonly index: number; readonly count: number }
  readonly maxFail?: number
  readonly timeBudget?: number
  readonly out?: string
  readonly reportDir?: string
  readonly reporter?: readonly Reporter[]
  readonly json?: true
}

/** The end of the help of such a command. */
export const PERFORM_HELP = `
A check is a vector or a property; "list" and "explain" name the requirements and their checks. What is chosen changes
nothing of what a check generates from a seed.

Reports: --report-dir DIR writes report.json, junit.xml, summary.md, report.html and a badge-SDK.json for shields.io.
--reporter json,html writes these alone. A run that is filtered or interrupted says so and makes no badge.

Exit codes: 0 no findings, or only known ones; 1 findings, or a baseline that does not hold; 2 wrong usage;
3 an SDK did not run or its adapter failed; 130 interrupted by Ctrl+C, 143 by SIGTERM.`

/** Adds the options of `PerformOptions` to a command. */
export function addPerformOptions(command: Command): Command {
  return command
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
}

/**
 * The checks that the options choose.
 *
 * @throws {UsageError} For options that do not go together, and a mistake in a pattern, so that neither costs a run.
 */
export function selectionOf({ runs, reportDir, reporter, area, only, skip, shard }: PerformOptions): Selection {
  if (runs < 1) throw new UsageError('--runs must be 1 or more')
  if (reporter && reportDir === undefined) throw new UsageError('--reporter needs --report-dir')
  const selection = {
    ...(area && { areas: area.map(areaNamed) }),
    ...(only && { only }),
    ...(skip && { skip }),
    ...(shard && { shard }),
  }
  checkSelection(selection)
  return selection
}

/** Runs the suite, writes what is asked for, and sets the exit code. */
export async function performRun(
  options: PerformOptions,
  sdks: readonly AdapterEntry[],
  baselines: Baselines,
  { updateBaseline = false }: { readonly updateBaseline?: boolean } = {},
): Promise<void> {
  const { seed, runs, maxFail, timeBudget, out, reportDir, reporter, json } = options
  const { result: found, exitCode } = await withInterrupt((signal) =>
    runConformance({
      sdks,
      runs,
      signal,
      onEvent: progressOn(),
      ...selectionOf(options),
      ...(seed === undefined ? {} : { seed }),
      ...(maxFail === undefined ? {} : { maxFindings: maxFail }),
      ...(timeBudget === undefined ? {} : { timeBudgetMs: timeBudget * 1000 }),
    }),
  )
  const report = await applyBaselines(found, baselines, updateBaseline)
  // Before the files: one that cannot be written must not cost what was found.
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : tableForOutput(report))
  if (out !== undefined) await writeReport(out, report)
  if (reportDir !== undefined) await writeReportFiles(reportDir, report, reporter)
  process.exitCode = exitCode ?? exitCodeOf(report)
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
