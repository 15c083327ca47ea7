import { inspect } from 'node:util'
import { printable } from './printable.js'

/**
 * What Node calls, instead of ending the process, for an error that no code handles: a promise that an Action forgot, or
 * a timer that it started. No work of the emulator is cut short by it, since all of that is awaited.
 */
export function reportUncaught(error: unknown, origin: NodeJS.UncaughtExceptionOrigin): void {
  const what =
    origin === 'unhandledRejection'
      ? 'a promise was rejected that nobody awaits, most likely in an Action'
      : 'an error was thrown that nobody catches, most likely in a timer of an Action'
  console.error(`onbehalf: ${what}; the emulator goes on:\n${stackOf(error)}`)
}

/** A message can hold what a client sent, so it must not look like a line of ours. */
function stackOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error)
  return text
    .split('\n')
    .map((line) => `  ${printable(line)}`)
    .join('\n')
}
