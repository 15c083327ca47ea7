import type { Command } from 'commander'
import { renderMutants, runMutants } from '../index.js'
import { integer } from './integer.js'

const HELP = `
Examples:
  onbehalf conformance mutants
  onbehalf conformance mutants --seed 7 --json

Exit codes: 0 every mutant was killed by its rule and the controls survived, 4 otherwise.`

export function addMutantsCommand(conformance: Command): void {
  conformance
    .command('mutants')
    .description('prove the checks: break the SDK in every declared way and see that the declared rule finds it')
    .option('--seed <number>', 'a 32-bit integer', integer, 1)
    .option('--json', 'print the result of each mutant as JSON')
    .addHelpText('after', HELP)
    .action(async ({ seed, json }: { seed: number; json?: true }) => {
      const report = await runMutants({ seed })
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : renderMutants(report))
      process.exitCode = report.ok ? 0 : 4
    })
}
