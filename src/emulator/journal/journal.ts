import { beginningOf } from '../beginning.js'
import type { CheckName } from './checks.js'
import type { Delegation } from '../tokens/delegation.js'
import type { FaultKind } from '../faults/fault.js'
import type { RequestParameters } from '../http/parameters.js'
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
  /** Counts the requests, from 1. */
  readonly id: number
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
  /** 0 when the connection was reset before an answer. */
  readonly status: number
  /** The OAuth error code. */
  readonly error?: string
  /** What the client was told beside the code. */
  readonly errorDescription?: string
  /** Why a session transfer token was not accepted, when the answer is the login page. */
  readonly warning?: string
  /** What an Action threw and where, such as `TypeError at /app/actions.mjs:7:12`. Its message may hold a secret. */
  readonly thrown?: string
  /** Who acts for whom, as the answer says. When the server refused: as the subject token says, if it is valid. */
  readonly delegation?: Delegation
  readonly grantedScopes?: readonly string[]
  /** What a fault did to the answer. */
  readonly fault?: FaultKind
  /** What the server checked, in order. */
  readonly checks: readonly CheckName[]
  /** Those of the checks that failed. Without an error they led to the login page. */
  readonly failedChecks: readonly CheckName[]
}

/** The newest requests, since the start or the last reset. */
export interface Journal {
  /** Tells it from every other journal, whatever the seed. */
  readonly id: string
  readonly entries: readonly JournalEntry[]
  record(request: Request, log: RequestLog, status: number): void
  /** Says, before a request is recorded, what a fault does to its answer. */
  markFault(request: Request, fault: FaultKind): void
  /** Tells of every request from now on, until the function that it gives is called. */
  follow(follower: Follower): () => void
  /** Tells those who follow that a reset puts another journal in the place of this one. */
  end(): void
}

/** Somebody who is told of every request. */
export interface Follower {
  readonly next: (entry: JournalEntry) => void
  readonly end: () => void
}

export function createJournal(now: () => number, length = DEFAULT_LENGTH): Journal {
  const entries: JournalEntry[] = []
  const faults = new WeakMap<Request, FaultKind>()
  const followers = new Set<Follower>()
  let recorded = 0
  return {
    id: crypto.randomUUID().replaceAll('-', ''),
    get entries() {
      return [...entries]
    },
    record: (request, log, status) => {
      const { parameters, error, errorDescription, warning, thrown, delegation, grantedScopes } = log
      const fault = faults.get(request)
      const grantType = single(parameters, 'grant_type')
      const clientId = log.clientId ?? single(parameters, 'client_id')
      const entry: JournalEntry = {
        id: ++recorded,
        time: now(),
        method: request.method,
        path: new URL(request.url).pathname,
        ...(grantType !== undefined && { grantType }),
        ...(clientId !== undefined && { clientId }),
        parameters: parameters === undefined ? {} : redact(parameters),
        status,
        ...(error !== undefined && { error }),
        ...(errorDescription !== undefined && { errorDescription }),
        ...(warning !== undefined && { warning }),
        ...(thrown !== undefined && { thrown: shorten(thrown) }),
        ...(delegation && { delegation: shortenAll(delegation) }),
        ...(grantedScopes && { grantedScopes: grantedScopes.slice(0, MAX_PARAMETERS).map(shorten) }),
        ...(fault && { fault }),
        checks: log.names,
        failedChecks: log.failed,
      }
      entries.push(entry)
      if (entries.length > length) entries.shift()
      for (const { next } of followers) next(entry)
    },
    markFault: (request, fault) => void faults.set(request, fault),
    follow: (follower) => {
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    end: () => {
      for (const { end } of followers) end()
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

function shortenAll({ subject, actors }: Delegation): Delegation {
  return { subject: shorten(subject), actors: actors.slice(0, MAX_PARAMETERS).map(shorten) }
}

function shorten(text: string): string {
  return text.length <= MAX_VALUE_LENGTH ? text : `${beginningOf(text, MAX_VALUE_LENGTH)}…`
}
