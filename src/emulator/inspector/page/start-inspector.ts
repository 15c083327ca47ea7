import type { JournalEntry } from '../../journal/journal.js'
import type { createElements } from './elements.js'
import type { describeEntry } from './describe-entry.js'
import type { createDrawDelegation } from './draw-delegation.js'
import type { createShowDetails } from './show-details.js'
import type { createShowEntry } from './show-entry.js'

/** The other functions of the page. */
export interface PageParts {
  readonly createElements: typeof createElements
  readonly describeEntry: typeof describeEntry
  readonly createDrawDelegation: typeof createDrawDelegation
  readonly createShowDetails: typeof createShowDetails
  readonly createShowEntry: typeof createShowEntry
}

/** Fills the page, and keeps it up to date. */
export function startInspector(parts: PageParts): void {
  const maxLines = 1000
  const elements = parts.createElements(document)
  const showDetails = parts.createShowDetails(elements, parts.createDrawDelegation(elements))
  const showEntry = parts.createShowEntry(elements, showDetails)

  function byId(id: string): HTMLElement {
    const element = document.getElementById(id)
    if (element === null) throw new Error(`The page has no ${id}`)
    return element
  }

  const list = byId('list')
  const showsAll = byId('all') as HTMLInputElement
  const count = { central: 0, refused: 0, other: 0 }

  function update(): void {
    list.classList.toggle('all', showsAll.checked)
    byId('empty').hidden = count.central > 0 || (showsAll.checked && count.other > 0)
    byId('count').textContent =
      `${count.central} exchanges and logins, ${count.refused} refused; ${count.other} other requests`
  }

  function add(entry: JournalEntry): void {
    const view = parts.describeEntry(entry)
    list.prepend(showEntry(entry, view))
    if (list.childElementCount > maxLines) list.lastElementChild?.remove()
    count[view.isCentral ? 'central' : 'other']++
    if (view.isCentral && view.tone === 'bad') count.refused++
    update()
  }

  function startOver(): void {
    list.replaceChildren()
    Object.assign(count, { central: 0, refused: 0, other: 0 })
    update()
  }

  function tell(state: 'live' | 'lost'): void {
    byId('connection').className = state
    byId('connection').textContent = state === 'live' ? 'Live' : 'Not connected, trying again'
  }

  async function showIssuer(): Promise<void> {
    const response = await fetch('/__emulator/state')
    const { issuer } = (await response.json()) as { readonly issuer: string }
    byId('issuer').textContent = issuer
  }

  const example = byId('example')
  const curl = location.protocol === 'https:' ? 'curl --insecure' : 'curl'
  example.textContent = example.textContent.replace('curl ORIGIN', `${curl} ${location.origin}`)
  showsAll.addEventListener('change', update)
  update()

  const events = new EventSource('/__emulator/events')
  events.addEventListener('open', () => {
    tell('live')
    void showIssuer()
  })
  events.addEventListener('error', () => {
    tell('lost')
  })
  events.addEventListener('start', startOver)
  events.addEventListener('request', ({ data }: MessageEvent<string>) => {
    add(JSON.parse(data) as JournalEntry)
  })
}
