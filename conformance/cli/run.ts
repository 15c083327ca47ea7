import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { selectionText } from '../runner/selection.js'
import { addAdapterOptions, entriesOf, type AdapterOptions } from './adapter-options.js'
import { readBaselines, type BaselineOptions } from './baseline-files.js'
import { addPerformOptions, PERFORM_HELP, performRun, selectionOf, type PerformOptions } from './perform-run.js'

const HELP = `
Examples:
  onbehalf conformance run
  onbehalf conformance run --sdk onbehalf auth0-auth-js --report-dir reports
  onbehalf conformance run --adapter "python3 adapter.py" --baseline baseline.yaml
  onbehalf conformance run --only "actor-*" --runs 1000
  onbehalf conformance run --shard 1/4 --seed 7 --time-budget 60`

export function addRunCommand(conformance: Command): void {
  addPerformOptions(addAdapterOptions(conformance.command('run'), 'onbehalf'))
    .description('run every check against one SDK or several, and print what holds and what does not')
    .option('--baseline <file...>', 'the findings that are known, one file for each SDK')
    .option('--no-baseline', 'show every finding, whatever --baseline says')
    .option('--update-baseline', 'write the findings of this run into the baseline')
    .addHelpText('after', HELP + '\n' + PERFORM_HELP)
    .action(async (options: AdapterOptions & BaselineOptions & PerformOptions) => {
      const { updateBaseline = false } = options
      if (selectionText(selectionOf(options)) !== undefined && updateBaseline) {
        throw new UsageError('--update-baseline needs a run of all checks, without --area, --only, --skip and --shard')
      }
      const sdks = await entriesOf(options)
      const names = sdks.map(({ name }) => name)
      await performRun(options, sdks, readBaselines(options, names), { updateBaseline })
    })
}
