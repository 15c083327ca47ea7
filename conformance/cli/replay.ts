import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { renderReplay, replay, shownReplay } from '../index.js'
import { adapterOf, addAdapterOption, type OneAdapterOptions } from './adapter-options.js'
import { tellNotRun } from './not-run.js'

const HELP = `
Examples:
  onbehalf conformance replay auth0-auth-js/actor-type-only:0:0
  onbehalf conformance replay my-sdk/actor-type-only:0:0 --adapter "python3 adapter.py"

Exit codes: 0 the case passes now, 1 it fails, 2 no such case, 3 the SDK does not run.`

export function addReplayCommand(conformance: Command): void {
  addAdapterOption(conformance.command('replay'))
    .description('run the one case of a finding again, and print what was sent, what came back and how it was judged')
    .argument('<token>', 'the replay token of a report: sdk/check:seed:path')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async (token: string, { json, ...options }: OneAdapterOptions & { json?: true }) => {
      const adapter = await adapterOf(token, options)
      const replayed = await replay(token, adapter && { adapter }).catch(failureOf)
      if (!replayed) return
      process.stdout.write(json ? `${JSON.stringify(shownReplay(replayed), null, 2)}\n` : renderReplay(replayed))
      const { fault, verdicts } = replayed.result
      process.exitCode = fault !== undefined ? 3 : verdicts.some(({ status }) => status === 'fail') ? 1 : 0
    })
}

/** A token that leads nowhere is a mistake of the command line. Whatever else goes wrong, the SDK did not run. */
export function failureOf(error: unknown): undefined {
  if (error instanceof RangeError) throw new UsageError(withAdapterHint(error.message))
  tellNotRun(error)
}

/** What to do about an SDK that the suite does not know by name. */
function withAdapterHint(message: string): string {
  return message.startsWith('no adapter') ? `${message}. For one of your own, add --adapter COMMAND` : message
}
