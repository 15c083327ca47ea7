import type { Command } from 'commander'
import { decodeJwt } from 'jose'
import { describeDelegation } from '../act.js'
import { drawDelegation } from './delegation.js'
import { readInput } from './read-input.js'
import { UsageError } from './usage-error.js'

export function addActCommand(program: Command): void {
  program
    .command('act')
    .description('draw the delegation chain of a token or of claims; nothing is verified')
    .argument('[input]', 'a JWT, claims as JSON, or - for standard input', '-')
    .option('--json', 'print { subject, currentActor, chain, depth } instead')
    .addHelpText(
      'after',
      `
Example:
  $ onbehalf act '{"sub":"auth0|alice","act":{"sub":"mcp-server","act":{"sub":"spa"}}}'

Exit codes: 0 drawn, 1 the act claim is malformed, 2 the input is neither a JWT nor JSON.`,
    )
    .action(async (input: string, options: { json?: true }) => {
      const delegation = describeDelegation(parseClaims(input === '-' ? await readInput('-') : input))
      console.log(options.json ? JSON.stringify(delegation) : drawDelegation(delegation))
    })
}

function parseClaims(input: string): object {
  const claims = input.trimStart().startsWith('{') ? parseJson(input) : decodeToken(input.trim())
  if (claims === undefined) throw new UsageError('the input is neither a JWT nor a JSON object of claims')
  return claims
}

function parseJson(input: string): object | undefined {
  try {
    return JSON.parse(input) as object
  } catch {
    return undefined
  }
}

function decodeToken(token: string): object | undefined {
  try {
    return decodeJwt(token)
  } catch {
    return undefined
  }
}
