import type { JournalEntry } from '../../journal/journal.js'
import type { EntryView } from './describe-entry.js'
import type { Elements } from './elements.js'
import type { ShowDetails } from './show-details.js'

export type ShowEntry = (entry: JournalEntry, view: EntryView) => HTMLElement

/** A line of the list, which opens to its details. */
export function createShowEntry({ html }: Elements, showDetails: ShowDetails): ShowEntry {
  function cell(name: string, label: string, text: string): HTMLElement {
    return html('span', { class: `cell ${name}` }, html('span', { class: 'hidden' }, `${label} `), text)
  }

  return (entry, view) => {
    const cells = [
      cell('outcome', 'outcome', view.outcome),
      cell('kind', 'grant', view.kind),
      cell('client', 'client', view.client),
      ...(view.audience === '' ? [] : [cell('audience', 'audience', view.audience)]),
      ...(view.scopes === '' ? [] : [cell('scopes', 'scopes', view.scopes)]),
      ...(view.reason === '' ? [] : [cell('reason', 'failed check', view.reason)]),
    ]
    const summary = html(
      'summary',
      {},
      ...cells,
      html('time', { class: 'cell time', datetime: new Date(entry.time).toISOString() }, view.time),
    )
    const details = html('details', { class: view.tone }, summary)
    // The details of a thousand lines would take long, and nobody opens them all.
    details.addEventListener(
      'toggle',
      () => {
        details.append(html('div', { class: 'details' }, ...showDetails(entry)))
      },
      { once: true },
    )
    return html('li', { class: view.isCentral ? 'central' : 'other' }, details)
  }
}
