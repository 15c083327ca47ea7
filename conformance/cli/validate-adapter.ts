import type { Command } from 'commander'
import { validateAdapter } from '../index.js'
import { wordsOf } from './adapter-options.js'

const HELP = `
Examples:
  onbehalf conformance validate-adapter "python3 adapter.py"
  onbehalf conformance validate-adapter "npx tsx adapter.ts" --json

Exit codes: 0 every conversation was right, 3 one was not.`

export function addValidateAdapterCommand(conformance: Command): void {
  conformance
    .command('validate-adapter')
    .description('check by golden transcripts that an adapter speaks the protocol, whatever its SDK does')
    .argument('<command>', 'how the adapter is started, as one argument: "python3 adapter.py"')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async (text: string, { json }: { json?: true }) => {
      const results = await validateAdapter({ words: wordsOf(text) })
      const right = results.filter(({ problems }) => problems.length === 0).length
      const lines = results.flatMap(({ name, title, problems }) => [
        `${problems.length === 0 ? 'right' : 'WRONG'}  ${name.padEnd(12)}  ${title}`,
        ...problems.map((problem) => `         ${problem}`),
      ])
      console.log(
        json ? JSON.stringify(results, null, 2) : [...lines, `${right} of ${results.length} right`].join('\n'),
      )
      process.exitCode = right === results.length ? 0 : 3
    })
}
