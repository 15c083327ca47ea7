import type { CheckName } from '../../journal/checks.js'
import type { JournalEntry } from '../../journal/journal.js'

/** A request in the words of the list. */
export interface EntryView {
  readonly kind: string
  readonly outcome: string
  readonly tone: 'good' | 'bad' | 'odd'
  readonly client: string
  readonly audience: string
  readonly scopes: string
  /** The check that failed and why; empty when none did. */
  readonly reason: string
  readonly time: string
  /** Whether it asks for a token or a login, as against keys and metadata. */
  readonly isCentral: boolean
}

export function describeEntry(entry: JournalEntry): EntryView {
  const { path, method, status, error, fault, warning, thrown, parameters, checks, failedChecks } = entry
  const isLogin = path.startsWith('/authorize')
  const isToken = path.endsWith('/oauth/token')

  function kind(): string {
    const has = (check: CheckName): boolean => checks.includes(check)
    if (has('client may exchange on behalf of users')) return 'on behalf of'
    if (has('Action set an actor')) return 'session transfer token'
    if (has('client may exchange custom tokens')) return 'custom token exchange'
    if (isLogin) return path === '/authorize' ? 'login' : 'sign-in'
    const grant = isToken ? entry.grantType?.split(':').at(-1) : undefined
    return grant === undefined ? `${method} ${path}` : grant.replaceAll(/[_-]/g, ' ')
  }

  function outcome(): string {
    const answer = status === 0 ? 'no answer' : [status, error].filter((part) => part !== undefined).join(' ')
    if (fault !== undefined) return `${answer}, ${fault} fault`
    return warning === undefined ? answer : `${answer}, not signed in`
  }

  function tone(): EntryView['tone'] {
    if (fault !== undefined || warning !== undefined) return 'odd'
    return error !== undefined || status >= 400 ? 'bad' : 'good'
  }

  function reason(): string {
    const parts = [failedChecks.join(', '), warning ?? entry.errorDescription, thrown]
    return parts.filter((part) => part !== undefined && part !== '').join(': ')
  }

  const audience = parameters['audience'] ?? parameters['resource'] ?? []
  return {
    kind: kind(),
    outcome: outcome(),
    tone: tone(),
    client: entry.clientId ?? 'no client',
    audience: [audience].flat().join(' '),
    scopes: entry.grantedScopes?.join(' ') ?? String(parameters['scope'] ?? ''),
    reason: reason(),
    time: new Date(entry.time).toTimeString().slice(0, 8),
    isCentral: isToken || isLogin,
  }
}
