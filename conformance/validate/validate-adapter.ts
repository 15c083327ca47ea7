import { isAdapterMessage } from '../../generated/validators/adapter-message.js'
import type { AdapterMessage } from '../../generated/schemas.js'
import { openLoopback, type Loopback } from '../loopback/loopback.js'
import { misfitOf } from '../misfit.js'
import { printable } from '../report/text.js'
import { defaultMethodOf } from '../requirements.js'
import { CLIENT } from '../runner/lane.js'
import { signTokens, type SignedTokens } from '../signed-tokens.js'
import { idOf, lineOf, messageIn, readLines } from '../stdio/lines.js'
import { startGroup, type Exit, type ProcessGroup } from '../stdio/process-group.js'
import type { Command } from '../stdio/command.js'
import { keepTail } from '../stdio/stderr-tail.js'
import { trustOf } from '../stdio/trust.js'
import { readTranscripts, type Expected, type Transcript } from './transcript.js'

/** What came of one transcript. */
export interface TranscriptResult {
  readonly name: string
  readonly title: string
  /** What was wrong, as sentences. None when it was right. */
  readonly problems: readonly string[]
}

/** How long is waited, in milliseconds. */
export interface ValidateOptions {
  /** For the hello. Default 30000. */
  readonly helloDeadlineMs?: number
  /** For a reply. Default 5000. */
  readonly deadlineMs?: number
}

const END_MS = 3_000
/** More than a pipe holds. */
const LONG = 'a'.repeat(100_000)

/**
 * Has the conversations of spec/transcripts/ with an adapter, and says what is wrong with its side of them.
 *
 * It says nothing of the SDK: any answer that fits is right.
 *
 * @param command Its words, without a shell.
 * @example
 * ```ts
 * for (const { name, problems } of await validateAdapter({ words: ['python3', 'adapter.py'] })) {
 *   console.log(name, problems)
 * }
 * ```
 */
export async function validateAdapter(command: Command, options: ValidateOptions = {}): Promise<TranscriptResult[]> {
  const loopback = await openLoopback(1, 'https')
  try {
    const issuer = loopback.lanes[0]?.issuer ?? ''
    const tokens = await signTokens(issuer, CLIENT.id)
    const results: TranscriptResult[] = []
    for (const transcript of readTranscripts()) {
      const problems = await play(transcript, command, { loopback, tokens, options })
      results.push({ name: transcript.name, title: transcript.title, problems })
      // Without a hello each of the others would say the same.
      if (transcript.name === 'hello' && problems.length > 0) break
    }
    return results
  } finally {
    await loopback.close()
  }
}

interface Stage {
  readonly loopback: Loopback
  readonly tokens: SignedTokens
  readonly options: ValidateOptions
}

async function play({ steps }: Transcript, command: Command, { loopback, tokens, options }: Stage): Promise<string[]> {
  const { caFile = '', lanes } = loopback
  const { deadlineMs = 5_000, helloDeadlineMs = 30_000 } = options
  let group: ProcessGroup
  try {
    group = await startGroup({ ...command, env: { ...command.env, ...trustOf(caFile) } })
  } catch (error) {
    return [`The command cannot be started: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`]
  }
  const heard = listen(group)
  const stderr = keepTail(group.stderr, CLIENT.secret, () => undefined)
  for (const step of steps) {
    if ('answers' in step) lanes[0]?.recorder.play({ ...tokens, token: step.answers })
    else if ('send' in step) {
      const line = filled(lineOf(step.send), { issuer: lanes[0]?.issuer ?? '', ca_file: caFile, long: LONG })
      // Only methods that the hello names are asked for.
      group.stdin.write(line.replaceAll('"client_secret_post"', JSON.stringify(heard.method())))
    } else if ('expect' in step) {
      const limit = 'hello' in step.expect ? helloDeadlineMs : deadlineMs
      const reply = await heard.reply(step.expect.id, limit)
      const exit = heard.exit()
      const missing = exit ? `the process ended ${howOf(exit)}${stderr.shown()}` : `${limit} ms are over`
      const problem = heard.malformed.has(step.expect.id) ? undefined : problemOf(reply, step.expect, missing)
      if (problem !== undefined) heard.problems.push(problem)
      // Without a hello the rest would only wait.
      if ('hello' in step.expect && !reply) break
    } else if ('end' in step) heard.problems.push(...(await endOf(group, heard)))
  }
  await group.kill()
  return heard.problems
}

function filled(line: string, values: Readonly<Record<string, string>>): string {
  return line.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
}

interface Heard {
  readonly problems: string[]
  /** The ids of replies that do not fit the schema. */
  readonly malformed: ReadonlySet<number>
  /** How the process ended, when it has. */
  exit(): Exit | undefined
  /** The method of client authentication to ask for, by the hello. */
  method(): string
  /** The reply to a request; undefined when none came in time. */
  reply(id: number, deadlineMs: number): Promise<AdapterMessage | undefined>
}

function listen(group: ProcessGroup): Heard {
  const problems: string[] = []
  const replies = new Map<number, AdapterMessage>()
  const malformed = new Set<number>()
  let ended: Exit | undefined
  let wake = (): void => undefined
  void group.exited.then((exit) => {
    ended = exit
    wake()
  })
  readLines(group.stdout, (line) => {
    const message = messageIn(line)
    if (!isAdapterMessage(message) || 'request' in message) {
      const why = message === undefined ? 'it is not JSON' : misfitOf(message)
      problems.push(
        `A line on standard output is no reply that fits AdapterMessage.json, ${why}: ${printable(line, 200)}`,
      )
      malformed.add(idOf(message) ?? -1)
    } else if (replies.has(message.id)) problems.push(`A second reply came with id ${message.id}.`)
    else replies.set(message.id, message)
    wake()
  })
  return {
    problems,
    malformed,
    exit: () => ended,
    method() {
      const hello = replies.get(0)
      return hello && 'hello' in hello ? defaultMethodOf(hello.hello.capabilities) : 'client_secret_post'
    },
    reply: (id, deadlineMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, deadlineMs)
        wake = () => {
          if (!replies.has(id) && !malformed.has(id) && !ended) return
          clearTimeout(timer)
          resolve(replies.get(id))
        }
        wake()
      }),
  }
}

function problemOf(message: AdapterMessage | undefined, expected: Expected, missing: string): string | undefined {
  if (!message) return `No reply came with id ${expected.id}: ${missing}.`
  if ('hello' in expected) return 'hello' in message ? undefined : 'The reply to the hello has no hello.'
  const outcome = 'observation' in message ? message.observation.outcome : 'no observation'
  if (expected.outcome.includes(outcome)) return undefined
  const why = 'observation' in message && 'message' in message.observation ? `: ${message.observation.message}` : ''
  return `The reply with id ${expected.id} was ${outcome}${printable(why)}. Right is: ${expected.outcome.join(' or ')}.`
}

async function endOf(group: ProcessGroup, heard: Heard): Promise<string[]> {
  if (heard.exit()) return ['The process ended before its standard input.']
  group.stdin.end()
  const exit = await group.exitWithin(END_MS)
  if (!exit) return [`The process did not end within ${END_MS} ms after its standard input.`]
  return 'code' in exit && exit.code === 0 ? [] : [`The process ended ${howOf(exit)}.`]
}

function howOf(exit: Exit): string {
  return 'signal' in exit ? `by ${exit.signal}` : `with exit code ${exit.code}`
}
