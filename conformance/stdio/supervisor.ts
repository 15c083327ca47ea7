import { openConnection, type Connection, type ConnectionEvents, type ConnectionOptions } from './connection.js'
import type { LifecycleError } from './lifecycle.js'
import type { Command } from './command.js'

const NOBODY: ConnectionEvents = { onTrouble: () => undefined, onEnd: () => undefined, onPrinted: () => undefined }

/** Keeps one process of an adapter alive: starts it again when it has ended, until that was too often. */
export class Supervisor {
  /** Who is told of what happens. */
  events = NOBODY
  readonly #command: Command
  readonly #options: ConnectionOptions
  readonly #restarts: number
  #starts = 0
  #stopped: string | undefined
  #current: Promise<Connection> | undefined
  #open: Connection | undefined

  /** @param restarts How many starts there may be beside the first. */
  constructor(command: Command, options: ConnectionOptions, restarts: number) {
    this.#command = command
    this.#options = options
    this.#restarts = restarts
  }

  /**
   * The process, started when there is none.
   *
   * @throws {LifecycleError} When it says no hello.
   */
  connection(): Promise<Connection> {
    this.#current ??= this.#start()
    return this.#current
  }

  /** Why there will be no process any more. */
  stopped(): string | undefined {
    return this.#stopped
  }

  takePrinted(): string {
    return this.#open?.takePrinted() ?? ''
  }

  /** Ends the process and gives the rule that it breaks by the way it ends. */
  async close(): Promise<LifecycleError | undefined> {
    const connection = await this.#current?.catch(() => undefined)
    const error = await connection?.close()
    await this.#open?.gone
    return error
  }

  async #start(): Promise<Connection> {
    this.#starts += 1
    // Two processes of one adapter at the same time would share its ports and files.
    await this.#open?.gone
    try {
      const connection = await openConnection(this.#command, this.#options, {
        onTrouble: (trouble, owner) => {
          this.events.onTrouble(trouble, owner)
        },
        onPrinted: (text) => {
          this.events.onPrinted(text)
        },
        onEnd: (error) => {
          this.#current = undefined
          if (this.#starts > this.#restarts)
            this.#stopped = `given up after ${this.#restarts} restarts: ${error.message}`
          this.events.onEnd(error)
        },
      })
      this.#open = connection
      return connection
    } catch (error) {
      this.#stopped = `it does not start: ${(error as LifecycleError).message}`
      throw error
    }
  }
}
