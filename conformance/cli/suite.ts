import type { Command } from 'commander'
import { addDemoCommand } from './demo.js'
import { addDiffCommand } from './diff.js'
import { addInitCommand } from './init.js'
import { addListCommands } from './list.js'
import { addMatrixCommand } from './matrix.js'
import { addMutantsCommand } from './mutants.js'
import { addPromoteCommand } from './promote.js'
import { addReplayCommand } from './replay.js'
import { addRunCommand } from './run.js'
import { addValidateAdapterCommand } from './validate-adapter.js'

/** The commands that need the suite. */
export function addSuiteCommands(program: Command): void {
  addDemoCommand(program)
  const conformance = program.command('conformance').description('check token exchange SDKs, and prove the checks')
  addRunCommand(conformance)
  addMatrixCommand(conformance)
  addListCommands(conformance)
  addReplayCommand(conformance)
  addPromoteCommand(conformance)
  addDiffCommand(conformance)
  addMutantsCommand(conformance)
  addInitCommand(conformance)
  addValidateAdapterCommand(conformance)
}
