import type { Command } from 'commander'
import { addActCommand } from './act.js'
import { addExchangeCommand } from './exchange.js'
import { addServeCommand } from './serve.js'

/** The commands that need the facade and the emulator alone. */
export function addCommands(program: Command): void {
  addServeCommand(program)
  addExchangeCommand(program)
  addActCommand(program)
}
