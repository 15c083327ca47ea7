#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { TokenExchangeError } from '../../src/index.js'
import { addCommands } from '../../src/cli/commands.js'
import { UsageError } from '../../src/cli/usage-error.js'

const { version } = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('onbehalf/package.json'), 'utf8'),
) as { version: string }

const program = new Command('onbehalf')
  .description('OAuth 2.0 Token Exchange (RFC 8693): a local authorization server, exchanges, and a conformance suite')
  .version(version)
  .exitOverride()
  .configureOutput({
    outputError: (text, write) => {
      write(text.replace(/^error:/, 'onbehalf:'))
    },
  })
addCommands(program)
// The suite takes longer to load than these take to run.
const needNoSuite = ['--version', '-V', ...program.commands.map((command) => command.name())]
if (!needNoSuite.includes(process.argv[2] ?? '')) (await import('./suite.js')).addSuiteCommands(program)

// Whoever has read enough, such as `head`, closes the pipe. This is what a shell gives a process that SIGPIPE ended.
const PIPE_CLOSED = 141
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(PIPE_CLOSED)
})
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
