/** The adapter protocol on standard input and output. Nothing here is yours to change. */
import { createInterface } from 'node:readline'

/** What the runner asks, by its `op`. */
export interface Request {
  readonly op: string
  /** Where to send an exchange. */
  readonly target: { readonly issuer: string; readonly ca_file?: string }
  readonly client: { readonly id: string; readonly secret: string; readonly authentication: string }
  /** What the application gives, under the wire names of its options. */
  readonly input: Readonly<Record<string, string>> & {
    readonly extra?: readonly (readonly [name: string, value: string | readonly string[]])[]
  }
  /** For a helper: the claims of a token, as JSON text. */
  readonly claims: string
}

/** What was seen of one request. */
export type Observation = Readonly<Record<string, unknown>> & { readonly outcome: string }

/** One SDK, as the suite sees it. */
export interface Adapter {
  readonly hello: {
    readonly sdk: { readonly name: string; readonly version: string; readonly language: string }
    /** What the SDK offers. */
    readonly capabilities: Readonly<Record<string, unknown>>
    /** How many requests it works on at the same time. */
    readonly concurrency?: number
  }
  /** Only a mistake of the adapter itself may be thrown. */
  perform(request: Request): Promise<Observation>
}

/**
 * Answers requests until standard input ends.
 *
 * Standard output is for messages alone: what the SDK prints goes to standard error.
 */
export function serve(adapter: Adapter): void {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr)
  createInterface({ input: process.stdin, crlfDelay: Infinity }).on('line', (line) => {
    void answer(line, adapter).then(write)
  })
}

async function answer(line: string, adapter: Adapter): Promise<string> {
  const { id, request } = JSON.parse(line) as { id: number; request: Request }
  const part = request.op === 'hello' ? { hello: adapter.hello } : { observation: await observe(request, adapter) }
  return `${JSON.stringify({ v: 1, id, ...part })}\n`
}

async function observe(request: Request, adapter: Adapter): Promise<Observation> {
  try {
    const observation = await adapter.perform(request)
    return observation.outcome === 'value' ? { outcome: 'value', value: shown(observation['value']) } : observation
  } catch (error) {
    return { outcome: 'adapter_error', message: String(error) }
  }
}

const TEXTS = ['token_type', 'issued_token_type', 'scope', 'id_token', 'refresh_token']
const NUMBERS = ['expires_in', 'expires_at']

/**
 * The observation of tokens, under their wire names.
 *
 * Only the members of the protocol, in its types: what the SDK gives as something else still shows.
 */
export function tokens(result: unknown): Observation {
  const members = isObject(result) ? result : { access_token: result }
  const { access_token: token = '', act } = members
  const given = (name: string): boolean => members[name] !== undefined && members[name] !== null
  return {
    outcome: 'tokens',
    tokens: {
      access_token: text(token),
      ...Object.fromEntries(TEXTS.filter(given).map((name) => [name, text(members[name])])),
      ...Object.fromEntries(NUMBERS.filter(given).map((name) => [name, Number(members[name])])),
      ...(isObject(act) && { act }),
    },
  }
}

/** What is no text, no list and not nothing still shows. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(text)
  return value === undefined || value === null ? null : text(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

/**
 * The observation of an error that the SDK gave.
 *
 * @param oauthError The server's `error` code, where the error of the SDK has it.
 */
export function rejected(error: unknown, oauthError?: unknown): Observation {
  if (!(error instanceof Error)) return { outcome: 'rejected', error: { class: typeof error, message: '' } }
  const { message, stack } = error
  const code = (error as { code?: unknown }).code
  return {
    outcome: 'rejected',
    error: {
      class: error.constructor.name,
      message,
      stack,
      ...(typeof code === 'string' && { code }),
      ...(typeof oauthError === 'string' && { oauth_error: oauthError }),
    },
  }
}
