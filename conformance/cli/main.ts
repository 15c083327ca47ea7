#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { TokenExchangeError } from '../../src/index.js'
import { addCommands } from '../../src/cli/commands.js'
import { UsageError } from '../../src/cli/usage-error.js'
import { addDemoCommand } from './demo.js'
import { addInitCommand } from './init.js'
import { addListCommands } from './list.js'
import { addMutantsCommand } from './mutants.js'
import { addReplayCommand } from './replay.js'
import { addRunCommand } from './run.js'
import { addValidateAdapterCommand } from './validate-adapter.js'

const { version } = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('onbehalf/package.json'), 'utf8'),
) as { version: string }

const program = new Command('onbehalf')
  .description('OAuth 2.0 Token Exchange (RFC 8693): a local authorization server, exchanges, and a conformance suite')
  .version(version)
  .exitOverride()
addCommands(program)
addDemoCommand(program)
const conformance = program.command('conformance').description('check token exchange SDKs, and prove the checks')
addRunCommand(conformance)
addListCommands(conformance)
addReplayCommand(conformance)
addMutantsCommand(conformance)
addInitCommand(conformance)
addValidateAdapterCommand(conformance)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (error instanceof UsageError) fail(error.message, 2)
  else if (error instanceof TokenExchangeError) fail(`${error.code}: ${error.message}`, 1)
  else throw error
}

function fail(message: string, exitCode: number): void {
  console.error(`onbehalf: ${message}`)
  process.exitCode = exitCode
}
