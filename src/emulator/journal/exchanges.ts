import { requireOptionNames } from '../config/option-names.js'
import type { JournalEntry } from './journal.js'
import { PATHS } from '../http/paths.js'

/**
 * What an exchange must be to be found; a member that is left out may be anything.
 *
 * @example
 *   const refused: ExchangeMatch = { clientId: 'mcp-server', audience: 'https://calendar.example.com', status: 403 }
 */
export interface ExchangeMatch {
  readonly grantType?: string
  readonly clientId?: string
  /** One of those that were asked for. */
  readonly audience?: string
  /** One of those that were asked for. */
  readonly scope?: string
  readonly status?: number
  /** The OAuth error code. */
  readonly error?: string
  readonly subject?: string
  /** The current actor. */
  readonly actor?: string
}

const MAX_LISTED = 20
const TOKEN_PATHS: ReadonlySet<string> = new Set([PATHS.token, PATHS.mtlsToken])

/** What an exchange has of each member that can be asked for. */
const READERS: Readonly<Record<keyof ExchangeMatch, (entry: JournalEntry) => readonly unknown[]>> = {
  grantType: (entry) => [entry.grantType],
  clientId: (entry) => [entry.clientId],
  audience: (entry) => [entry.parameters['audience'] ?? []].flat(),
  scope: (entry) => String(entry.parameters['scope'] ?? '').split(' '),
  status: (entry) => [entry.status],
  error: (entry) => [entry.error],
  subject: (entry) => [entry.delegation?.subject],
  actor: (entry) => [entry.delegation?.actors[0]],
}

/** The requests to the token endpoint that match, oldest first. */
export function findExchanges(entries: readonly JournalEntry[], match: ExchangeMatch): readonly JournalEntry[] {
  const wanted = wantedOf(match)
  return entries.filter(
    (entry) => TOKEN_PATHS.has(entry.path) && wanted.every(([name, value]) => READERS[name](entry).includes(value)),
  )
}

/** The one that matches. Otherwise throws an error that lists what there was instead. */
export function expectExchange(entries: readonly JournalEntry[], match: ExchangeMatch): JournalEntry {
  const found = findExchanges(entries, match)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  const wanted = wantedOf(match).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  const described = wanted.length === 0 ? 'exchange' : `exchange with ${wanted.join(', ')}`
  const all = findExchanges(entries, {})
  const shown = (only === undefined ? all : found).slice(-MAX_LISTED).map(describe)
  throw new Error(
    only === undefined
      ? [
          `No ${described}. ${all.length === 0 ? 'There was none at all.' : `There were ${all.length}:`}`,
          ...shown,
        ].join('\n')
      : [`Not one ${described}, but ${found.length}:`, ...shown].join('\n'),
  )
}

function wantedOf(match: ExchangeMatch): readonly (readonly [keyof ExchangeMatch, unknown])[] {
  const names = Object.keys(READERS) as (keyof ExchangeMatch)[]
  requireOptionNames('an exchange match', match, names)
  return names.flatMap((name) => (match[name] === undefined ? [] : [[name, match[name]] as const]))
}

function describe(entry: JournalEntry): string {
  const { id, status, error, clientId = 'no client', fault } = entry
  const audience = READERS.audience(entry).join(' ') || 'the default audience'
  const outcome = [status, error, fault && `(${fault})`].filter((part) => part !== undefined).join(' ')
  const failed = entry.failedChecks.map((check) => `, failed: ${check}`).join('')
  return `  ${id}. ${outcome}: ${clientId} for ${audience}${failed}`
}
