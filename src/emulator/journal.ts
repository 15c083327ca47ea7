import type { CheckName } from './checks.js'
import type { RequestParameters } from './parameters.js'
import type { RequestLog } from './request-log.js'

const DEFAULT_LENGTH = 1000
const MAX_PARAMETERS = 50
const MAX_VALUE_LENGTH = 300
const REDACTED = '[redacted]'

const SHOWN: ReadonlySet<string> = new Set([
  'grant_type',
  'client_id',
  'subject_token_type',
  'actor_token_type',
  'requested_token_type',
  'audience',
  'resource',
  'scope',
  'organization',
])

/** A request that the emulator answered, without tokens and other secrets. */
export interface JournalEntry {
  /** By the emulator's clock, in milliseconds since the epoch. */
  readonly time: number
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly grantType?: string
  /** The client that authenticated or, without one, that the parameter `client_id` names. */
  readonly clientId?: string
  /** The value of each parameter, or of those that repeat the values; `[redacted]` unless it can be no secret. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
  readonly status: number
  /** The OAuth error code. */
  readonly error?: string
  /** Why a session transfer token was not accepted, when the answer is the login page. */
  readonly warning?: string
  /** What the server checked, in order. After an error the last one is the one that failed. */
  readonly checks: readonly CheckName[]
}

/** The newest requests. */
export interface Journal {
  readonly entries: readonly JournalEntry[]
  record(request: Request, log: RequestLog, status: number): void
}

export function createJournal(now: () => number, length = DEFAULT_LENGTH): Journal {
  const entries: JournalEntry[] = []
  return {
    get entries() {
      return [...entries]
    },
    record: (request, log, status) => {
      const { parameters, error, warning } = log
      const grantType = single(parameters, 'grant_type')
      const clientId = log.clientId ?? single(parameters, 'client_id')
      entries.push({
        time: now(),
        method: request.method,
        path: new URL(request.url).pathname,
        ...(grantType !== undefined && { grantType }),
        ...(clientId !== undefined && { clientId }),
        parameters: parameters === undefined ? {} : redact(parameters),
        status,
        ...(error !== undefined && { error }),
        ...(warning !== undefined && { warning }),
        checks: log.names,
      })
      if (entries.length > length) entries.shift()
    },
  }
}

function redact(parameters: RequestParameters): JournalEntry['parameters'] {
  const shown: [string, string | readonly string[]][] = []
  for (const [name, values] of parameters) {
    if (shown.length === MAX_PARAMETERS) break
    const [first = ''] = values
    if (!SHOWN.has(name)) shown.push([shorten(name), REDACTED])
    else shown.push([name, values.length === 1 ? shorten(first) : values.slice(0, MAX_PARAMETERS).map(shorten)])
  }
  return Object.fromEntries(shown)
}

function single(parameters: RequestParameters | undefined, name: string): string | undefined {
  const value = parameters?.get(name)?.[0]
  return value === undefined ? undefined : shorten(value)
}

function shorten(text: string): string {
  if (text.length <= MAX_VALUE_LENGTH) return text
  // A slice would keep all of the text in memory; what is joined from its characters does not.
  return `${text.slice(0, MAX_VALUE_LENGTH).split('').join('')}…`
}
