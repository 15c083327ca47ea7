import { InvalidArgumentError, Option, type Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import {
  adapterNamed,
  adapters,
  foreignAdapters,
  processAdapter,
  serialized,
  type AdapterEntry,
  type ProcessOptions,
} from '../index.js'
import { isProcessAdapter } from '../stdio/adapter.js'
import { askHello } from '../stdio/ask-hello.js'
import { splitCommand } from '../stdio/command-line.js'

/** Which SDKs a command is about, and how those in processes of their own are run. */
export interface AdapterOptions {
  readonly sdk?: readonly string[]
  readonly adapter?: readonly string[]
  readonly concurrency?: number
  readonly deadline?: number
  readonly serialize?: true
  readonly http?: true
}

/** How adapter processes are run. */
export type AdapterProcessOptions = Pick<AdapterOptions, 'deadline' | 'http'>

/** The same for one adapter. */
export type OneAdapterOptions = AdapterProcessOptions & { readonly adapter?: string }

/** The SDKs that the suite knows. */
export const NAMES: readonly string[] = [...adapters, ...foreignAdapters].map(({ name }) => name)

/** Adds the options to a command, and says which SDKs it is about without them. */
export function addAdapterOptions(command: Command, byDefault: string): Command {
  return command
    .option('--sdk <name...>', `one of ${NAMES.join(', ')} (default: ${byDefault})`)
    .option(
      '--adapter <command...>',
      'a command that speaks the adapter protocol, as one argument: "python3 adapter.py"',
    )
    .option('--concurrency <number>', 'requests to an adapter process at the same time, at most (default: 8)', positive)
    .addOption(deadlineOption())
    .addOption(httpOption())
    .option('--serialize', 'give and take every message as JSON, in this process too')
}

/** Adds what an adapter is run with to a command that is about one case. */
export function addAdapterOption(command: Command): Command {
  return addProcessOptions(
    command.option('--adapter <command>', 'the command of an adapter that does not come with the suite'),
  )
}

/** Adds how an adapter process is run to a command that gives it one request after the other. */
export function addProcessOptions(command: Command): Command {
  return command.addOption(deadlineOption()).addOption(httpOption())
}

/** The adapter of a replay token and those options, or undefined when the suite does not know the SDK by name. */
export async function adapterOf(
  token: string,
  { adapter, ...options }: OneAdapterOptions,
): Promise<AdapterEntry | undefined> {
  const name = NAMES.find((known) => token.startsWith(`${known}/`))
  const entry =
    adapter !== undefined ? await commandEntry(adapter) : name !== undefined ? adapterNamed(name) : undefined
  return entry && withProcessOptions(entry, processOptionsOf(options))
}

function deadlineOption(): Option {
  const text = 'how long an adapter process may take for a reply, in milliseconds (default: 5000)'
  return new Option('--deadline <ms>', text).argParser(positive)
}

function httpOption(): Option {
  return new Option('--http', 'serve adapter processes over http in place of https')
}

/** The SDKs that the options name. */
export async function entriesOf(options: AdapterOptions): Promise<readonly AdapterEntry[]> {
  const { adapter = [], sdk = adapter.length > 0 ? [] : ['onbehalf'], serialize } = options
  const entries = await entriesNamed(sdk, adapter, options)
  return serialize ? entries.map(serialized) : entries
}

/** The SDKs of these names, then those of these commands. */
export async function entriesNamed(
  names: readonly string[],
  commands: readonly string[],
  options: AdapterOptions,
): Promise<readonly AdapterEntry[]> {
  const entries = [...names.map(knownEntry), ...(await Promise.all(commands.map(commandEntry)))]
  return entries.map((entry) => withProcessOptions(entry, processOptionsOf(options)))
}

/** The adapter of a name that the suite knows. */
function knownEntry(name: string): AdapterEntry {
  if (!NAMES.includes(name)) {
    throw new UsageError(`no SDK ${name}; try ${NAMES.join(', ')}, or --adapter COMMAND for one of your own`)
  }
  return adapterNamed(name)
}

/** The words of a command. */
export function wordsOf(text: string): string[] {
  try {
    return splitCommand(text)
  } catch (error) {
    throw new UsageError((error as RangeError).message)
  }
}

/** An adapter is called what its SDK is called; when it says no hello, the run says so. */
async function commandEntry(text: string): Promise<AdapterEntry> {
  const command = { words: wordsOf(text) }
  const name = await askHello(command).then(
    ({ sdk }) => sdk.name.replaceAll(/[/:\s]+/g, '-'),
    () => 'adapter',
  )
  return { name, command: text, load: async () => Promise.resolve(processAdapter(command)) }
}

function withProcessOptions(entry: AdapterEntry, options: ProcessOptions): AdapterEntry {
  return {
    ...entry,
    async load() {
      const adapter = await entry.load()
      return isProcessAdapter(adapter) ? processAdapter(adapter.command, { ...adapter.options, ...options }) : adapter
    },
  }
}

function processOptionsOf({ concurrency, deadline, http }: AdapterOptions): ProcessOptions {
  return {
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(deadline === undefined ? {} : { deadlineMs: deadline }),
    ...(http && { scheme: 'http' as const }),
  }
}

/** A positive whole number of the command line. */
export function positive(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 31 - 1) {
    throw new InvalidArgumentError('It must be a positive integer.')
  }
  return value
}
