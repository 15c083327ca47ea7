import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { promote } from '../index.js'
import { appendVector } from './vector-file.js'

interface PromoteCommandOptions {
  readonly id?: string
  readonly note?: string
  readonly append?: string
}

export function addPromoteCommand(conformance: Command): void {
  conformance
    .command('promote')
    .description('turn a finding into a vector, as JSON that any language can read')
    .argument('<token>', 'the replay token of a report: sdk/check:seed:path')
    .option('--id <id>', 'what the vector is called')
    .option('--note <sentence>', 'what it shows')
    .option('--append <file>', 'add it to this vector file instead of printing it')
    .addHelpText('after', '\nExit codes: 0 done, 2 the token is no finding or its input cannot stand in a vector file.')
    .action(async (token: string, { append, ...options }: PromoteCommandOptions) => {
      const promotion = await promote(token, options).catch((error: unknown) => {
        throw error instanceof RangeError ? new UsageError(error.message) : error
      })
      if (append === undefined) {
        process.stdout.write(`${JSON.stringify(promotion.vector, null, 2)}\n`)
        return
      }
      appendVector(append, promotion)
      console.log(`${append}: ${promotion.vector.id} added.`)
    })
}
