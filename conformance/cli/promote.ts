import type { Command } from 'commander'
import { promote } from '../index.js'
import { adapterOf, addAdapterOption, type OneAdapterOptions } from './adapter-options.js'
import { failureOf } from './replay.js'
import { appendVector } from './vector-file.js'

interface PromoteCommandOptions extends OneAdapterOptions {
  readonly id?: string
  readonly note?: string
  readonly append?: string
}

const HELP = `
Examples:
  onbehalf conformance promote auth0-auth-js/case-variants:42:3:0
  onbehalf conformance promote TOKEN --id case-of-actor --note "An actor in capitals." --append vectors.json

Exit codes: 0 done, 2 the token is no finding or its input cannot stand in a vector file,
3 the SDK does not run.`

export function addPromoteCommand(conformance: Command): void {
  addAdapterOption(conformance.command('promote'))
    .description('turn a finding into a vector, as JSON that any language can read')
    .argument('<token>', 'the replay token of a report: sdk/check:seed:path')
    .option('--id <id>', 'what the vector is called')
    .option('--note <sentence>', 'what it shows')
    .option('--append <file>', 'add it to this vector file instead of printing it')
    .addHelpText('after', HELP)
    .action(async (token: string, { id, note, append, ...options }: PromoteCommandOptions) => {
      const adapter = await adapterOf(token, options)
      const chosen = {
        ...(id !== undefined && { id }),
        ...(note !== undefined && { note }),
        ...(adapter && { adapter }),
      }
      const promotion = await promote(token, chosen).catch(failureOf)
      if (!promotion) return
      if (append === undefined) {
        process.stdout.write(`${JSON.stringify(promotion.vector, null, 2)}\n`)
        return
      }
      appendVector(append, promotion)
      console.log(`${append}: ${promotion.vector.id} added.`)
    })
}
