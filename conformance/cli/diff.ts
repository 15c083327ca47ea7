import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { adapters, foreignAdapters, renderDiff, runDiff, shownDisagreements } from '../index.js'
import { integer } from './integer.js'

export function addDiffCommand(conformance: Command): void {
  const names = [...adapters, ...foreignAdapters].map(({ name }) => name)
  conformance
    .command('diff')
    .description('give two SDKs the same inputs, and print the smallest on which they do not do the same')
    .argument('<a>', `one of ${names.join(', ')}`)
    .argument('<b>', 'the other one')
    .option('--seed <number>', 'a 32-bit integer (default: a random one)', integer)
    .option('--runs <number>', 'cases that each property generates', integer, 100)
    .option('--json', 'print the disagreements as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 they do the same, 1 they disagree, 2 wrong usage, 3 one of them does not run.',
    )
    .action(async (a: string, b: string, { seed, runs, json }: { seed?: number; runs: number; json?: true }) => {
      for (const name of [a, b]) {
        if (!names.includes(name)) throw new UsageError(`no SDK ${name}; try ${names.join(', ')}`)
      }
      if (runs < 1) throw new UsageError('--runs must be 1 or more')
      try {
        const report = await runDiff(a, b, { runs, ...(seed === undefined ? {} : { seed }) })
        const { cases, seed: ran } = report
        const shown = { a, b, seed: ran, runs, cases, disagreements: shownDisagreements(report) }
        process.stdout.write(json ? `${JSON.stringify(shown, null, 2)}\n` : renderDiff(report))
        process.exitCode = report.disagreements.length > 0 ? 1 : 0
      } catch (error) {
        console.error(`onbehalf: ${error instanceof Error ? error.message : String(error)}`)
        process.exitCode = 3
      }
    })
}
