import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { renderDiff, runDiff, shownDisagreements, type AdapterEntry } from '../index.js'
import { addProcessOptions, entriesNamed, NAMES, type AdapterProcessOptions } from './adapter-options.js'
import { areaNamed } from './area.js'
import { integer } from './integer.js'
import { tellNotRun } from './not-run.js'

interface DiffCommandOptions extends AdapterProcessOptions {
  readonly adapter?: readonly string[]
  readonly area?: readonly string[]
  readonly seed?: number
  readonly runs: number
  readonly json?: true
}

const HELP = `
Examples:
  onbehalf conformance diff onbehalf auth0-auth-js
  onbehalf conformance diff onbehalf authlib --area responses errors
  onbehalf conformance diff onbehalf --adapter "python3 adapter.py"

Exit codes: 0 they do the same, 1 they disagree, 2 wrong usage, 3 one of them does not run,
or gave no answer to some inputs.`

export function addDiffCommand(conformance: Command): void {
  const command = conformance
    .command('diff')
    .description('give two SDKs the same inputs, and print the smallest on which they do not do the same')
    .argument('[sdks...]', `two of ${NAMES.join(', ')}`)
    .option('--adapter <command...>', 'in place of a name: a command that speaks the adapter protocol, as one argument')
  addProcessOptions(command)
    .option('--seed <number>', 'a 32-bit integer (default: a random one)', integer)
    .option('--runs <number>', 'cases that each property generates', integer, 100)
    .option('--area <name...>', 'only these areas')
    .option('--json', 'print the disagreements as JSON')
    .addHelpText('after', HELP)
    .action(async (sdks: string[], { adapter = [], area, seed, runs, json, ...options }: DiffCommandOptions) => {
      const entries = await entriesNamed(sdks, adapter, options)
      if (entries.length !== 2) throw new UsageError('diff needs two SDKs: names, or --adapter COMMAND')
      if (runs < 1) throw new UsageError('--runs must be 1 or more')
      const areas = area?.map(areaNamed)
      const [a, b] = entries as [AdapterEntry, AdapterEntry]
      try {
        const report = await runDiff(a, b, { runs, ...(seed !== undefined && { seed }), ...(areas && { areas }) })
        const { cases, faults, seed: ran } = report
        const disagreements = shownDisagreements(report)
        const shown = { a: a.name, b: b.name, seed: ran, runs, cases, disagreements, faults }
        process.stdout.write(json ? `${JSON.stringify(shown, null, 2)}\n` : renderDiff(report))
        process.exitCode = faults.length > 0 ? 3 : disagreements.length > 0 ? 1 : 0
      } catch (error) {
        tellNotRun(error)
      }
    })
}
