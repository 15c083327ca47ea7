import type { AdapterMessage } from '../../generated/schemas.js'
import { isAdapterMessage } from '../../generated/validators/adapter-message.js'
import type { Hello, Observation, PerformRequest } from '../adapter.js'
import { misfitOf } from '../misfit.js'
import { printable } from '../report/text.js'
import { LifecycleError, type LifecycleReason } from './lifecycle.js'
import { idOf, lineOf, messageIn, readLines } from './lines.js'
import { startGroup, type Exit, type ProcessGroup } from './process-group.js'
import type { Command } from './command.js'
import { keepTail } from './stderr-tail.js'

/** After standard input has ended, in milliseconds. */
const END_MS = 3_000
/** So many answered ids are remembered, to tell a second reply from an unknown one. */
const MEMORY = 1_000

/** How an adapter's process is treated, in milliseconds. */
export interface ConnectionOptions {
  readonly deadlineMs: number
  readonly helloDeadlineMs: number
  /** Never shown. */
  readonly secret: string
}

/** Told of what concerns more than one request. `owner` is who asked, where that is known. */
export interface ConnectionEvents {
  /** A rule was broken, and the process goes on. */
  onTrouble(trouble: LifecycleError, owner: object | undefined): void
  /** The process is of no use any more. Every open request is rejected with the same error right after. */
  onEnd(error: LifecycleError): void
  onPrinted(text: string): void
}

/** One life of an adapter's process. */
export interface Connection {
  readonly hello: Hello
  /**
   * Asks one thing.
   *
   * @throws {LifecycleError} When the process breaks a rule instead of answering.
   */
  ask(request: PerformRequest, owner: object): Promise<Observation>
  /** Ends standard input and waits for the process to end; gives the rule that it breaks by doing so. */
  close(): Promise<LifecycleError | undefined>
  /** Resolves when nothing of the process is left. */
  readonly gone: Promise<unknown>
  takePrinted(): string
}

interface Pending {
  readonly owner: object
  readonly timer: NodeJS.Timeout
  resolve(message: AdapterMessage): void
  reject(error: LifecycleError): void
}

/**
 * Starts an adapter and waits for its hello.
 *
 * @throws {LifecycleError} When there is none.
 */
export async function openConnection(
  command: Command,
  { deadlineMs, helloDeadlineMs, secret }: ConnectionOptions,
  events: ConnectionEvents,
): Promise<Connection> {
  const group = await startGroup(command).catch((error: unknown) => {
    throw new LifecycleError('not-started', (error as NodeJS.ErrnoException).code ?? String(error))
  })
  const pending = new Map<number, Pending>()
  const answered = new Map<number, object>()
  let nextId = 0
  let closing = false
  let end: LifecycleError | undefined
  /** What came in place of the hello, which says best why there was none. */
  let noise = ''
  const stderr = keepTail(group.stderr, secret, (text) => {
    events.onPrinted(text)
  })

  function give(reason: LifecycleReason, detail: string): LifecycleError {
    if (end) return end
    const error = (end = new LifecycleError(reason, detail + noise + stderr.shown()))
    events.onEnd(error)
    for (const request of pending.values()) {
      clearTimeout(request.timer)
      request.reject(error)
    }
    pending.clear()
    void group.kill()
    return error
  }
  function send(request: object, owner: object, deadline: number): Promise<AdapterMessage> {
    if (end) return Promise.reject(end)
    const id = nextId++
    return new Promise((resolve, reject) => {
      const late = id === 0 ? 'hello-late' : 'hung'
      const timer = setTimeout(() => {
        give(late, `after ${deadline} ms`)
      }, deadline)
      pending.set(id, { owner, timer, resolve, reject })
      group.stdin.write(lineOf({ v: 1, id, request }))
    })
  }
  function isBeforeHello(): boolean {
    return nextId === 1 && pending.size > 0
  }
  function receive(line: string): void {
    if (end) return
    const message = messageIn(line)
    const id = idOf(message)
    const request = id === undefined ? undefined : pending.get(id)
    if (id === undefined || (!request && !isAdapterMessage(message))) {
      const shown = printable(JSON.stringify(line), 100)
      if (isBeforeHello() && noise === '') noise = `; standard output has ${shown}`
      events.onTrouble(new LifecycleError('stdout-noise', shown), undefined)
    } else if (request) {
      clearTimeout(request.timer)
      pending.delete(id)
      noise = ''
      answered.set(id, request.owner)
      if (answered.size > MEMORY) answered.delete(answered.keys().next().value ?? 0)
      // What does not fit the schema is told apart by who asked.
      request.resolve(message as AdapterMessage)
    } else if (id < nextId) {
      events.onTrouble(new LifecycleError('replied-twice', 'the same id again'), answered.get(id))
    } else {
      give('unknown-id', `id ${id}`)
    }
  }

  readLines(group.stdout, receive)
  void group.exited.then((exit) => {
    if (!closing) give(earlyReason(exit, isBeforeHello()), textOf(exit))
  })

  const first = await send({ op: 'hello' }, {}, helloDeadlineMs).catch(async (error: unknown) => {
    await group.exited
    throw error
  })
  if (!isAdapterMessage(first) || !('hello' in first)) {
    const error = give('hello-malformed', misfitOf(first))
    await group.exited
    throw error
  }
  return {
    hello: first.hello,
    gone: group.exited,
    takePrinted: () => stderr.take(),
    async ask(request, owner) {
      const message = await send(request, owner, deadlineMs)
      if (isAdapterMessage(message) && 'observation' in message) return message.observation
      return { outcome: 'adapter_error', message: `the observation does not fit its schema: ${misfitOf(message)}` }
    },
    async close() {
      closing = true
      return end ? undefined : ended(group)
    },
  }
}

async function ended(group: ProcessGroup): Promise<LifecycleError | undefined> {
  group.stdin.end()
  const exit = await group.exitWithin(END_MS)
  if (!exit) {
    await group.kill()
    return new LifecycleError('outlived-stdin', `after ${END_MS} ms`)
  }
  const isClean = 'code' in exit && exit.code === 0
  return isClean ? undefined : new LifecycleError('ended-badly', textOf(exit))
}

function earlyReason(exit: Exit, beforeHello: boolean): LifecycleReason {
  if (beforeHello) return 'ended-before-hello'
  return 'signal' in exit ? 'killed-by-signal' : 'exited-early'
}

function textOf(exit: Exit): string {
  return 'signal' in exit ? exit.signal : `exit code ${exit.code}`
}
