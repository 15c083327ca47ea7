import type { Adapter } from '../adapter.js'
import type { Command } from './command.js'

/** How the process of an adapter is run. */
export interface ProcessOptions {
  /** Requests in flight at most. What the hello offers limits it too. Default 8. */
  readonly concurrency?: number
  /** For one reply, in milliseconds. Default 5000. */
  readonly deadlineMs?: number
  /** For the hello, in milliseconds. Default 30000. */
  readonly helloDeadlineMs?: number
  /** After so many starts that were not the first the run of the SDK ends. Default 20. */
  readonly restarts?: number
  /** Default https. */
  readonly scheme?: 'http' | 'https'
}

/** An adapter in a process of its own, which speaks the protocol on its standard input and output. */
export interface ProcessAdapter extends Adapter {
  readonly command: Command
  readonly options: ProcessOptions
}

/**
 * An adapter behind a command.
 *
 * @param command Its words, without a shell.
 * @param options How it is run.
 * @example
 * ```ts
 * const adapter = processAdapter({ words: ['python3', 'adapter.py'] })
 * const report = await runConformance({ sdks: [{ name: 'my-sdk', load: async () => adapter }] })
 * ```
 */
export function processAdapter(command: Command, options: ProcessOptions = {}): ProcessAdapter {
  return { command, options, hello: inSession, perform: inSession }
}

/** Whether an adapter runs in a process of its own. */
export function isProcessAdapter(adapter: Adapter): adapter is ProcessAdapter {
  return 'command' in adapter
}

/** To ask takes a process, a wire and deadlines, which only a session has. */
function inSession(): Promise<never> {
  return Promise.reject(new TypeError('an adapter in a process of its own can only be asked in a session'))
}
