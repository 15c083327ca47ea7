import type { Journal, JournalEntry } from '../journal/journal.js'

/** A place in a journal, for those who have read up to it. It means nothing to any other journal. */
export function cursorAt({ id }: Journal, entry: JournalEntry | undefined): string {
  return `${id}.${entry?.id ?? 0}`
}

/** The entries after a cursor. One of another journal is before all of them. */
export function entriesSince(journal: Journal, cursor: string | null): readonly JournalEntry[] {
  const [, id, read = ''] = /^(\w+)\.(\d{1,15})$/.exec(cursor ?? '') ?? []
  const { entries } = journal
  return id === journal.id ? entries.filter((entry) => entry.id > Number(read)) : entries
}
