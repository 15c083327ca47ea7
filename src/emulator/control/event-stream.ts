import type { Journal, JournalEntry } from '../journal/journal.js'
import { cursorAt, entriesSince } from './cursor.js'

/** How many events wait for a reader before it has to come again. */
const MAX_WAITING = 10_000
const RECONNECT_MS = 200
const HEADERS = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }

/**
 * Server-sent events: `start` when the reader has nothing of this journal yet, and `request` for each entry after its
 * cursor, now and later. The stream ends at a reset, and a browser then connects again by itself.
 */
export function streamEvents(journal: Journal, cursor: string | null): Response {
  const encoder = new TextEncoder()
  let unfollow = (): void => undefined
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const send = (text: string): void => {
        controller.enqueue(encoder.encode(text))
      }
      const end = (): void => {
        unfollow()
        controller.close()
      }
      send(`retry: ${RECONNECT_MS}\n\n`)
      if (cursor?.startsWith(`${journal.id}.`) !== true) send(`event: start\ndata: {}\n\n`)
      for (const entry of entriesSince(journal, cursor)) send(toEvent(journal, entry))
      const next = (entry: JournalEntry): void => {
        if ((controller.desiredSize ?? 0) < -MAX_WAITING) end()
        else send(toEvent(journal, entry))
      }
      unfollow = journal.follow({ next, end })
    },
    cancel: () => {
      unfollow()
    },
  })
  return new Response(stream, { headers: HEADERS })
}

function toEvent(journal: Journal, entry: JournalEntry): string {
  return `id: ${cursorAt(journal, entry)}\nevent: request\ndata: ${JSON.stringify(entry)}\n\n`
}
