import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { promote } from '../index.js'
import { commandEntry } from './adapter-options.js'
import { withAdapterHint } from './replay.js'
import { appendVector } from './vector-file.js'

interface PromoteCommandOptions {
  readonly id?: string
  readonly note?: string
  readonly append?: string
  readonly adapter?: string
}

const HELP = `
Examples:
  onbehalf conformance promote auth0-auth-js/case-variants:42:3:0
  onbehalf conformance promote TOKEN --id case-of-actor --note "An actor in capitals." --append vectors.json

Exit codes: 0 done, 2 the token is no finding or its input cannot stand in a vector file.`

export function addPromoteCommand(conformance: Command): void {
  conformance
    .command('promote')
    .description('turn a finding into a vector, as JSON that any language can read')
    .argument('<token>', 'the replay token of a report: sdk/check:seed:path')
    .option('--id <id>', 'what the vector is called')
    .option('--note <sentence>', 'what it shows')
    .option('--adapter <command>', 'the command of an adapter that does not come with the suite')
    .option('--append <file>', 'add it to this vector file instead of printing it')
    .addHelpText('after', HELP)
    .action(async (token: string, { append, adapter, ...options }: PromoteCommandOptions) => {
      const entry = adapter === undefined ? {} : { adapter: await commandEntry(adapter) }
      const promotion = await promote(token, { ...options, ...entry }).catch((error: unknown) => {
        throw error instanceof RangeError ? new UsageError(withAdapterHint(error.message)) : error
      })
      if (append === undefined) {
        process.stdout.write(`${JSON.stringify(promotion.vector, null, 2)}\n`)
        return
      }
      appendVector(append, promotion)
      console.log(`${append}: ${promotion.vector.id} added.`)
    })
}
