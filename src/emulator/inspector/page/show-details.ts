import type { JournalEntry } from '../../journal/journal.js'
import type { DrawDelegation } from './draw-delegation.js'
import type { Elements } from './elements.js'

export type ShowDetails = (entry: JournalEntry) => readonly HTMLElement[]

/** What is behind a line of the list: the checks, the delegation and the request. */
export function createShowDetails({ html }: Elements, drawDelegation: DrawDelegation): ShowDetails {
  function section(title: string, ...children: readonly (Node | string)[]): HTMLElement {
    return html('section', {}, html('h3', {}, title), ...children)
  }

  function note(text: string): HTMLElement {
    return html('p', { class: 'note' }, text)
  }

  function checks({
    checks,
    failedChecks,
    error,
    errorDescription,
    warning,
    thrown,
    fault,
  }: JournalEntry): HTMLElement {
    const items = checks.map((name) => {
      const hasFailed = failedChecks.includes(name)
      const reason = hasFailed ? [warning ?? errorDescription, thrown].filter(Boolean).join(' ') : ''
      return html(
        'li',
        { class: hasFailed ? 'failed' : 'passed' },
        html('span', { class: 'mark', 'aria-hidden': 'true' }, hasFailed ? '✗' : '✓'),
        html('span', {}, name, html('span', { class: 'hidden' }, hasFailed ? ': failed' : ': passed')),
        ...(reason === '' ? [] : [html('span', { class: 'reason' }, reason)]),
      )
    })
    const isUnexplained = error !== undefined && failedChecks.length === 0
    return section(
      'Checks',
      ...(fault === undefined ? [] : [note(`A fault spoiled the answer: ${fault}.`)]),
      ...(isUnexplained ? [note(`${error}: ${errorDescription ?? ''}`)] : []),
      ...(items.length === 0 ? [note('The server checked nothing.')] : [html('ol', { class: 'checks' }, ...items)]),
    )
  }

  function delegation({ delegation, error }: JournalEntry): HTMLElement {
    if (delegation === undefined) return section('Delegation', note('Nobody is known to act for anybody.'))
    const isRefused = error !== undefined
    return section(
      'Delegation',
      ...(isRefused ? [note('As the subject token says. Nothing was issued.')] : []),
      ...(delegation.actors.length === 0 ? [note('Nobody acts for the subject.')] : []),
      drawDelegation(delegation),
    )
  }

  function request({ method, path, status, time, clientId, parameters, grantedScopes }: JournalEntry): HTMLElement {
    const fields: readonly (readonly [string, string | readonly string[]])[] = [
      ['request', `${method} ${path}`],
      ['status', status === 0 ? 'none' : String(status)],
      ["time by the emulator's clock", new Date(time).toISOString()],
      ...(clientId === undefined || 'client_id' in parameters ? [] : [['client', clientId] as const]),
      ...Object.entries(parameters),
      ...(grantedScopes === undefined ? [] : [['granted scopes', grantedScopes.join(' ') || 'none'] as const]),
    ]
    const rows = fields.map(([name, value]) =>
      html(
        'div',
        {},
        html('dt', {}, name),
        ...[value].flat().map((text) => html('dd', text === '[redacted]' ? { class: 'redacted' } : {}, text)),
      ),
    )
    return section('Request', html('dl', {}, ...rows))
  }

  return (entry) => [checks(entry), delegation(entry), request(entry)]
}
