import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { renderReplay, replay, shownReplay } from '../index.js'
import { entriesOf } from './adapter-options.js'

export function addReplayCommand(conformance: Command): void {
  conformance
    .command('replay')
    .description('run the one case of a finding again, and print what was sent, what came back and how it was judged')
    .argument('<token>', 'the replay token of a report: sdk/check:seed:path')
    .option('--adapter <command>', 'the command of an adapter that does not come with the suite')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExit codes: 0 the case passes now, 1 it fails, 2 no such case, 3 the SDK does not run.')
    .action(async (token: string, { adapter, json }: { adapter?: string; json?: true }) => {
      const [entry] = adapter === undefined ? [] : await entriesOf({ adapter: [adapter] })
      const replayed = await replay(token, entry && { adapter: entry }).catch((error: unknown) => {
        throw error instanceof RangeError ? new UsageError(withHint(error.message)) : error
      })
      process.stdout.write(json ? `${JSON.stringify(shownReplay(replayed), null, 2)}\n` : renderReplay(replayed))
      const { fault, verdicts } = replayed.result
      process.exitCode = fault !== undefined ? 3 : verdicts.some(({ status }) => status === 'fail') ? 1 : 0
    })
}

function withHint(message: string): string {
  return message.startsWith('no adapter') ? `${message}; --adapter names a command` : message
}
